// Set-AcceptedDomain and Set-RemoteDomain. DomainType decides where mail goes; of a remote domain the
// switches of trust alone have an effect here, and those of Exchange Online alone.
#include "sim/exchange/parameter_fields.hpp"

namespace connlab::exchange {

namespace {

std::vector<parameter<accepted_domain>> accepted_table() {
    using rows = parameter_rows<accepted_domain>;
    auto name =
        rows::text_or_null("Name", &accepted_domain::name, "How the domain is called",
                           [](std::string_view text) { return parsed<std::string>::ok(std::string(text)); });
    name.show = [](const accepted_domain& d) { return d.name->empty() ? d.domain : *d.name; };
    return {
        std::move(name),
        rows::word<domain_type>(
            "DomainType", &accepted_domain::type,
            "Authoritative: every address is here; InternalRelay: what is not goes on by a Send connector; "
            "ExternalRelay: everything does",
            {"Authoritative", "InternalRelay", "ExternalRelay"},
            {domain_type::authoritative, domain_type::internal_relay, domain_type::external_relay}),
        rows::boolean("MakeDefault", &accepted_domain::is_default, "The domain of senders of reports"),
        rows::kept("AddressBookEnabled", value_kind::boolean, "True", "Recipient filter of the address book"),
        rows::without_effect(rows::boolean("MatchSubDomains", &accepted_domain::match_sub_domains,
                                           "Mail for subdomains is accepted too")),
        rows::kept("EnableNego2Authentication", value_kind::boolean, "False",
                   "Reserved for Microsoft's own use"),
        rows::kept("OutboundOnly", value_kind::boolean, "False", "A domain of senders alone"),
        rows::kept("PendingCompletion", value_kind::boolean, "False", "Reserved for Microsoft's own use"),
        rows::kept("PendingFederatedAccountNamespace", value_kind::boolean, "False",
                   "Reserved for Microsoft's own use"),
        rows::kept("PendingFederatedDomain", value_kind::boolean, "False",
                   "Reserved for Microsoft's own use"),
        rows::kept("PendingRemoval", value_kind::boolean, "False", "Reserved for Microsoft's own use"),
    };
}

std::vector<parameter<remote_domain>> remote_table() {
    using rows = parameter_rows<remote_domain>;
    const auto flag = [](const char* name, const char* by_default, const char* about) {
        return rows::kept(name, value_kind::boolean, by_default, about);
    };
    return {
        rows::kept("AllowedOOFType", value_kind::word, "External", "Which automatic replies are sent",
                   {"External", "InternalLegacy", "ExternalLegacy", "None"}),
        flag("AutoForwardEnabled", "True", "Mail that clients forward by themselves"),
        flag("AutoReplyEnabled", "True", "Automatic replies"),
        rows::kept("ByteEncoderTypeFor7BitCharsets", value_kind::word, "Undefined", "Transfer encoding",
                   {"Undefined", "Use7Bit", "UseQP", "UseBase64", "UseQPHtmlDetectTextPlain",
                    "UseBase64HtmlDetectTextPlain", "UseQPHtml7BitTextPlain", "UseBase64Html7BitTextPlain"}),
        rows::kept("CharacterSet", value_kind::text, "iso-8859-1", "MIME character set"),
        rows::kept("ContentType", value_kind::word, "MimeHtmlText", "Format of the body",
                   {"MimeHtml", "MimeText", "MimeHtmlText"}),
        flag("DeliveryReportEnabled", "True", "Delivery reports"),
        flag("DisplaySenderName", "True", "Display name of the sender"),
        rows::boolean("IsInternal", &remote_domain::is_internal, "The domain belongs to the organization"),
        rows::kept("LineWrapSize", value_kind::number, "Unlimited", "Characters in a line"),
        flag("MeetingForwardNotificationEnabled", "False", "Notices of forwarded meetings"),
        rows::kept("MessageCountThreshold", value_kind::number, "Unlimited",
                   "Messages to the domain a while"),
        flag("NDRDiagnosticInfoEnabled", "True", "Diagnostic text in non-delivery reports"),
        flag("NDREnabled", "True", "Non-delivery reports"),
        rows::kept("NonMimeCharacterSet", value_kind::text, "iso-8859-1", "Character set of plain text"),
        rows::kept("PreferredInternetCodePageForShiftJis", value_kind::word, "Undefined",
                   "Code page for Shift JIS", {"Undefined", "50220", "50221", "50222"}),
        rows::kept("RequiredCharsetCoverage", value_kind::number, "",
                   "Share of characters that a character set must have; unset: not looked at"),
        rows::boolean("TargetDeliveryDomain", &remote_domain::target_delivery_domain,
                      "Target domain of remote mailboxes"),
        rows::kept("TNEFEnabled", value_kind::word, "", "TNEF; unset: the client decides", {"True", "False"}),
        rows::boolean("TrustedMailInboundEnabled", &remote_domain::trusted_mail_inbound_enabled,
                      "Mail from the domain is trusted"),
        rows::boolean("TrustedMailOutboundEnabled", &remote_domain::trusted_mail_outbound_enabled,
                      "Mail to the domain is trusted"),
        flag("UseSimpleDisplayName", "False", "Simple display names"),
    };
}

} // namespace

const std::vector<parameter<accepted_domain>>& accepted_domain_parameters() {
    static const auto table = accepted_table();
    return table;
}

const std::vector<parameter<accepted_domain>>& tenant_domain_parameters() {
    static const auto table = [] {
        auto all = accepted_table();
        for (auto& p : all)
            p.has_effect = p.has_effect || p.name == "MatchSubDomains";
        return all;
    }();
    return table;
}

const std::vector<parameter<remote_domain>>& remote_domain_parameters() {
    static const auto table = remote_table();
    return table;
}

const std::vector<parameter<remote_domain>>& new_remote_domain_parameters() {
    static const auto table = [] {
        using rows = parameter_rows<remote_domain>;
        auto all = remote_table();
        const auto read = [](std::string_view text) {
            return text == "*" ? parsed<std::string>::ok(std::string(text))
                               : read_smtp_domain_with_subdomains(text);
        };
        all.insert(all.begin(), rows::text_or_null("DomainName", &remote_domain::domain_name,
                                                   "contoso.com, or *.contoso.com with subdomains", read));
        return all;
    }();
    return table;
}

} // namespace connlab::exchange
