// Every row of on-premises sheet 2.1 and 3.1, and the settings of 2.7: name, default, a good value and a bad
// one, as the sheet has them.
#include "sim/exchange/parameters.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace connlab;
using namespace connlab::exchange;

namespace {

struct sheet_row {
    std::string_view name;
    std::string_view by_default; // as Get-… prints it
    std::string_view good;       // a value that is allowed
    std::string_view shown;      // and how it is printed
    std::string_view bad;        // empty: every text is allowed
    bool has_effect = true;
};

constexpr std::string_view identifier = "<I>CN=R11, O=Let's Encrypt, C=US<S>CN=mail.contoso.com";

const sheet_row send_rows[] = {
    {"AddressSpaces", "{}", "contoso.com", "{SMTP:contoso.com;1}", "*contoso.com"},
    {"AuthenticationCredential", "", "user", "System.Management.Automation.PSCredential", ""},
    {"CloudServicesMailEnabled", "False", "true", "True", "yes"},
    {"ConnectionInactivityTimeOut", "00:10:00", "00:00:01", "00:00:01", "1.00:00:01"},
    {"ConnectorType", "Default", "XPremises", "XPremises", "Hybrid", false},
    {"DNSRoutingEnabled", "True", "false", "False", "no"},
    {"DomainSecureEnabled", "False", "true", "True", "on"},
    {"Enabled", "True", "false", "False", "0"},
    {"ErrorPolicies", "Default", "DowngradeDnsFailures", "DowngradeDnsFailures", "DowngradeTlsFailures"},
    {"ForceHELO", "False", "true", "True", "HELO"},
    {"Fqdn", "", "mail.contoso.com", "mail.contoso.com", "mail contoso com"},
    {"FrontendProxyEnabled", "False", "true", "True", "frontend"},
    {"HomeMtaServerId", "", "TESTMS05", "TESTMS05", "", false},
    {"IsScopedConnector", "False", "true", "True", "site", false},
    {"Comment", "", "of Monday", "of Monday", "", false},
    {"UseExternalDNSServersEnabled", "False", "true", "True", "dns", false},
    {"SmtpMaxMessagesPerConnection", "20", "50", "50", "many", false},
    {"IgnoreSTARTTLS", "False", "true", "True", "never"},
    {"MaxMessageSize", "35 MB (36,700,160 bytes)", "25MB", "25 MB (26,214,400 bytes)", "25 megabytes"},
    {"Port", "25", "0", "0", "65536"},
    {"ProtocolLoggingLevel", "None", "verbose", "Verbose", "High"},
    {"RequireTLS", "False", "true", "True", "required"},
    {"SmartHostAuthMechanism", "None", "BasicAuthRequireTLS", "BasicAuthRequireTLS", "Kerberos"},
    {"SmartHosts", "{}", "[203.0.113.9]", "{203.0.113.9}", "mx_contoso com"},
    {"SourceIPAddress", "0.0.0.0", "192.168.10.9", "192.168.10.9", "192.168.10", false},
    {"SourceTransportServers", "{}", "TESTMS05", "{TESTMS05}", ""},
    {"TlsAuthLevel", "", "CertificateValidation", "CertificateValidation", "ChainValidation"},
    {"TlsCertificateName", "", identifier, identifier, "CN=mail.contoso.com"},
    {"TlsDomain", "", "*.contoso.com", "*.contoso.com", "mail.*.com"},
};

const sheet_row receive_rows[] = {
    {"AuthMechanism", "Tls", "Tls, BasicAuth", "Tls, BasicAuth", "Kerberos"},
    {"PermissionGroups", "None", "AnonymousUsers", "AnonymousUsers", "Everyone"},
    {"RequireTLS", "False", "true", "True", "required"},
    {"DomainSecureEnabled", "False", "true", "True", "on"},
    {"Fqdn", "", "mail.contoso.com", "mail.contoso.com", "mail contoso"},
    {"TlsCertificateName", "", identifier, identifier, "<S>CN=a<I>CN=b"},
    {"TlsDomainCapabilities", "{}", "mail.protection.outlook.com:AcceptCloudServicesMail",
     "{mail.protection.outlook.com:AcceptCloudServicesMail}", "mail.protection.outlook.com:Everything"},
    {"SuppressXAnonymousTls", "False", "true", "True", "yes"},
    {"EnableAuthGSSAPI", "False", "true", "True", "gssapi"},
    {"ExtendedProtectionPolicy", "None", "Require", "Require", "Demand", false},
    {"RequireEHLODomain", "False", "true", "True", "ehlo"},
    {"Enabled", "True", "false", "False", "0"},
    {"RemoteIPRanges", "{}", "192.168.0.0/16", "{192.168.0.0/16}", "10.0.0.9-10.0.0.1"},
    {"Bindings", "{}", "0.0.0.0:25", "{0.0.0.0:25}", "0.0.0.0"},
    {"TransportRole", "FrontendTransport", "HubTransport", "HubTransport", "Edge"},
    {"Banner", "", "220 Contoso", "220 Contoso", "Contoso"},
    {"SizeEnabled", "Enabled", "EnabledwithoutValue", "EnabledWithoutValue", "true"},
    {"PipeliningEnabled", "True", "false", "False", "no"},
    {"EnhancedStatusCodesEnabled", "True", "false", "False", "no"},
    {"EightBitMimeEnabled", "True", "false", "False", "no"},
    {"ChunkingEnabled", "True", "false", "False", "no"},
    {"BinaryMimeEnabled", "True", "false", "False", "no"},
    {"DeliveryStatusNotificationEnabled", "True", "false", "False", "no"},
    {"SmtpUtf8Enabled", "True", "false", "False", "no"},
    {"LongAddressesEnabled", "False", "true", "True", "long"},
    {"OrarEnabled", "False", "true", "True", "orar"},
    {"BareLinefeedRejectionEnabled", "False", "true", "True", "bare", false},
    {"MaxMessageSize", "36 MB (37,748,736 bytes)", "25MB", "25 MB (26,214,400 bytes)", "unlimited"},
    {"ConnectionTimeout", "00:10:00", "00:30:00", "00:30:00", "10"},
    {"ConnectionInactivityTimeout", "00:05:00", "00:01:00", "00:01:00", "00:00:00"},
    {"MaxLogonFailures", "3", "0", "0", "11"},
    {"MaxProtocolErrors", "5", "unlimited", "Unlimited", "2147483648"},
    {"TarpitInterval", "00:00:05", "00:00:00", "00:00:00", "5 seconds"},
    {"AuthTarpitInterval", "00:00:05", "00:00:10", "00:00:10", "5 seconds"},
    {"MaxInboundConnection", "5000", "100", "100", "-1", false},
    {"MaxInboundConnectionPerSource", "20", "100", "100", "-1", false},
    {"MaxInboundConnectionPercentagePerSource", "2", "50", "50", "half", false},
    {"MaxAcknowledgementDelay", "00:00:30", "00:00:05", "00:00:05", "2.00:00:00"},
    {"MaxHopCount", "60", "30", "30", "0"},
    {"MaxLocalHopCount", "5", "8", "8", "few", false},
    {"MaxRecipientsPerMessage", "200", "500", "500", "0"},
    {"ProtocolLoggingLevel", "None", "Verbose", "Verbose", "Full"},
    {"AdvertiseClientSettings", "False", "true", "True", "pop", false},
    {"ServiceDiscoveryFqdn", "", "mail.contoso.com", "mail.contoso.com", "", false},
    {"DefaultDomain", "", "contoso.com", "contoso.com", "", false},
};

// Sheet 2.7 for names and defaults of a Mailbox server; bounds from the reference of Set-TransportService.
const sheet_row service_rows[] = {
    {"TransientFailureRetryCount", "6", "15", "15", "16"},
    {"TransientFailureRetryInterval", "00:05:00", "12:00:00", "12:00:00", "12:00:01"},
    {"OutboundConnectionFailureRetryInterval", "00:10:00", "20.00:00:00", "20.00:00:00", "20.00:00:01"},
    {"MessageRetryInterval", "00:15:00", "00:05:00", "00:05:00", "5m", false},
    {"MessageExpirationTimeout", "2.00:00:00", "90.00:00:00", "90.00:00:00", "00:00:04"},
    {"DelayNotificationTimeout", "04:00:00", "30.00:00:00", "30.00:00:00", "00:00:00"},
    {"UseDowngradedExchangeServerAuth", "False", "true", "True", "yes"},
    {"IntraOrgConnectorProtocolLoggingLevel", "None", "Verbose", "Verbose", "Full"},
};

// Exchange Online sheet 1.1.
const sheet_row inbound_rows[] = {
    {"SenderDomains", "{}", "*.contoso.com", "{smtp:*.contoso.com;1}", "domain.*.contoso.com"},
    {"ConnectorType", "Partner", "onpremises", "OnPremises", "Internal"},
    {"ConnectorSource", "Default", "HybridWizard", "HybridWizard", "Hybrid"},
    {"Enabled", "True", "false", "False", "0"},
    {"RequireTls", "True", "false", "False", "no"},
    {"SenderIPAddresses", "{}", "192.0.2.0/24", "{192.0.2.0/24}", "192.0.0.0/16"},
    {"RestrictDomainsToIPAddresses", "False", "true", "True", "yes"},
    {"TlsSenderCertificateName", "", "*.contoso.com", "*.contoso.com", "mail.*.com"},
    {"RestrictDomainsToCertificate", "False", "true", "True", "yes"},
    {"CloudServicesMailEnabled", "False", "true", "True", "cloud"},
    {"TreatMessagesAsInternal", "False", "true", "True", "internal"},
    {"AssociatedAcceptedDomains", "{}", "contoso.com", "{contoso.com}", "*.contoso.com"},
    {"EFSkipLastIP", "False", "true", "True", "last", false},
    {"EFSkipIPs", "{}", "192.0.2.1-192.0.2.9", "{192.0.2.1-192.0.2.9}", "192.0.2", false},
    {"EFUsers", "{}", "anna@contoso.com", "{anna@contoso.com}", "", false},
    {"EFTestMode", "False", "true", "True", "test", false},
    {"EFSkipMailGateway", "{}", "a", "{a}", "", false},
    {"ScanAndDropRecipients", "{}", "a", "{a}", "", false},
    {"ClientHostNames", "{}", "a", "{a}", "", false},
    {"TrustedOrganizations", "{}", "fabrikam.com", "{fabrikam.com}", "", false},
    {"Comment", "", "of Monday", "of Monday", "", false},
};

// Exchange Online sheet 2.1.
const sheet_row outbound_rows[] = {
    {"ConnectorType", "Partner", "OnPremises", "OnPremises", "Internal"},
    {"ConnectorSource", "Default", "Migrated", "Migrated", "Hybrid"},
    {"Enabled", "True", "false", "False", "0"},
    {"RecipientDomains", "{}", "*", "{*}", "mail.*.com"},
    {"AllAcceptedDomains", "False", "true", "True", "all"},
    {"UseMXRecord", "True", "false", "False", "mx"},
    {"SmartHosts", "{}", "192.0.2.0/24", "{192.0.2.0/24}", "mx_contoso com"},
    {"TlsSettings", "", "encryptiononly", "EncryptionOnly", "Opportunistic"},
    {"TlsDomain", "", "*.contoso.com", "*.contoso.com", "mail.*.com"},
    {"CloudServicesMailEnabled", "False", "true", "True", "cloud"},
    {"RouteAllMessagesViaOnPremises", "False", "true", "True", "all"},
    {"IsTransportRuleScoped", "False", "true", "True", "rule"},
    {"SenderRewritingEnabled", "False", "true", "True", "srs", false},
    {"SmtpDaneMode", "Opportunistic", "Mandatory", "Mandatory", "Always", false},
    {"MtaStsMode", "Opportunistic", "None", "None", "Mandatory", false},
    {"TestMode", "False", "true", "True", "test", false},
    {"LinkForModifiedConnector", "", "a", "a", "", false},
    {"IsValidated", "False", "true", "True", "valid", false},
    {"LastValidationTimestamp", "", "2026-01-01", "2026-01-01", "", false},
    {"ValidationRecipients", "{}", "bob@contoso.com", "{bob@contoso.com}", "", false},
};

/// What `value` makes of a fresh object; the error when it is refused.
template <class Object>
std::string outcome_of(const parameter<Object>& p, std::string_view value) {
    Object o;
    const auto set = p.set(o, {false, false, {std::string(value)}}, {});
    return set ? p.show(o) : "error: " + set.error;
}

template <class Object>
void check_row(const std::vector<parameter<Object>>& table, const sheet_row& row) {
    const auto* p = find_parameter(table, row.name);
    BOOST_REQUIRE_MESSAGE(p != nullptr, row.name << " is no parameter");
    BOOST_TEST(p->name == row.name);
    BOOST_TEST(p->show(Object{}) == row.by_default, row.name);
    BOOST_TEST(outcome_of(*p, row.good) == row.shown, row.name);
    BOOST_TEST(p->has_effect == row.has_effect, row.name);
    if (row.bad.empty())
        return;
    const auto refused = outcome_of(*p, row.bad);
    BOOST_REQUIRE_MESSAGE(refused.starts_with("error: `"), row.name << ": " << refused);
    const auto named = refused.substr(8, refused.find('`', 8) - 8);
    BOOST_TEST(row.bad.find(named) != std::string_view::npos, "the value, or its bad part: " << refused);
}

/// No setting with an effect is left out of the sheet's rows.
template <class Object, std::size_t Count>
void check_complete(const std::vector<parameter<Object>>& table, const sheet_row (&rows)[Count]) {
    for (const auto& p : table)
        if (p.has_effect)
            BOOST_TEST(std::any_of(std::begin(rows), std::end(rows),
                                   [&](const sheet_row& row) { return row.name == p.name; }),
                       p.name << " is tested nowhere");
}

} // namespace

