// V1-V13 and R1-R14 (on-premises sheet 2.2, 3.2): for each rule one configuration that breaks it and one
// beside it that does not.
#include "sim/exchange/configuration_rules.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/parameters.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace connlab;
using namespace connlab::exchange;

namespace {

struct setting {
    std::string name;
    std::vector<std::string> items;
};

/// Sets parameters as a scenario would: each on a line of its own, from line 1 on.
template <class Object>
Object with(Object o, const std::vector<parameter<Object>>& table, const std::vector<setting>& settings) {
    int line = 0;
    for (const auto& s : settings) {
        const auto set = find_parameter(table, s.name)
                             ->set(o, {false, s.items.size() != 1, s.items}, {"x.yaml", ++line, 1, 1});
        BOOST_REQUIRE_MESSAGE(set, s.name << ": " << set.error);
    }
    return o;
}

/// `V1@2 R5@1`: rule and line of each diagnostic.
std::string listed(const diagnostics& found) {
    std::string out;
    for (const auto& d : found)
        out += (out.empty() ? "" : " ") + d.rule + "@" + std::to_string(d.mark.line);
    return out;
}

std::string send(const std::vector<setting>& settings, server_role role = server_role::mailbox) {
    send_connector c;
    c.name = "To Contoso";
    c.mark = {"x.yaml", 99, 1, 1};
    c.address_spaces = std::vector<address_space>{{"SMTP", "contoso.com", 1}};
    return listed(validate(with(c, send_connector_parameters(), settings), role));
}

server testms05(server_role role = server_role::mailbox) {
    server s;
    s.name = "TESTMS05";
    s.role = role;
    s.fqdn = std::string("testms05.varunagroup.de");
    return s;
}

receive_connector connector(const std::vector<setting>& settings) {
    receive_connector c;
    c.name = "Partner TESTMS05";
    c.server = "TESTMS05";
    c.mark = {"x.yaml", 99, 1, 1};
    c.bindings = std::vector<endpoint>{*parse_endpoint("0.0.0.0:25", 25)};
    c.remote_ip_ranges = std::vector<ip_range>{*parse_ip_range("198.51.100.20")};
    return with(c, receive_connector_parameters(), settings);
}

std::string receive(const std::vector<setting>& settings, server_role role = server_role::mailbox) {
    return listed(validate(connector(settings), testms05(role)));
}

/// The default connectors of a Mailbox server and one more.
diagnostics beside_defaults(const std::vector<setting>& settings) {
    server s = testms05();
    s.receive_connectors = default_receive_connectors(s);
    s.receive_connectors.push_back(connector(settings));
    return validate(s);
}

const setting require_tls{"RequireTLS", {"true"}};
const setting ignore_starttls{"IgnoreSTARTTLS", {"true"}};
const setting no_dns{"DNSRoutingEnabled", {"false"}};
const setting smart_host{"SmartHosts", {"mx.contoso.com"}};
const setting domain_validation{"TlsAuthLevel", {"DomainValidation"}};
const setting encryption_only{"TlsAuthLevel", {"EncryptionOnly"}};

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_validation)

BOOST_AUTO_TEST_CASE(a_plain_connector_is_good) {
    BOOST_TEST(send({}).empty());
    BOOST_TEST(receive({}).empty());
}

BOOST_AUTO_TEST_CASE(v1_require_tls_against_ignore_starttls) {
    BOOST_TEST(send({require_tls, ignore_starttls}) == "V1@2");
    BOOST_TEST(send({ignore_starttls}).empty());
}

BOOST_AUTO_TEST_CASE(v2_a_level_needs_require_tls_and_starttls) {
    BOOST_TEST(send({encryption_only}) == "V2@1");
    BOOST_TEST(send({encryption_only, {"RequireTLS", {"false"}}}) == "V2@2");
    BOOST_TEST(send({encryption_only, require_tls, ignore_starttls}) == "V2@3");
    BOOST_TEST(send({encryption_only, require_tls}).empty());
}

