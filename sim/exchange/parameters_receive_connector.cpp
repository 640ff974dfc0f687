// Set-ReceiveConnector (on-premises sheet 3.1).
#include "sim/exchange/parameter_fields.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

using rows = parameter_rows<receive_connector>;
using row = rows::row;

// In the order that Get-ReceiveConnector prints on real systems.
const flag_table& auth_mechanisms() {
    static const flag_table table{
        {"None", auth_none},
        {"Tls", auth_tls},
        {"Integrated", auth_integrated},
        {"BasicAuth", auth_basic},
        {"BasicAuthRequireTLS", auth_basic_require_tls},
        {"ExchangeServer", auth_exchange_server},
        {"ExternalAuthoritative", auth_external_authoritative},
    };
    return table;
}

const flag_table& permission_groups() {
    static const flag_table table{
        {"None", group_none},
        {"AnonymousUsers", group_anonymous_users},
        {"ExchangeUsers", group_exchange_users},
        {"ExchangeServers", group_exchange_servers},
        {"ExchangeLegacyServers", group_exchange_legacy_servers},
        {"Partners", group_partners},
        {"Custom", group_custom},
    };
    return table;
}

parsed<endpoint> read_binding(std::string_view text) {
    const auto where = parse_endpoint(text, 0);
    if (where && where->port == 0)
        return parsed<endpoint>::fail(
            fmt::format("`{}` is not a binding: it needs a port, like 0.0.0.0:25", text));
    return where;
}

std::string show_range(const ip_range& r) {
    if (!r.text.empty())
        return r.text;
    return r.low == r.high ? to_string(r.low) : to_string(r.low) + "-" + to_string(r.high);
}

std::vector<row> selection_rows() {
    row role = rows::word<transport_role>(
        "TransportRole", &receive_connector::role, "The service that listens; not on Edge",
        {"FrontendTransport", "HubTransport"},
        {transport_role::frontend_transport, transport_role::hub_transport});
    // Edge and Mailbox Transport Delivery have roles that nobody sets; Get-… shows the transport service's.
    role.show = [](const receive_connector& c) {
        return std::string(*c.role == transport_role::frontend_transport ? "FrontendTransport"
                                                                         : "HubTransport");
    };
    return {
        rows::list_of<endpoint>(
            "Bindings", &receive_connector::bindings, "Local addresses and ports, IP:port", read_binding,
            [](const endpoint& e) { return to_string(e); }, false),
        rows::list_of<ip_range>(
            "RemoteIPRanges", &receive_connector::remote_ip_ranges,
            "Clients that the connector serves: address, low-high or CIDR; the smallest range wins",
            parse_ip_range, show_range, false),
        rows::boolean("Enabled", &receive_connector::enabled, "false: the connector takes no connections"),
        std::move(role),
    };
}

bool none_beside_others(const written_value& v) {
    return stands_beside_others("None", v);
}

std::vector<row> security_rows() {
    return {
        rows::under_rule("R1",
                         rows::flags("AuthMechanism", &receive_connector::auth,
                                     "What is advertised and accepted", auth_mechanisms()),
                         none_beside_others),
        rows::under_rule("R1",
                         rows::flags("PermissionGroups", &receive_connector::permissions,
                                     "Who may submit and relay", permission_groups()),
                         none_beside_others),
        rows::boolean("RequireTLS", &receive_connector::require_tls, "Mail in clear text is refused"),
        rows::boolean("DomainSecureEnabled", &receive_connector::domain_secure_enabled,
                      "Mutual TLS for the domains in TLSReceiveDomainSecureList"),
        rows::text_or_null(
            "Fqdn", &receive_connector::fqdn,
            "Name in banner and EHLO reply and for the search of the certificate; null: the server's",
            read_fqdn),
        rows::text_or_null("TlsCertificateName", &receive_connector::tls_certificate_name,
                           "Certificate for STARTTLS by issuer and subject: <I>X.500 issuer<S>X.500 subject",
                           read_certificate_identifier),
        rows::texts("TlsDomainCapabilities", &receive_connector::tls_domain_capabilities,
                    "What a partner may do after TLS authentication, Domain:Capability,…",
                    read_domain_capabilities),
        rows::boolean("SuppressXAnonymousTls", &receive_connector::suppress_x_anonymous_tls,
                      "X-ANONYMOUSTLS is not advertised"),
        rows::boolean("EnableAuthGSSAPI", &receive_connector::enable_auth_gssapi, "AUTH GSSAPI beside NTLM"),
        rows::boolean("RequireEHLODomain", &receive_connector::require_ehlo_domain,
                      "EHLO without a domain closes the connection"),
        rows::kept("ExtendedProtectionPolicy", value_kind::word, "None", "Channel binding for NTLM",
                   {"None", "Allow", "Require"}),
    };
}