BOOST_AUTO_TEST_SUITE(parameter_sheets)

BOOST_AUTO_TEST_CASE(send_connector_parameters_are_those_of_sheet_2_1) {
    for (const auto& row : send_rows)
        check_row(send_connector_parameters(), row);
    check_complete(send_connector_parameters(), send_rows);
}

BOOST_AUTO_TEST_CASE(receive_connector_parameters_are_those_of_sheet_3_1) {
    for (const auto& row : receive_rows)
        check_row(receive_connector_parameters(), row);
    check_complete(receive_connector_parameters(), receive_rows);
}

BOOST_AUTO_TEST_CASE(transport_service_parameters_are_those_of_sheet_2_7) {
    for (const auto& row : service_rows)
        check_row(transport_service_parameters(), row);
}

BOOST_AUTO_TEST_CASE(inbound_connector_parameters_are_those_of_the_online_sheet_1_1) {
    for (const auto& row : inbound_rows)
        check_row(inbound_connector_parameters(), row);
    check_complete(inbound_connector_parameters(), inbound_rows);
    const auto* addresses = find_parameter(inbound_connector_parameters(), "SenderIPAddresses");
    for (const auto* good : {"192.0.2.7", "192.0.2.0/32"})
        BOOST_TEST(!outcome_of(*addresses, good).starts_with("error: "), good);
    for (const auto* bad : {"2001:db8::1", "192.0.2.1-192.0.2.9", "192.0.2.0/33"})
        BOOST_TEST(outcome_of(*addresses, bad).starts_with("error: "), bad);
    const auto* domains = find_parameter(inbound_connector_parameters(), "SenderDomains");
    BOOST_TEST(outcome_of(*domains, "smtp:*;1") == "{smtp:*;1}"); // as Get- prints it
}