BOOST_AUTO_TEST_CASE(v3_domain_validation_at_a_smart_host_needs_tls_domain) {
    BOOST_TEST(send({require_tls, domain_validation, no_dns, smart_host}) == "V3@2");
    BOOST_TEST(send({require_tls, domain_validation, no_dns, smart_host, {"TlsDomain", {"mx.contoso.com"}}})
                   .empty());
    BOOST_TEST(send({require_tls, domain_validation}).empty());
}

BOOST_AUTO_TEST_CASE(v4_tls_domain_needs_domain_validation) {
    BOOST_TEST(send({require_tls, encryption_only, {"TlsDomain", {"contoso.com"}}}) == "V4@3");
    BOOST_TEST(send({{"TlsDomain", {"contoso.com"}}}) == "V4@1");
    BOOST_TEST(send({require_tls, domain_validation, {"TlsDomain", {"contoso.com"}}}).empty());
}

BOOST_AUTO_TEST_CASE(v5_smart_hosts_and_dns_routing_exclude_each_other) {
    BOOST_TEST(send({smart_host}) == "V5@1");
    BOOST_TEST(send({smart_host, {"DNSRoutingEnabled", {"true"}}}) == "V5@2");
    BOOST_TEST(send({no_dns}) == "V5@1");
    BOOST_TEST(send({no_dns, smart_host}).empty());
}

BOOST_AUTO_TEST_CASE(v6_and_v7_authentication_needs_smart_host_and_credential) {
    const setting basic{"SmartHostAuthMechanism", {"BasicAuthRequireTLS"}};
    const setting credential{"AuthenticationCredential", {"user"}};
    BOOST_TEST(send({basic, credential}) == "V6@1");
    BOOST_TEST(send({no_dns, smart_host, basic}) == "V7@3");
    BOOST_TEST(send({no_dns, smart_host, basic, credential}).empty());
    BOOST_TEST(send({no_dns, smart_host, {"SmartHostAuthMechanism", {"ExternalAuthoritative"}}}).empty());
}

BOOST_AUTO_TEST_CASE(v8_and_v12_are_findings_and_no_refusals) {
    const setting domain_secure{"DomainSecureEnabled", {"true"}};
    BOOST_TEST(send({domain_secure, no_dns, smart_host}).empty());
    BOOST_TEST(send({domain_secure, ignore_starttls}).empty());
    BOOST_TEST(send({domain_secure, require_tls, encryption_only}).empty());
}

BOOST_AUTO_TEST_CASE(v9_and_v13_divide_edge_and_mailbox_servers) {
    const setting accepted{"AddressSpaces", {"--"}};
    const setting x400{"AddressSpaces", {"X400:c=DE;1"}};
    const setting source{"SourceIPAddress", {"192.0.2.25"}};
    BOOST_TEST(send({accepted}) == "V9@1");
    BOOST_TEST(send({accepted}, server_role::edge).empty());
    BOOST_TEST(send({x400, no_dns, smart_host}, server_role::edge) == "V9@1");
    BOOST_TEST(send({source}) == "V13@1");
    BOOST_TEST(send({source}, server_role::edge).empty());
}

BOOST_AUTO_TEST_CASE(v10_numbers_out_of_range_in_a_made_connector) {
    send_connector c;
    c.address_spaces = std::vector<address_space>{{"SMTP", "contoso.com", 101}};
    c.port = 70000;
    c.connection_inactivity_timeout = duration{0};
    BOOST_TEST(listed(validate(c, server_role::mailbox)) == "V10@0 V10@0 V10@0");
}

BOOST_AUTO_TEST_CASE(v11_other_address_types_need_a_smart_host) {
    const setting x400{"AddressSpaces", {"X400:c=DE;1"}};
    BOOST_TEST(send({x400}) == "V11@1");
    BOOST_TEST(send({x400, no_dns, smart_host}).empty());
}