std::vector<row> advertised_rows() {
    return {
        rows::text_or_null("Banner", &receive_connector::banner,
                           "Greeting, beginning with 220; null: the default one", read_banner),
        rows::word<int>("SizeEnabled", &receive_connector::size_enabled, "SIZE in the EHLO reply",
                        {"Enabled", "Disabled", "EnabledWithoutValue"}, {1, 0, 2}),
        rows::message_size("MaxMessageSize", &receive_connector::max_message_size,
                           "Largest message; the value of SIZE", false),
        rows::boolean("PipeliningEnabled", &receive_connector::pipelining_enabled,
                      "PIPELINING in the EHLO reply"),
        rows::boolean("EnhancedStatusCodesEnabled", &receive_connector::enhanced_status_codes_enabled,
                      "ENHANCEDSTATUSCODES in the EHLO reply"),
        rows::boolean("EightBitMimeEnabled", &receive_connector::eight_bit_mime_enabled,
                      "8BITMIME in the EHLO reply"),
        rows::boolean("ChunkingEnabled", &receive_connector::chunking_enabled, "CHUNKING in the EHLO reply"),
        rows::boolean("BinaryMimeEnabled", &receive_connector::binary_mime_enabled,
                      "BINARYMIME in the EHLO reply; needs ChunkingEnabled"),
        rows::boolean("DeliveryStatusNotificationEnabled",
                      &receive_connector::delivery_status_notification_enabled, "DSN in the EHLO reply"),
        rows::boolean("SmtpUtf8Enabled", &receive_connector::smtp_utf8_enabled, "SMTPUTF8 in the EHLO reply"),
        rows::boolean("LongAddressesEnabled", &receive_connector::long_addresses_enabled,
                      "XLONGADDR in the EHLO reply"),
        rows::boolean("OrarEnabled", &receive_connector::orar_enabled, "XORAR in the EHLO reply"),
    };
}

std::vector<row> limit_rows() {
    constexpr duration second{std::chrono::seconds{1}};
    constexpr duration day{std::chrono::hours{24}};
    return {
        rows::time_span("ConnectionTimeout", &receive_connector::connection_timeout,
                        "Longest connection, also an active one; virtual time", second, day),
        rows::time_span("ConnectionInactivityTimeout", &receive_connector::connection_inactivity_timeout,
                        "Idle time after which a connection is closed", second, day),
        rows::count_or_unlimited("MaxProtocolErrors", &receive_connector::max_protocol_errors,
                                 "Protocol errors before the connection is closed"),
        rows::number("MaxRecipientsPerMessage", &receive_connector::max_recipients_per_message,
                     "Recipients of one message", 1, 512000),
        rows::word<bool>("ProtocolLoggingLevel", &receive_connector::verbose_protocol_logging,
                         "Whether the connector writes the protocol log", {"None", "Verbose"}, {false, true}),
        rows::kept("AdvertiseClientSettings", value_kind::boolean, "False", "Shows the settings to clients"),
        rows::kept("BareLinefeedRejectionEnabled", value_kind::boolean, "False", "Refuses bare line feeds"),
        rows::kept("Comment", value_kind::text, "", "Free text"),
        rows::kept("DefaultDomain", value_kind::text, "", "Domain added to addresses without one"),
        rows::time_span("MaxAcknowledgementDelay", &receive_connector::max_acknowledgement_delay,
                        "How long an Edge without subscription holds back its 250, for want of a shadow copy",
                        duration{0}, day),
        rows::kept("MaxHeaderSize", value_kind::size, "256 KB (262,144 bytes)", "Largest header"),
        rows::number("MaxHopCount", &receive_connector::max_hop_count,
                     "Received headers before a message is refused", 1, 500),
        rows::kept("MaxInboundConnection", value_kind::number, "5000", "Connections at a time"),
        rows::kept("MaxInboundConnectionPercentagePerSource", value_kind::number, "2",
                   "Share of the connections for one source"),
        rows::kept("MaxInboundConnectionPerSource", value_kind::number, "20", "Connections of one source"),
        rows::kept("MaxLocalHopCount", value_kind::number, "5", "Local hops before a message is refused"),
        rows::kept("MessageRateLimit", value_kind::number, "Unlimited", "Messages a minute"),
        rows::kept("MessageRateSource", value_kind::word, "IPAddress", "What the rate is counted by",
                   {"None", "IPAddress", "User", "All"}),
        rows::kept("RejectReservedSecondLevelRecipientDomains", value_kind::boolean, "False",
                   "Recipients in example.com and the like are refused"),
        rows::kept("RejectReservedTopLevelRecipientDomains", value_kind::boolean, "False",
                   "Recipients below .test, .invalid and the like are refused"),
        rows::kept("RejectSingleLabelRecipientDomains", value_kind::boolean, "False",
                   "Recipients in domains of one label are refused"),
        rows::kept("ServiceDiscoveryFqdn", value_kind::text, "", "Name for service discovery"),
        rows::time_span("TarpitInterval", &receive_connector::tarpit_interval,
                        "Delay of 5xx replies; virtual time", std::chrono::seconds{0},
                        std::chrono::minutes{10}),
        rows::time_span("AuthTarpitInterval", &receive_connector::auth_tarpit_interval,
                        "Delay after a failed logon; virtual time", std::chrono::seconds{0},
                        std::chrono::minutes{10}),
        rows::number("MaxLogonFailures", &receive_connector::max_logon_failures,
                     "Failed logons before the connection is closed; 0: any number", 0, 10),
    };
}

std::vector<row> whole_table() {
    std::vector<row> all = selection_rows();
    for (auto part : {security_rows(), advertised_rows(), limit_rows()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace

const std::vector<parameter<receive_connector>>& receive_connector_parameters() {
    static const std::vector<row> table = whole_table();
    return table;
}

} // namespace connlab::exchange
