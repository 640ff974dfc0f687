// The parameter tables: names and types of on-premises sheet 2.1, 3.1, 4.1; views of powershell-output.md.
#include "sim/exchange/parameters.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace connlab;
using namespace connlab::exchange;

namespace {

const source_mark here{"x.yaml", 4, 9, 1};

template <class Object>
const std::vector<parameter<Object>>& table();
template <>
const std::vector<parameter<send_connector>>& table() {
    return send_connector_parameters();
}
template <>
const std::vector<parameter<receive_connector>>& table() {
    return receive_connector_parameters();
}
template <>
const std::vector<parameter<transport_config>>& table() {
    return transport_config_parameters();
}

template <class Object>
const parameter<Object>& row(std::string_view name) {
    const auto* p = find_parameter(table<Object>(), name);
    BOOST_REQUIRE_MESSAGE(p != nullptr, name);
    return *p;
}

/// Sets the values and returns what Get-… shows, or the error.
template <class Object>
std::string put(std::string_view name, std::vector<std::string> items) {
    Object o;
    const auto set = row<Object>(name).set(o, {false, items.size() != 1, std::move(items)}, here);
    if (!set)
        return "error: " + set.error;
    BOOST_TEST(row<Object>(name).mark(o).line == 4, name);
    return row<Object>(name).show(o);
}

template <class Object>
std::string put_null(std::string_view name) {
    Object o;
    const auto set = row<Object>(name).set(o, {true, false, {}}, here);
    return set ? row<Object>(name).show(o) : "error: " + set.error;
}

bool is_error(const std::string& shown) {
    return shown.rfind("error: ", 0) == 0;
}

using send = send_connector;
using receive = receive_connector;

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_parameters)

BOOST_AUTO_TEST_CASE(names_are_those_of_the_cmdlets) {
    for (const auto* name : {"AddressSpaces",
                             "AuthenticationCredential",
                             "CloudServicesMailEnabled",
                             "ConnectionInactivityTimeOut",
                             "ConnectorType",
                             "DNSRoutingEnabled",
                             "DomainSecureEnabled",
                             "Enabled",
                             "ErrorPolicies",
                             "ForceHELO",
                             "Fqdn",
                             "FrontendProxyEnabled",
                             "HomeMtaServerId",
                             "IsScopedConnector",
                             "Comment",
                             "UseExternalDNSServersEnabled",
                             "SmtpMaxMessagesPerConnection",
                             "IgnoreSTARTTLS",
                             "MaxMessageSize",
                             "Port",
                             "ProtocolLoggingLevel",
                             "RequireTLS",
                             "SmartHostAuthMechanism",
                             "SmartHosts",
                             "SourceIPAddress",
                             "SourceTransportServers",
                             "TlsAuthLevel",
                             "TlsCertificateName",
                             "TlsDomain"})
        BOOST_TEST(row<send>(name).name == name);
    for (const auto* name : {"AuthMechanism",
                             "PermissionGroups",
                             "RequireTLS",
                             "DomainSecureEnabled",
                             "Fqdn",
                             "TlsCertificateName",
                             "TlsDomainCapabilities",
                             "SuppressXAnonymousTls",
                             "EnableAuthGSSAPI",
                             "ExtendedProtectionPolicy",
                             "RequireEHLODomain",
                             "RemoteIPRanges",
                             "Bindings",
                             "TransportRole",
                             "Banner",
                             "SizeEnabled",
                             "PipeliningEnabled",
                             "EnhancedStatusCodesEnabled",
                             "EightBitMimeEnabled",
                             "ChunkingEnabled",
                             "BinaryMimeEnabled",
                             "DeliveryStatusNotificationEnabled",
                             "SmtpUtf8Enabled",
                             "LongAddressesEnabled",
                             "OrarEnabled",
                             "BareLinefeedRejectionEnabled",
                             "MaxMessageSize",
                             "ConnectionTimeout",
                             "ConnectionInactivityTimeout",
                             "MaxLogonFailures",
                             "MaxProtocolErrors",
                             "TarpitInterval",
                             "AuthTarpitInterval",
                             "MaxInboundConnection",
                             "MaxInboundConnectionPerSource",
                             "MaxInboundConnectionPercentagePerSource",
                             "MaxHopCount",
                             "MaxLocalHopCount",
                             "MaxRecipientsPerMessage",
                             "ProtocolLoggingLevel",
                             "AdvertiseClientSettings",
                             "ServiceDiscoveryFqdn",
                             "DefaultDomain"})
        BOOST_TEST(row<receive>(name).name == name);
    BOOST_TEST(row<transport_config>("tlssenddomainsecurelist").name == "TLSSendDomainSecureList");
    BOOST_TEST(row<transport_config>("TLSReceiveDomainSecureList").name == "TLSReceiveDomainSecureList");
    BOOST_TEST(find_parameter(send_connector_parameters(), "TlsDomian") == nullptr);
}

