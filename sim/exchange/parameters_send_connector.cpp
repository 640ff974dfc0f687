// Set-SendConnector (on-premises sheet 2.1).
#include "sim/base/ascii.hpp"
#include "sim/exchange/parameter_fields.hpp"

namespace connlab::exchange {

namespace {

using rows = parameter_rows<send_connector>;
using row = rows::row;

row tls_auth_level_row() {
    return rows::word_or_null<tls_auth_level>("TlsAuthLevel", &send_connector::level,
                                              "What is demanded of the peer: EncryptionOnly, a good chain, "
                                              "or a good chain and the name in TlsDomain",
                                              {"EncryptionOnly", "CertificateValidation", "DomainValidation"},
                                              {tls_auth_level::encryption_only,
                                               tls_auth_level::certificate_validation,
                                               tls_auth_level::domain_validation});
}

/// A credential object cannot be written in a text: any text stands for one, and its content is not kept.
row authentication_credential_row() {
    row p = rows::field<bool>(
        "AuthenticationCredential", value_kind::text, &send_connector::authentication_credential,
        "Any text stands for a credential (never kept); BasicAuth needs one",
        [](const written_value& v) {
            if (v.items.size() > 1)
                return parsed<bool>::fail("one value is allowed, not a list");
            return parsed<bool>::ok(!v.is_null && !v.items.empty() && !v.items.front().empty());
        },
        [](bool set) { return std::string(set ? "System.Management.Automation.PSCredential" : ""); });
    p.nullable = true;
    return p;
}

const flag_table& error_policies() {
    static const flag_table table{
        {"Default", policy_default},
        {"DowngradeDnsFailures", policy_downgrade_dns_failures},
        {"DowngradeCustomFailures", policy_downgrade_custom_failures},
        {"UpgradeCustomFailures", policy_upgrade_custom_failures},
        {"DowngradeAuthFailures", policy_downgrade_auth_failures},
    };
    return table;
}

parsed<std::string> any_name(std::string_view text) {
    return text.empty() ? parsed<std::string>::fail("a server's name is needed, not an empty text")
                        : parsed<std::string>::ok(std::string(text));
}

/// 0.0.0.0 is any address, and what stands there when nothing is set.
row source_ip_address_row() {
    constexpr std::string_view any = "0.0.0.0";
    row p =
        rows::text_or_null("SourceIPAddress", &send_connector::source_ip_address, "Edge only: local address",
                           [any](std::string_view text) {
                               return trim(text) == any ? parsed<std::string>::ok({}) : read_ip_address(text);
                           });
    p.show = [any](const send_connector& c) {
        return c.source_ip_address->empty() ? std::string(any) : *c.source_ip_address;
    };
    return rows::without_effect(std::move(p));
}

std::vector<row> routing_rows() {
    return {
        rows::under_rule("V10",
                         rows::list_of<address_space>(
                             "AddressSpaces", &send_connector::address_spaces,
                             "Recipient domains, Type:Space;Cost; *.contoso.com holds contoso.com and its "
                             "subdomains",
                             read_address_space, [](const address_space& s) { return to_string(s); }, false),
                         has_cost_out_of_range),
        rows::boolean("DNSRoutingEnabled", &send_connector::dns_routing_enabled,
                      "Next hop by MX records; must be false when SmartHosts is given"),
        rows::texts("SmartHosts", &send_connector::smart_hosts, "Next hops: host names or IP addresses",
                    read_smart_host),
        rows::under_rule("V10",
                         rows::number("Port", &send_connector::port,
                                      "Port of the smart hosts; mail by MX records goes to 25", 0, 65535),
                         is_whole_number),
        rows::boolean("Enabled", &send_connector::enabled, "false: the connector takes no mail"),
        rows::texts("SourceTransportServers", &send_connector::source_transport_servers,
                    "Servers that send through the connector; empty: any Mailbox server", any_name),
        source_ip_address_row(),
        rows::boolean(
            "FrontendProxyEnabled", &send_connector::frontend_proxy_enabled,
            "Mail leaves through the Front End Transport service; Domain Security is not in force then"),
    };
}

std::vector<row> tls_rows() {
    return {
        rows::boolean("RequireTLS", &send_connector::require_tls,
                      "Every message goes over TLS or stays queued"),
        rows::boolean("IgnoreSTARTTLS", &send_connector::ignore_starttls, "TLS is never tried"),
        tls_auth_level_row(),
        rows::text_or_null("TlsDomain", &send_connector::tls_domain,
                           "Name that the peer's certificate must contain at TlsAuthLevel DomainValidation",
                           read_smtp_domain_with_subdomains),
        rows::text_or_null("TlsCertificateName", &send_connector::tls_certificate_name,
                           "Own certificate by issuer and subject: <I>X.500 issuer<S>X.500 subject",
                           read_certificate_identifier),
        rows::text_or_null("Fqdn", &send_connector::fqdn,
                           "Name in EHLO and for the search of the own certificate; null: the server's",
                           read_fqdn),
        rows::boolean("DomainSecureEnabled", &send_connector::domain_secure_enabled,
                      "Mutual TLS for the domains in TLSSendDomainSecureList"),
        rows::boolean("ForceHELO", &send_connector::force_helo,
                      "HELO instead of EHLO: no extensions, so no STARTTLS"),
        rows::word<smart_host_auth>(
            "SmartHostAuthMechanism", &send_connector::smart_host_auth_mechanism,
            "How the smart host is authenticated to",
            {"None", "BasicAuth", "BasicAuthRequireTLS", "ExchangeServer", "ExternalAuthoritative"},
            {smart_host_auth::none, smart_host_auth::basic_auth, smart_host_auth::basic_auth_require_tls,
             smart_host_auth::exchange_server, smart_host_auth::external_authoritative}),
        authentication_credential_row(),
    };
}

std::vector<row> other_rows() {
    return {
        rows::boolean("CloudServicesMailEnabled", &send_connector::cloud_services_mail_enabled,
                      "Keeps cross-premises headers"),
        rows::message_size("MaxMessageSize", &send_connector::max_message_size,
                           "Largest message that the connector takes", true),
        rows::under_rule("V10",
                         rows::time_span("ConnectionInactivityTimeOut",
                                         &send_connector::connection_inactivity_timeout,
                                         "Idle time after which a connection is closed",
                                         std::chrono::seconds{1}, std::chrono::hours{24}),
                         is_time_span),
        rows::word<bool>("ProtocolLoggingLevel", &send_connector::verbose_protocol_logging,
                         "Whether the connector writes the protocol log", {"None", "Verbose"}, {false, true}),
        rows::kept("Comment", value_kind::text, "", "Free text"),
        rows::kept("ConnectorType", value_kind::word, "Default", "Set by the hybrid wizard",
                   {"Default", "XPremises"}),
        rows::flags("ErrorPolicies", &send_connector::error_policies,
                    "How communication errors are treated; DowngradeDnsFailures has an effect here",
                    error_policies()),
        rows::kept("HomeMtaServerId", value_kind::text, "", "Server that holds the connector"),
        rows::kept("IsCoexistenceConnector", value_kind::boolean, "False",
                   "Set for mail with Exchange Online"),
        rows::kept("IsScopedConnector", value_kind::boolean, "False", "Only servers of the same site use it"),
        rows::kept("LinkedReceiveConnector", value_kind::text, "",
                   "Receive connector whose mail is forced here"),
        rows::kept("RequireOorg", value_kind::boolean, "False", "Reserved for Microsoft's own use"),
        rows::kept("SmtpMaxMessagesPerConnection", value_kind::number, "20", "Messages in one connection"),
        rows::kept("UseExternalDNSServersEnabled", value_kind::boolean, "False",
                   "Names are resolved by the external DNS servers"),
    };
}

std::vector<row> whole_table() {
    std::vector<row> all = routing_rows();
    for (auto part : {tls_rows(), other_rows()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace

const std::vector<parameter<send_connector>>& send_connector_parameters() {
    static const std::vector<row> table = whole_table();
    return table;
}

} // namespace connlab::exchange