BOOST_AUTO_TEST_CASE(r2_r3_r4_mechanisms_that_need_or_exclude_others) {
    BOOST_TEST(receive({{"AuthMechanism", {"BasicAuthRequireTLS"}}}) == "R2@1");
    BOOST_TEST(receive({{"AuthMechanism", {"BasicAuthRequireTLS, BasicAuth"}}}) == "R2@1");
    BOOST_TEST(receive({{"AuthMechanism", {"BasicAuthRequireTLS, BasicAuth, Tls"}}}).empty());
    const setting exchange_servers{"PermissionGroups", {"ExchangeServers"}};
    BOOST_TEST(receive({{"AuthMechanism", {"ExternalAuthoritative, Integrated"}}, exchange_servers}) ==
               "R3@1");
    BOOST_TEST(receive({{"AuthMechanism", {"ExternalAuthoritative, Tls"}}, exchange_servers}).empty());
    BOOST_TEST(receive({{"AuthMechanism", {"ExternalAuthoritative"}},
                        {"PermissionGroups", {"AnonymousUsers"}}}) == "R4@2");
}

BOOST_AUTO_TEST_CASE(r5_r6_tls_needs_tls_in_auth_mechanism) {
    const setting no_tls{"AuthMechanism", {"Integrated"}};
    const setting domain_secure{"DomainSecureEnabled", {"true"}};
    BOOST_TEST(receive({no_tls, require_tls}) == "R5@2");
    BOOST_TEST(receive({require_tls}).empty());
    BOOST_TEST(receive({no_tls, domain_secure}) == "R6@2");
    BOOST_TEST(receive({{"AuthMechanism", {"Tls, ExternalAuthoritative"}},
                        {"PermissionGroups", {"ExchangeServers"}},
                        domain_secure}) == "R6@3");
    BOOST_TEST(receive({domain_secure}).empty());
}

BOOST_AUTO_TEST_CASE(r7_exchange_server_needs_the_servers_own_name) {
    const setting exchange_server{"AuthMechanism", {"Tls, ExchangeServer"}};
    const auto found = validate(connector({exchange_server, {"Fqdn", {"mail.varunagroup.de"}}}), testms05());
    BOOST_TEST(listed(found) == "R7@2");
    BOOST_TEST(found[0].message == "When the AuthMechanism paramteter on a Receive connector is set to the "
                                   "value ExchangeServer, you must set "
                                   "the FQDN parameter on the Receive connector to one of the following "
                                   "values: the FQDN of the transport "
                                   "server, the NetBIOS name of the transport server, or $null.");
    for (const auto* name : {"TestMS05.varunagroup.de", "testms05", ""})
        BOOST_TEST(receive({exchange_server, {"Fqdn", {name}}}).empty(), name);
    BOOST_TEST(receive({{"Fqdn", {"mail.varunagroup.de"}}}).empty());
}

BOOST_AUTO_TEST_CASE(r8_one_binding_and_one_range_serve_one_connector) {
    BOOST_TEST(beside_defaults({}).empty()); // a single address inside everything
    BOOST_TEST(listed(beside_defaults({{"RemoteIPRanges", {"0.0.0.0-255.255.255.255"}}})) == "R8@1");
    server s = testms05();
    s.receive_connectors = {connector({{"RemoteIPRanges", {"10.0.0.1-10.0.0.9"}}}),
                            connector({{"RemoteIPRanges", {"10.0.0.5-10.0.0.20"}}})};
    BOOST_TEST(listed(validate(s)) == "R8@1");
    s.receive_connectors = {connector({{"RemoteIPRanges", {"10.0.0.1-10.0.0.9"}}}),
                            connector({{"RemoteIPRanges", {"10.0.0.5"}}})};
    BOOST_TEST(validate(s).empty());
}