BOOST_AUTO_TEST_CASE(names_are_unique_and_rows_complete) {
    const auto check = [](const auto& rows) {
        std::set<std::string> names;
        for (const auto& p : rows) {
            BOOST_TEST(names.insert(p.name).second, p.name);
            BOOST_TEST(!p.about.empty(), p.name);
            BOOST_TEST(static_cast<bool>(p.set), p.name);
            BOOST_TEST(static_cast<bool>(p.show), p.name);
            BOOST_TEST(static_cast<bool>(p.mark), p.name);
            BOOST_TEST(static_cast<bool>(p.items) == (p.kind == value_kind::list), p.name);
            BOOST_TEST(p.words.empty() == (p.kind != value_kind::word && p.kind != value_kind::words),
                       p.name);
        }
    };
    check(send_connector_parameters());
    check(receive_connector_parameters());
    check(transport_config_parameters());
}

BOOST_AUTO_TEST_CASE(what_a_row_shows_it_reads_again) {
    const auto check = [](const auto& rows, const auto& fresh) {
        for (const auto& p : rows) {
            auto other = fresh;
            const auto shown = p.show(fresh);
            if (p.kind == value_kind::list || shown.empty())
                continue;
            const auto set = p.set(other, {false, false, {shown}}, here);
            BOOST_TEST(static_cast<bool>(set), p.name << ": " << set.error);
            BOOST_TEST(p.show(other) == shown, p.name);
        }
    };
    check(send_connector_parameters(), send{});
    check(receive_connector_parameters(), receive{});
    check(transport_config_parameters(), transport_config{});
}

BOOST_AUTO_TEST_CASE(defaults_are_the_documented_ones) {
    const send c;
    const auto shown = [&](std::string_view name) { return row<send>(name).show(c); };
    BOOST_TEST(shown("DNSRoutingEnabled") == "True");
    BOOST_TEST(shown("RequireTLS") == "False");
    BOOST_TEST(shown("IgnoreSTARTTLS") == "False");
    BOOST_TEST(shown("TlsAuthLevel").empty());
    BOOST_TEST(shown("TlsDomain").empty());
    BOOST_TEST(shown("SmartHosts") == "{}");
    BOOST_TEST(shown("SmartHostAuthMechanism") == "None");
    BOOST_TEST(shown("Port") == "25");
    BOOST_TEST(shown("ConnectionInactivityTimeOut") == "00:10:00");
    BOOST_TEST(shown("ErrorPolicies") == "Default");
    BOOST_TEST(shown("SmtpMaxMessagesPerConnection") == "20");
    BOOST_TEST(shown("MaxMessageSize") == "35 MB (36,700,160 bytes)");
    const receive r;
    BOOST_TEST(row<receive>("MaxMessageSize").show(r) == "36 MB (37,748,736 bytes)");
    BOOST_TEST(row<receive>("ConnectionTimeout").show(r) == "00:10:00");
    BOOST_TEST(row<receive>("ConnectionInactivityTimeout").show(r) == "00:05:00");
    BOOST_TEST(row<receive>("SizeEnabled").show(r) == "Enabled");
    BOOST_TEST(row<receive>("MaxProtocolErrors").show(r) == "5");
    BOOST_TEST(row<transport_config>("TLSSendDomainSecureList").show({}) == "{}");
}

BOOST_AUTO_TEST_CASE(booleans_are_true_and_false_alone) {
    for (const auto* text : {"true", "True", "TRUE", "$true", "$True"})
        BOOST_TEST(put<send>("RequireTLS", {text}) == "True");
    BOOST_TEST(put<send>("DNSRoutingEnabled", {"$false"}) == "False");
    for (const auto* text : {"yes", "no", "on", "off", "y", "1", "", " true"})
        BOOST_TEST(put<send>("RequireTLS", {text}) ==
                   "error: `" + std::string(text) +
                       "` is not a Boolean value: allowed are true and false ($true, "
                       "$false)");
    BOOST_TEST(is_error(put_null<send>("RequireTLS")));
    BOOST_TEST(is_error(put<send>("RequireTLS", {"true", "true"})));
}