BOOST_AUTO_TEST_CASE(outbound_connector_parameters_are_those_of_the_online_sheet_2_1) {
    for (const auto& row : outbound_rows)
        check_row(outbound_connector_parameters(), row);
    check_complete(outbound_connector_parameters(), outbound_rows);
}

BOOST_AUTO_TEST_CASE(some_parameters_of_the_online_sheet_are_of_new_or_set_alone) { // 1.1, 2.1
    const auto has = [](const auto& table, const char* name) {
        return find_parameter(table, name) != nullptr;
    };
    BOOST_TEST(has(inbound_connector_parameters(), "ClientHostNames"));
    BOOST_TEST(!has(set_inbound_connector_parameters(), "ClientHostNames"));
    BOOST_TEST(set_inbound_connector_parameters().size() == inbound_connector_parameters().size() - 1);
    BOOST_TEST(has(new_outbound_connector_parameters(), "LinkForModifiedConnector"));
    BOOST_TEST(!has(set_outbound_connector_parameters(), "LinkForModifiedConnector"));
    for (const auto* validation : {"IsValidated", "LastValidationTimestamp", "ValidationRecipients"}) {
        BOOST_TEST(!has(new_outbound_connector_parameters(), validation), validation);
        BOOST_TEST(has(set_outbound_connector_parameters(), validation), validation);
    }
}

