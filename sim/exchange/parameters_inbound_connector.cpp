// New- and Set-InboundConnector of a tenant (Exchange Online sheet 1.1).
#include "sim/exchange/online_values.hpp"
#include "sim/exchange/parameter_fields.hpp"

namespace connlab::exchange {

namespace {

using rows = parameter_rows<inbound_connector>;
using row = rows::row;

row addresses(std::string name, located<std::vector<ip_range>> inbound_connector::*member, std::string about,
              parsed<ip_range> (*read)(std::string_view)) {
    return rows::list_of<ip_range>(
        std::move(name), member, std::move(about), read, [](const ip_range& r) { return r.text; }, true);
}

std::vector<row> scope_rows() {
    auto senders = rows::list_of<std::string>(
        "SenderDomains", &inbound_connector::sender_domains,
        "Scope of a Partner connector: *, contoso.com, *.contoso.com (the domain and its subdomains)",
        read_domain_pattern, [](const std::string& domain) { return "smtp:" + domain + ";1"; }, false);
    return {
        online_type_row<inbound_connector>(),
        online_source_row<inbound_connector>(),
        rows::boolean("Enabled", &inbound_connector::enabled, "false: the connector matches nothing"),
        std::move(senders),
        addresses("SenderIPAddresses", &inbound_connector::sender_ip_addresses,
                  "IPv4 addresses or networks /24 to /32 of the sender", read_sender_address),
        rows::text_or_null("TlsSenderCertificateName", &inbound_connector::tls_sender_certificate_name,
                           "Name on the sender's certificate, CN or SAN; *.contoso.com is allowed",
                           read_smtp_domain_with_subdomains),
        rows::texts("AssociatedAcceptedDomains", &inbound_connector::associated_accepted_domains,
                    "Accepted domains the connector is limited to; empty: all", read_smtp_domain),
    };
}

std::vector<row> rights_rows() {
    return {
        rows::boolean("RequireTls", &inbound_connector::require_tls,
                      "Partner: mail that comes without TLS is refused"),
        rows::boolean("RestrictDomainsToIPAddresses", &inbound_connector::restrict_domains_to_ip_addresses,
                      "Partner: mail of SenderDomains comes from SenderIPAddresses, or is refused"),
        rows::boolean("RestrictDomainsToCertificate", &inbound_connector::restrict_domains_to_certificate,
                      "Partner: mail of SenderDomains comes with TlsSenderCertificateName, or is refused"),
        rows::boolean("CloudServicesMailEnabled", &inbound_connector::cloud_services_mail_enabled,
                      "Cross-premises headers are promoted to organization headers; false: removed"),
        rows::boolean("TreatMessagesAsInternal", &inbound_connector::treat_messages_as_internal,
                      "OnPremises: messages of senders in accepted domains count as internal"),
    };
}

std::vector<row> other_rows() {
    return {
        rows::without_effect(rows::boolean("EFSkipLastIP", &inbound_connector::ef_skip_last_ip,
                                           "Enhanced filtering: the last hop is skipped")),
        rows::without_effect(addresses("EFSkipIPs", &inbound_connector::ef_skip_ips,
                                       "Enhanced filtering: addresses to skip", parse_ip_range)),
        rows::kept("EFUsers", value_kind::list, "{}", "Enhanced filtering: recipients; empty: all"),
        rows::kept("EFTestMode", value_kind::boolean, "False", "Reserved for Microsoft"),
        rows::kept("EFSkipMailGateway", value_kind::list, "{}", "Reserved for Microsoft"),
        rows::kept("ScanAndDropRecipients", value_kind::list, "{}", "Reserved for Microsoft"),
        rows::kept("ClientHostNames", value_kind::list, "{}", "Not documented"),
        rows::kept("TrustedOrganizations", value_kind::list, "{}",
                   "Other organizations of the service as trusted senders"),
        rows::kept("Comment", value_kind::text, "", "Free text"),
    };
}

} // namespace

const std::vector<parameter<inbound_connector>>& inbound_connector_parameters() {
    static const auto table = joined_rows<inbound_connector>({scope_rows(), rights_rows(), other_rows()});
    return table;
}

const std::vector<parameter<inbound_connector>>& set_inbound_connector_parameters() {
    static const auto table = rows_without(inbound_connector_parameters(), {"ClientHostNames"});
    return table;
}

} // namespace connlab::exchange