BOOST_AUTO_TEST_CASE(address_spaces_have_type_space_and_cost) {
    BOOST_TEST(put<send>("AddressSpaces", {"SMTP:contoso.com;1", "*.contoso.com;5", "smtp:*", "--"}) ==
               "{SMTP:contoso.com;1, SMTP:*.contoso.com;5, smtp:*;1, SMTP:--;1}");
    BOOST_TEST(put<send>("AddressSpaces", {"*.com"}) == "{SMTP:*.com;1}");
    BOOST_TEST(put<send>("AddressSpaces", {"X400:c=DE;a= ;p=Fabrikam;7"}) == "{X400:c=DE;a= ;p=Fabrikam;7}");
    BOOST_TEST(put<send>("AddressSpaces", {"*contoso.com"}) ==
               "error: `*contoso.com` is not an address space: a wildcard stands alone (*) or as the whole "
               "first label "
               "(*.contoso.com)");
    for (const auto* text : {"SMTP:contoso.com;0", "SMTP:contoso.com;101", "SMTP:contoso.com;",
                             "SMTP:", ":contoso.com", "mail.*.com", "contoso com", "", "SMTP:*.*"})
        BOOST_TEST(is_error(put<send>("AddressSpaces", {text})), text);
    BOOST_TEST(is_error(put_null<send>("AddressSpaces")));
}

BOOST_AUTO_TEST_CASE(levels_are_words_in_any_case) {
    BOOST_TEST(put<send>("TlsAuthLevel", {"domainvalidation"}) == "DomainValidation");
    BOOST_TEST(put<send>("TlsAuthLevel", {"EncryptionOnly"}) == "EncryptionOnly");
    BOOST_TEST(put_null<send>("TlsAuthLevel").empty());
    BOOST_TEST(
        put<send>("TlsAuthLevel", {"DomainValidaton"}) ==
        "error: `DomainValidaton` is not one of EncryptionOnly, CertificateValidation, DomainValidation");
    BOOST_TEST(put<send>("SmartHostAuthMechanism", {"basicauthrequiretls"}) == "BasicAuthRequireTLS");
    BOOST_TEST(put<receive>("SizeEnabled", {"EnabledWithoutValue"}) == "EnabledWithoutValue");
}

BOOST_AUTO_TEST_CASE(tls_domain_may_begin_with_a_wildcard) {
    BOOST_TEST(put<send>("TlsDomain", {"mail.protection.outlook.com"}) == "mail.protection.outlook.com");
    BOOST_TEST(put<send>("TlsDomain", {"*.contoso.com"}) == "*.contoso.com");
    BOOST_TEST(put_null<send>("TlsDomain").empty());
    for (const auto* text :
         {"*", "mail.*.com", "*contoso.com", "*.*.com", "contoso.com.", "con toso.com", "a@b.com"})
        BOOST_TEST(is_error(put<send>("TlsDomain", {text})), text);
}

BOOST_AUTO_TEST_CASE(certificate_names_are_issuer_and_subject) {
    const std::string name = "<I>CN=GeoTrust TLS RSA CA G1, OU=www.digicert.com, O=DigiCert Inc, C=US"
                             "<S>CN=mail.varunagroup.de";
    BOOST_TEST(put<send>("TlsCertificateName", {name}) == name);
    BOOST_TEST(put<receive>("TlsCertificateName", {name}) == name);
    BOOST_TEST(put_null<send>("TlsCertificateName").empty());
    for (const auto* text : {"mail.varunagroup.de", "<S>CN=a<I>CN=b", "<I>CN=a", "<I>a<S>b"})
        BOOST_TEST(is_error(put<send>("TlsCertificateName", {text})), text);
}

