// New- and Set-OutboundConnector of a tenant (Exchange Online sheet 2.1), and its Set-OrganizationConfig.
#include "sim/exchange/online_values.hpp"
#include "sim/exchange/parameter_fields.hpp"

namespace connlab::exchange {

namespace {

using rows = parameter_rows<outbound_connector>;
using row = rows::row;

std::vector<row> routing_rows() {
    return {
        online_type_row<outbound_connector>(),
        online_source_row<outbound_connector>(),
        rows::boolean("Enabled", &outbound_connector::enabled, "false: the connector takes no mail"),
        rows::texts("RecipientDomains", &outbound_connector::recipient_domains,
                    "Recipient domains: *, contoso.com, *.contoso.com", read_domain_pattern),
        rows::boolean("AllAcceptedDomains", &outbound_connector::all_accepted_domains,
                      "OnPremises: applies to all accepted domains"),
        rows::boolean("UseMXRecord", &outbound_connector::use_mx_record,
                      "Next hop by MX records; false needs SmartHosts"),
        rows::texts("SmartHosts", &outbound_connector::smart_hosts,
                    "Next hops: host names, IP addresses or networks", read_online_smart_host),
        rows::boolean("RouteAllMessagesViaOnPremises",
                      &outbound_connector::route_all_messages_via_on_premises,
                      "OnPremises: centralized mail transport, all mail goes through the own servers"),
        rows::boolean("IsTransportRuleScoped", &outbound_connector::transport_rule_scoped,
                      "Used by a transport rule alone"),
    };
}

std::vector<row> tls_rows() {
    return {
        rows::word_or_null<tls_auth_level>(
            "TlsSettings", &outbound_connector::tls_settings,
            "What is demanded of the peer; null: TLS when it is offered, nothing checked",
            {"EncryptionOnly", "CertificateValidation", "DomainValidation"},
            {tls_auth_level::encryption_only, tls_auth_level::certificate_validation,
             tls_auth_level::domain_validation}),
        rows::text_or_null("TlsDomain", &outbound_connector::tls_domain,
                           "Name that the peer's certificate must contain at DomainValidation",
                           read_smtp_domain_with_subdomains),
        rows::boolean("CloudServicesMailEnabled", &outbound_connector::cloud_services_mail_enabled,
                      "Organization headers go along as cross-premises headers; false: removed"),
    };
}

std::vector<row> other_rows() {
    return {
        rows::kept("SmtpDaneMode", value_kind::word, "Opportunistic", "Check by DANE",
                   {"Opportunistic", "Mandatory", "None"}),
        rows::kept("MtaStsMode", value_kind::word, "Opportunistic", "Check by MTA-STS",
                   {"Opportunistic", "None"}),
        rows::kept("SenderRewritingEnabled", value_kind::boolean, "False",
                   "OnPremises: the sender rewriting scheme is used here too"),
        rows::kept("TestMode", value_kind::boolean, "False", "Test mode"),
        rows::kept("IsValidated", value_kind::boolean, "False", "Whether the connector was validated"),
        rows::kept("LastValidationTimestamp", value_kind::text, "", "When it was"),
        rows::kept("ValidationRecipients", value_kind::list, "{}", "Addresses used for it"),
        rows::kept("LinkForModifiedConnector", value_kind::text, "", "Reserved for Microsoft"),
        rows::kept("Comment", value_kind::text, "", "Free text"),
    };
}

} // namespace

const std::vector<parameter<outbound_connector>>& outbound_connector_parameters() {
    static const auto table = joined_rows<outbound_connector>({routing_rows(), tls_rows(), other_rows()});
    return table;
}

const std::vector<parameter<outbound_connector>>& new_outbound_connector_parameters() {
    static const auto table = rows_without(
        outbound_connector_parameters(), {"IsValidated", "LastValidationTimestamp", "ValidationRecipients"});
    return table;
}

const std::vector<parameter<outbound_connector>>& set_outbound_connector_parameters() {
    static const auto table = rows_without(outbound_connector_parameters(), {"LinkForModifiedConnector"});
    return table;
}

const std::vector<parameter<online_config>>& online_config_parameters() {
    using config_rows = parameter_rows<online_config>;
    static const std::vector<parameter<online_config>> table{
        config_rows::boolean(
            "RejectDirectSend", &online_config::reject_direct_send,
            "Mail that no connector takes and whose sender is in an accepted domain is refused"),
    };
    return table;
}

} // namespace connlab::exchange
