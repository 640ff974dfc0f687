// Best-practice findings on connectors: each with a configuration that has it, and the same one put right.
#include "tests/exchange/best_practice_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::exchange;
using namespace fixtures;

namespace {

struct sending_world : sound_world {
    void validate_domain(std::string tls_domain) {
        connector().require_tls = true;
        connector().level = std::optional(tls_auth_level::domain_validation);
        connector().tls_domain = {std::move(tls_domain), line(7)};
    }
    void lead_to(const char* smart_host) {
        connector().dns_routing_enabled = false;
        connector().smart_hosts = std::vector<std::string>{smart_host};
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(exchange_best_practice_send_connectors, sending_world)

BOOST_AUTO_TEST_CASE(require_tls_without_level) {
    connector().require_tls = {true, line(3)};
    BOOST_TEST(of("check.require-tls-without-level").at(0).mark.line == 3);
    validate_domain("mail.contoso.com");
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_CASE(require_tls_towards_an_own_server_is_no_external_host) {
    connector().require_tls = {true, line(3)};
    lead_to("testms05.varunagroup.de");
    BOOST_TEST(rules_found() == "");
}

// On-premises sheet 2.5: CertificateValidation checks no name.
BOOST_AUTO_TEST_CASE(chain_without_name_by_dns) {
    connector().require_tls = true;
    connector().level = {std::optional(tls_auth_level::certificate_validation), line(7)};
    const auto found = of("check.level-without-name");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::note);
    BOOST_TEST(found[0].mark.line == 7);
    lead_to("mail.contoso.com"); // the administrator names the host
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_CASE(tls_domain_that_the_peer_cannot_match) {
    validate_domain("mx.contoso.com");
    const auto found = of("check.tls-domain-unmatched");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(found[0].mark.line == 7);
    BOOST_TEST(hints(found[0], "mail.contoso.com"));
    validate_domain("mail.contoso.com");
    BOOST_TEST(rules_found() == "");
    validate_domain("*.contoso.com");
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_CASE(tls_domain_and_the_wildcard_of_a_smart_host) {
    partner_server().certificates = {made.stored("wild")};
    lead_to("mail.contoso.com");
    validate_domain("mail.contoso.com");
    BOOST_TEST(rules_found() == "");
    validate_domain("contoso.com");
    BOOST_TEST(rules_found() == "check.tls-domain-unmatched check.wildcard-does-not-reach");
    lead_to("elsewhere.contoso.com"); // the scenario does not hold it: nothing is known of its certificate
    BOOST_TEST(rules_found() == "");
}

// On-premises sheet 2.5: without TlsDomain the recipient's domain is the expected name.
BOOST_AUTO_TEST_CASE(tls_domain_unset) {
    validate_domain("");
    auto found = of("check.tls-domain-unset");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::warning);
    BOOST_TEST(says(found[0], "must show a certificate with contoso.com"));
    connector().address_spaces = std::vector<address_space>{{"SMTP", "adatum.com", 1}}; // no peer here
    BOOST_CHECK(of("check.tls-domain-unset").at(0).level == severity::warning);
}

BOOST_AUTO_TEST_CASE(tls_domain_unset_and_the_peer_has_the_domain_is_a_note) {
    partner_server().certificates = {made.stored("contoso domain")};
    validate_domain("");
    BOOST_CHECK(of("check.tls-domain-unset").at(0).level == severity::note);
}

// T28: a binding only if the target demands client authentication.
BOOST_AUTO_TEST_CASE(certificate_name_that_nobody_asks_for) {
    connector().tls_certificate_name = {identifier(made.cert("mail")), line(5)};
    BOOST_TEST(rules_found() == ""); // Contoso asks
    partner_server().partner.ask_client_certificate = tls::client_certificate::not_asked;
    const auto found = of("check.certificate-name-needless");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::note);
    BOOST_TEST(found[0].mark.line == 5);
    lead_to("mail.contoso.com");
    BOOST_TEST(count("check.certificate-name-needless") == 1U);
    lead_to("elsewhere.contoso.com"); // not known what it asks
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_CASE(connectors_that_are_not_enabled_are_not_looked_at) {
    connector().require_tls = {true, line(3)};
    connector().enabled = false;
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(exchange_best_practice_receive_connectors, sound_world)

BOOST_AUTO_TEST_CASE(anything_on_default_server_is_a_warning) {
    default_hub().max_message_size = {std::uint64_t{1} << 20U, line(8)};
    const auto found = of("check.default-connector-changed");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::warning);
    BOOST_TEST(found[0].mark.line == 8);
    BOOST_TEST(says(found[0], "MaxMessageSize of the default Receive connector TESTMS05\\Default TESTMS05 is "
                              "1 MB (1,048,576 bytes) and was 36 MB (37,748,736 bytes)"));
    BOOST_TEST(hints(found[0], "T29"));
}

// F19: the name in the banner and in EHLO is what the other servers authenticate.
BOOST_AUTO_TEST_CASE(fqdn_permissions_and_bindings_of_default_server) {
    default_hub().fqdn = {"mail.varunagroup.de", line(8)};
    BOOST_TEST(says(of("check.default-connector-changed").at(0), "Fqdn of the default Receive connector"));
    default_hub().permissions = {group_anonymous_users, line(9)};
    default_hub().bindings = {{where("0.0.0.0:2526")}, line(10)};
    BOOST_TEST(count("check.default-connector-changed") == 3U);
}

BOOST_AUTO_TEST_CASE(on_default_frontend_what_mail_flow_does_not_rest_on_is_a_note) {
    default_frontend().max_message_size = {std::uint64_t{1} << 20U, line(8)};
    BOOST_CHECK(of("check.default-connector-changed").at(0).level == severity::note);
    default_frontend().max_message_size = std::uint64_t{37748736};
    default_frontend().auth = {auth_tls, line(8)};
    BOOST_CHECK(of("check.default-connector-changed").at(0).level == severity::warning);
}

BOOST_AUTO_TEST_CASE(default_connector_deleted) {
    testms05().receive_connectors.pop_back();
    const auto found = of("check.default-connector-deleted");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::warning);
    BOOST_TEST(found[0].mark.line == 1);
    BOOST_TEST(says(found[0], "TESTMS05\\Default TESTMS05 is gone"));
}

// Hybrid sheet 3.1: the wizard sets these two on Default Frontend.
BOOST_AUTO_TEST_CASE(what_the_hybrid_wizard_sets_is_no_finding) {
    default_frontend().tls_certificate_name = {identifier(made.cert("mail")), line(8)};
    default_frontend().tls_domain_capabilities =
        std::vector<std::string>{"mail.protection.outlook.com:AcceptCloudServicesMail"};
    testms05().certificates[1] = made.stored("mail");
    BOOST_TEST(rules_found() == "");
}

// Hybrid sheet 3.2: on Edge the administrator sets the capability and Fqdn.
BOOST_AUTO_TEST_CASE(what_hybrid_takes_on_an_edge_server_is_no_finding) {
    auto& edge = add_server("EDGE01", server_role::edge);
    edge.certificates.push_back(made.stored("hybrid"));
    edge.receive_connectors[0].fqdn = {"smtp365.varunagroup.de", line(8)};
    edge.receive_connectors[0].tls_domain_capabilities =
        std::vector<std::string>{"mail.protection.outlook.com:AcceptOorgProtocol"};
    BOOST_TEST(rules_found() == "");
}

// F13
BOOST_AUTO_TEST_CASE(relay_connector_captures_an_exchange_server) {
    add_server("TESTMS06", server_role::mailbox);
    auto relay = internet_connector("Relay");
    relay.remote_ip_ranges = {{range("192.168.10.0/24")}, line(9)};
    testms05().receive_connectors.push_back(relay);
    const auto found = of("check.relay-captures-exchange");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(found[0].mark.line == 9);
    BOOST_TEST(says(found[0], "Exchange server TESTMS06"));
    testms05().receive_connectors.back().remote_ip_ranges = {{range("192.168.10.77")}, line(9)};
    BOOST_TEST(count("check.relay-captures-exchange") == 0U);
    testms05().receive_connectors.back().remote_ip_ranges = {{range("192.168.10.0/24")}, line(9)};
    testms05().receive_connectors.back().auth = std::uint32_t{auth_tls | auth_exchange_server};
    BOOST_TEST(count("check.relay-captures-exchange") == 0U);
}

// F16
BOOST_AUTO_TEST_CASE(relay_connector_for_devices_requires_tls) {
    auto relay = internet_connector("Relay");
    relay.fqdn = std::string("testms05.varunagroup.de");
    relay.remote_ip_ranges = std::vector<ip_range>{range("192.168.20.0/24"), range("10.1.2.3")};
    relay.require_tls = {true, line(9)};
    testms05().receive_connectors.push_back(relay);
    const auto found = of("check.relay-requires-tls");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::note);
    BOOST_TEST(found[0].mark.line == 9);
    auto& made_one = testms05().receive_connectors.back();
    made_one.remote_ip_ranges = std::vector<ip_range>{range("203.0.113.9")}; // a partner, who can do TLS
    BOOST_TEST(rules_found() == "");
    made_one.remote_ip_ranges = std::vector<ip_range>{range("192.168.20.0/24")};
    made_one.require_tls = false;
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_CASE(suppressed_anonymous_tls_needs_a_setting_elsewhere) {
    default_frontend().suppress_x_anonymous_tls = {true, line(8)};
    BOOST_CHECK(of("R11").at(0).level == severity::note);
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

/// As the wizard leaves it (hybrid sheet 3.1), with Exchange Online as a peer.
struct hybrid_world : sound_world {
    hybrid_world() {
        hold("hybrid");
        auto& c = connector();
        c.address_spaces = std::vector<address_space>{{"SMTP", "varuna.mail.onmicrosoft.com", 1}};
        c.require_tls = true;
        c.level = std::optional(tls_auth_level::domain_validation);
        c.tls_domain = std::string("mail.protection.outlook.com");
        c.tls_certificate_name = {identifier(made.cert("hybrid")), line(5)};
        c.cloud_services_mail_enabled = {true, line(6)};
        default_frontend().tls_certificate_name = {identifier(made.cert("hybrid")), line(15)};
        default_frontend().tls_domain_capabilities = {{"mail.protection.outlook.com:AcceptCloudServicesMail"},
                                                      line(16)};
        partner_server().role = server_role::exchange_online;
        partner_server().addresses = std::vector<ip_address>{ip("104.47.11.10")};
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(exchange_best_practice_hybrid, hybrid_world)

BOOST_AUTO_TEST_CASE(as_the_wizard_leaves_it) {
    for (const auto& d : review())
        BOOST_ERROR(d.rule << ": " << d.message);
}

// HealthChecker (hybrid sheet 3.9), one thing taken away after the other.
BOOST_AUTO_TEST_CASE(what_the_health_checker_calls_misconfigured) {
    connector().cloud_services_mail_enabled = {false, line(6)};
    BOOST_TEST(of("check.hybrid-connector").at(0).mark.line == 6);
    connector().cloud_services_mail_enabled = true;
    connector().tls_domain = std::string("varuna.mail.protection.outlook.com");
    BOOST_TEST(says(of("check.hybrid-connector").at(0), "needs TlsDomain mail.protection.outlook.com"));
    connector().tls_domain = std::string();
    connector().level = std::optional(tls_auth_level::encryption_only);
    BOOST_TEST(says(of("check.hybrid-connector").at(0), "needs TlsAuthLevel DomainValidation"));
    connector().level = std::optional(tls_auth_level::certificate_validation);
    BOOST_TEST(count("check.hybrid-connector") == 0U);
    connector().tls_certificate_name = std::string();
    BOOST_TEST(says(of("check.hybrid-connector").at(0), "needs TlsCertificateName"));
}

BOOST_AUTO_TEST_CASE(smart_host_of_exchange_online_makes_it_hybrid_too) {
    connector().address_spaces = std::vector<address_space>{{"SMTP", "contoso.com", 1}};
    connector().tls_certificate_name = std::string();
    BOOST_TEST(count("check.hybrid-connector") == 0U);
    connector().dns_routing_enabled = false;
    connector().smart_hosts = std::vector<std::string>{"varuna.mail.protection.outlook.com"};
    BOOST_TEST(count("check.hybrid-connector") == 1U);
}

BOOST_AUTO_TEST_CASE(wildcard_certificate_on_the_hybrid_connectors) {
    hold("own wild");
    connector().tls_certificate_name = {identifier(made.cert("own wild")), line(5)};
    auto found = of("check.hybrid-wildcard");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::warning);
    BOOST_TEST(found[0].mark.line == 5);
    BOOST_TEST(hints(found[0], "T27"));
    default_frontend().tls_certificate_name = {identifier(made.cert("own wild")), line(15)};
    BOOST_TEST(count("check.hybrid-wildcard") == 2U);
}

BOOST_AUTO_TEST_CASE(wildcard_certificate_of_another_connector_is_no_finding) {
    connector().address_spaces = std::vector<address_space>{{"SMTP", "contoso.com", 1}};
    hold("own wild");
    connector().tls_certificate_name = {identifier(made.cert("own wild")), line(5)};
    BOOST_TEST(count("check.hybrid-wildcard") == 0U);
}

// F17
BOOST_AUTO_TEST_CASE(capabilities_on_a_connector_that_exchange_online_does_not_reach) {
    auto cloud = internet_connector("From the cloud");
    cloud.remote_ip_ranges = std::vector<ip_range>{range("104.47.0.0/17")};
    testms05().receive_connectors.push_back(cloud);
    const auto found = of("check.capabilities-elsewhere");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(found[0].mark.line == 16);
    BOOST_TEST(says(found[0], "arrive at TESTMS05\\From the cloud"));
    testms05().receive_connectors.back().tls_domain_capabilities =
        *default_frontend().tls_domain_capabilities;
    BOOST_TEST(count("check.capabilities-elsewhere") == 0U);
}

// Microsoft support article 4052493: AD LDS holds 256 characters.
BOOST_AUTO_TEST_CASE(certificate_name_that_edgesync_cannot_carry) {
    add_server("EDGE01", server_role::edge);
    const std::string edge_name = "<I>CN=" + std::string(240, 'x') + "<S>CN=" + "smtp.de"; // 259 characters
    connector().tls_certificate_name = {edge_name, line(5)};
    BOOST_TEST(count("check.certificate-name-too-long") == 0U); // TESTMS05 sends
    connector().source_transport_servers = std::vector<std::string>{"EDGE01"};
    BOOST_TEST(of("check.certificate-name-too-long").at(0).mark.line == 5);
    connector().tls_certificate_name = {edge_name.substr(0, 256), line(5)};
    BOOST_TEST(count("check.certificate-name-too-long") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