BOOST_AUTO_TEST_CASE(smart_hosts_are_names_or_addresses) {
    BOOST_TEST(
        put<send>("SmartHosts", {"mx.contoso.com", "[203.0.113.9]", "10.0.0.1", "--", "2001:db8::1"}) ==
        "{mx.contoso.com, 203.0.113.9, 10.0.0.1, --, 2001:db8::1}");
    BOOST_TEST(put_null<send>("SmartHosts") == "{}");
    for (const auto* text : {"", "mx contoso", "300.1.1.1", "[mx.contoso.com]", "mx.contoso.com:25"})
        BOOST_TEST(is_error(put<send>("SmartHosts", {text})), text);
}

BOOST_AUTO_TEST_CASE(numbers_spans_and_sizes_have_bounds) {
    BOOST_TEST(put<send>("Port", {"65535"}) == "65535");
    for (const auto* text : {"-1", "65536", "25a", ""})
        BOOST_TEST(is_error(put<send>("Port", {text})), text);
    BOOST_TEST(put<send>("ConnectionInactivityTimeOut", {"00:05:00"}) == "00:05:00");
    BOOST_TEST(put<send>("ConnectionInactivityTimeOut", {"1.00:00:00"}) == "1.00:00:00");
    for (const auto* text : {"00:00:00", "1.00:00:01", "10", "10m", "5 minutes"})
        BOOST_TEST(is_error(put<send>("ConnectionInactivityTimeOut", {text})), text);
    BOOST_TEST(put<receive>("MaxMessageSize", {"36MB"}) == "36 MB (37,748,736 bytes)");
    BOOST_TEST(put<receive>("MaxMessageSize", {"36 MB (37,748,736 bytes)"}) == "36 MB (37,748,736 bytes)");
    BOOST_TEST(put<receive>("MaxMessageSize", {"37748736"}) == "36 MB (37,748,736 bytes)");
    BOOST_TEST(put<receive>("MaxMessageSize", {"1536"}) == "1.5 KB (1,536 bytes)");
    BOOST_TEST(put<send>("MaxMessageSize", {"unlimited"}) == "Unlimited");
    for (const auto* text : {"2147483648", "2GB", "3GB"}) { // one byte too much, and more
        BOOST_TEST(is_error(put<send>("MaxMessageSize", {text})), text);
        BOOST_TEST(is_error(put<receive>("MaxMessageSize", {text})), text);
    }
    BOOST_TEST(!is_error(put<receive>("MaxMessageSize", {"2147483647"})));
    for (const auto* text : {"36 MiB", "MB", "1.5MB", "-1", "99999999999TB", "36 MB (x bytes)"})
        BOOST_TEST(is_error(put<send>("MaxMessageSize", {text})), text);
    BOOST_TEST(put<receive>("MaxProtocolErrors", {"Unlimited"}) == "Unlimited");
    BOOST_TEST(is_error(put<receive>("MaxMessageSize", {"unlimited"})));
}

BOOST_AUTO_TEST_CASE(flags_are_a_list_or_separated_by_commas) {
    const std::string all = "Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer";
    BOOST_TEST(put<receive>("AuthMechanism",
                            {"ExchangeServer,BasicAuth, tls,Integrated,BasicAuthRequireTLS"}) == all);
    BOOST_TEST(put<receive>("AuthMechanism", {"ExchangeServer", "BasicAuth", "Tls", "Integrated",
                                              "BasicAuthRequireTLS"}) == all);
    BOOST_TEST(put<receive>("AuthMechanism", {"None"}) == "None");
    BOOST_TEST(put<receive>("PermissionGroups", {"AnonymousUsers, ExchangeServers"}) ==
               "AnonymousUsers, ExchangeServers");
    BOOST_TEST(put<receive>("AuthMechanism", {"None", "Tls"}) ==
               "error: `None` stands alone, not beside other values (our wording)"); // R1
    BOOST_TEST(is_error(put<receive>("AuthMechanism", {"TLS1"})));
    BOOST_TEST(is_error(put_null<receive>("AuthMechanism")));
    BOOST_TEST(put<send>("ErrorPolicies", {"DowngradeDnsFailures,UpgradeCustomFailures"}) ==
               "DowngradeDnsFailures, UpgradeCustomFailures");
}

BOOST_AUTO_TEST_CASE(bindings_need_a_port) {
    BOOST_TEST(put<receive>("Bindings", {"0.0.0.0:25", "[::]:25"}) == "{0.0.0.0:25, [::]:25}");
    for (const auto* text : {"0.0.0.0", "25", "0.0.0.0:0", "0.0.0.0:70000", "mail:25"})
        BOOST_TEST(is_error(put<receive>("Bindings", {text})), text);
    BOOST_TEST(is_error(put_null<receive>("Bindings")));
}