BOOST_AUTO_TEST_CASE(r9_roles_do_not_share_a_binding) {
    const auto found = beside_defaults({{"TransportRole", {"HubTransport"}}});
    BOOST_TEST(listed(found) == "R9@1");
    BOOST_TEST(
        found[0].message ==
        "The values that you specified for the Bindings and RemoteIPRanges parameters conflict with the "
        "settings on "
        "Receive connector \"TESTMS05\\Default Frontend TESTMS05\". Receive connectors assigned to different "
        "Transport roles on a single server must listen on unique local IP address & port bindings.");
    BOOST_TEST(beside_defaults({{"TransportRole", {"HubTransport"}}, {"Bindings", {"0.0.0.0:26"}}}).empty());
}

BOOST_AUTO_TEST_CASE(r10_idle_time_is_shorter_than_connection_time) {
    BOOST_TEST(receive({{"ConnectionInactivityTimeout", {"00:10:00"}}}) == "R10@1");
    BOOST_TEST(receive({{"ConnectionTimeout", {"00:05:00"}}}) == "R10@1");
    BOOST_TEST(receive({{"ConnectionTimeout", {"00:05:01"}}}).empty());
}

BOOST_AUTO_TEST_CASE(r11_is_a_finding_and_no_refusal) {
    BOOST_TEST(receive({{"SuppressXAnonymousTls", {"true"}}}).empty());
}

BOOST_AUTO_TEST_CASE(r12_r13_r14_creation_edge_and_binary_mime) {
    receive_connector c = connector({});
    c.bindings = std::vector<endpoint>{};
    BOOST_TEST(listed(validate(c, testms05())) == "R12@99");
    const setting legacy{"PermissionGroups", {"ExchangeLegacyServers"}};
    BOOST_TEST(receive({legacy}, server_role::edge) == "R13@1");
    BOOST_TEST(receive({legacy}).empty());
    BOOST_TEST(receive({{"TransportRole", {"HubTransport"}}}, server_role::edge) == "@1"); // 3.1
    BOOST_TEST(receive({{"ChunkingEnabled", {"false"}}}) == "R14@1");
    BOOST_TEST(receive({{"ChunkingEnabled", {"false"}}, {"BinaryMimeEnabled", {"false"}}}).empty());
}

BOOST_AUTO_TEST_CASE(setups_own_connectors_are_good) {
    for (const auto role : {server_role::mailbox, server_role::edge, server_role::smtp}) {
        server s = testms05(role);
        s.receive_connectors = default_receive_connectors(s);
        BOOST_TEST(listed(validate(s)).empty());
        for (const auto& c : s.receive_connectors)
            BOOST_TEST(listed(validate(c, s)).empty(), c.name);
    }
}

BOOST_AUTO_TEST_CASE(texts_that_are_ours_say_so) {
    const auto ours = [](const diagnostic& d) {
        return d.message.size() > 14 && d.message.substr(d.message.size() - 14) == " (our wording)";
    };
    send_connector c;
    c.require_tls = true;
    c.ignore_starttls = true;
    c.tls_domain = std::string("contoso.com");
    for (const auto& d : validate(c, server_role::mailbox)) {
        BOOST_TEST(ours(d) == (d.rule != "V4"), d.message);
        BOOST_CHECK(d.level == severity::error);
    }
}

BOOST_AUTO_TEST_CASE(every_rule_is_in_the_catalogue) {
    std::set<std::string> ids;
    for (const auto& r : configuration_rules()) {
        BOOST_TEST(ids.insert(r.id).second, r.id);
        BOOST_TEST(!r.source.empty(), r.id);
        BOOST_TEST(r.statement.back() == '.', r.id);
    }
    for (int i = 1; i <= 13; ++i)
        BOOST_TEST(ids.count("V" + std::to_string(i)) == 1U);
    for (int i = 1; i <= 14; ++i)
        BOOST_TEST(ids.count("R" + std::to_string(i)) == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