BOOST_AUTO_TEST_CASE(an_edge_server_waits_longer) { // sheet 2.7
    server edge;
    edge.retry = retry_settings_of(server_role::edge);
    const auto& table = transport_service_parameters();
    BOOST_TEST(find_parameter(table, "TransientFailureRetryInterval")->show(edge) == "00:10:00");
    BOOST_TEST(find_parameter(table, "OutboundConnectionFailureRetryInterval")->show(edge) == "00:30:00");
}

BOOST_AUTO_TEST_CASE(services_and_domains_have_their_own_parameters) {
    const auto& front = frontend_transport_service_parameters();
    BOOST_TEST(
        find_parameter(front, "SendProtocolLogPath")->show({}).ends_with("FrontEnd\\ProtocolLog\\SmtpSend"));
    BOOST_TEST(find_parameter(front, "MessageExpirationTimeout") == nullptr);
    const auto& mailbox = mailbox_transport_service_parameters();
    BOOST_TEST(find_parameter(mailbox, "MailboxDeliveryConnectorProtocolLoggingLevel")->show({}) == "None");
    const auto& domain = accepted_domain_parameters();
    BOOST_TEST(find_parameter(domain, "DomainType")->show({}) == "Authoritative");
    BOOST_TEST(outcome_of(*find_parameter(domain, "DomainType"), "internalrelay") == "InternalRelay");
    BOOST_TEST(outcome_of(*find_parameter(domain, "DomainType"), "Relay").starts_with("error: "));
    BOOST_TEST(!find_parameter(remote_domain_parameters(), "NDREnabled")->has_effect);
}

BOOST_AUTO_TEST_SUITE_END()