BOOST_AUTO_TEST_CASE(ranges_are_addresses_spans_and_blocks) {
    BOOST_TEST(put<receive>("RemoteIPRanges", {"192.168.10.5", "10.0.0.1-10.0.0.9", "192.168.0.0/16"}) ==
               "{192.168.10.5, 10.0.0.1-10.0.0.9, 192.168.0.0/16}");
    for (const auto* text : {"10.0.0.9-10.0.0.1", "10.0.0.0/33", "any"})
        BOOST_TEST(is_error(put<receive>("RemoteIPRanges", {text})), text);
}

BOOST_AUTO_TEST_CASE(capabilities_belong_to_a_domain) {
    BOOST_TEST(
        put<receive>("TlsDomainCapabilities", {"mail.protection.outlook.com:acceptcloudservicesmail"}) ==
        "{mail.protection.outlook.com:AcceptCloudServicesMail}");
    BOOST_TEST(put<receive>("TlsDomainCapabilities",
                            {"a.com:AcceptOorgProtocol,AllowSubmit", "NO-TLS:AllowSubmit"}) ==
               "{a.com:AcceptOorgProtocol,AllowSubmit, NO-TLS:AllowSubmit}");
    BOOST_TEST(put<receive>("TlsDomainCapabilities", {"<I>CN=CA, C=US<S>CN=a.com:AcceptOorgProtocol"}) ==
               "{<I>CN=CA, C=US<S>CN=a.com:AcceptOorgProtocol}");
    for (const auto* text : {"a.com", "a.com:", "a.com:Everything", ":AllowSubmit", "<I>CN=CA:AllowSubmit"})
        BOOST_TEST(is_error(put<receive>("TlsDomainCapabilities", {text})), text);
}

BOOST_AUTO_TEST_CASE(domain_secure_lists_have_no_wildcards) {
    BOOST_TEST(put<transport_config>("TLSSendDomainSecureList", {"contoso.com", "fabrikam.com"}) ==
               "{contoso.com, fabrikam.com}");
    BOOST_TEST(put<transport_config>("TLSReceiveDomainSecureList", {"*.contoso.com"}) ==
               "error: `*.contoso.com` is not a domain name: wildcards are not allowed here");
    BOOST_TEST(put_null<transport_config>("TLSSendDomainSecureList") == "{}");
}

BOOST_AUTO_TEST_CASE(a_banner_begins_with_220) {
    BOOST_TEST(put<receive>("Banner", {"220 Contoso"}) == "220 Contoso");
    BOOST_TEST(put_null<receive>("Banner").empty());
    for (const auto* text : {"Contoso", "2200", "221 x"})
        BOOST_TEST(is_error(put<receive>("Banner", {text})), text);
}

BOOST_AUTO_TEST_CASE(a_credential_is_never_shown) {
    BOOST_TEST(put<send>("AuthenticationCredential", {"user:secret"}) ==
               "System.Management.Automation.PSCredential");
    BOOST_TEST(put_null<send>("AuthenticationCredential").empty());
}

BOOST_AUTO_TEST_CASE(parameters_without_effect_are_checked_kept_and_shown) {
    BOOST_TEST(!row<send>("ConnectorType").has_effect);
    BOOST_TEST(put<send>("ConnectorType", {"xpremises"}) == "XPremises");
    BOOST_TEST(is_error(put<send>("ConnectorType", {"Other"})));
    BOOST_TEST(put<send>("IsScopedConnector", {"true"}) == "True");
    BOOST_TEST(is_error(put<send>("IsScopedConnector", {"yes"})));
    BOOST_TEST(put<receive>("TarpitInterval", {"00:00:30"}) == "00:00:30");
    BOOST_TEST(put<receive>("MaxHopCount", {"30"}) == "30");
    BOOST_TEST(put<receive>("ExtendedProtectionPolicy", {"require"}) == "Require");
    BOOST_TEST(put<send>("Comment", {"of Monday"}) == "of Monday");
    BOOST_TEST(row<send>("TlsAuthLevel").has_effect);
}

BOOST_AUTO_TEST_SUITE_END()
