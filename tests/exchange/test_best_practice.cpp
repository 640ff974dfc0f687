// Best-practice findings (check.*): each with a configuration that has it, and the same one put right.
#include "sim/exchange/configuration_rules.hpp"
#include "sim/exchange/decisions.hpp"
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

using namespace connlab;
using namespace connlab::exchange;

namespace {

source_mark line(int n) {
    return {"x.yaml", n, 1, 1};
}

/// Varunagroup with a Mailbox server and its certificates, Contoso with a plain one; everything as it should
/// be.
struct world {
    fixtures::pki pki;
    std::vector<organization> all;
    instant now = fixtures::at(fixtures::noon);
    behavior switches;

    world() {
        pki.self_signed("default", "TESTMS05", {"TESTMS05", "testms05.varunagroup.de"});
        pki.leaf("mail", "Issuing", "CN=mail.varunagroup.de", {"mail.varunagroup.de"});
        pki.leaf("secured", "Issuing", "CN=testms05.varunagroup.de",
                 {"testms05.varunagroup.de", "varunagroup.de"});
        pki.leaf("wild", "Issuing", "CN=*.contoso.com", {"*.contoso.com"});
        pki.leaf("contoso", "Issuing", "CN=mail.contoso.com", {"mail.contoso.com"});
        pki.leaf("other", "Unknown", "CN=smtp.varunagroup.de", {"smtp.varunagroup.de"});
        pki.issue();
        organization varuna = fixtures::varunagroup();
        server s = fixtures::testms05();
        s.mark = line(1);
        s.certificates = {pki.stored("default"), pki.stored("mail")};
        s.internal_transport_thumbprint = pki.cert("default").thumbprint();
        s.stores = pki.trusting_public_and_private();
        s.stores.roots.push_back({pki.cert("default"), chain::root_member::registry});
        s.stores.intermediates.push_back(pki.cert("Issuing"));
        s.receive_connectors = default_receive_connectors(s);
        varuna.servers.push_back(std::move(s));
        varuna.send_connectors.push_back(fixtures::to_contoso());
        organization contoso;
        contoso.name = "Contoso";
        contoso.accepted_domains = std::vector<std::string>{"contoso.com"};
        contoso.servers.push_back(fixtures::contoso_mx());
        contoso.servers[0].certificates = {pki.stored("contoso")};
        all = {std::move(varuna), std::move(contoso)};
    }

    server& testms05() { return all[0].servers[0]; }
    send_connector& connector() { return all[0].send_connectors[0]; }
    receive_connector& default_frontend() { return testms05().receive_connectors[1]; }

    diagnostics review() const { return best_practice(all, now, switches); }

    /// Findings of one rule.
    diagnostics of(std::string_view rule) const {
        diagnostics out;
        for (auto& d : review())
            if (d.rule == rule)
                out.push_back(d);
        return out;
    }
    std::size_t count(std::string_view rule) const { return of(rule).size(); }

    void validate_domain(std::string tls_domain) {
        connector().require_tls = true;
        connector().level = std::optional(tls_auth_level::domain_validation);
        connector().tls_domain = {std::move(tls_domain), line(7)};
    }
};

std::string identifier(const certs::certificate& c) {
    return "<I>" + c.issuer() + "<S>" + c.subject();
}

bool says(const diagnostic& d, std::string_view part) {
    return d.message.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_best_practice)

BOOST_AUTO_TEST_CASE(a_good_configuration_has_no_findings) {
    for (const auto& d : world().review())
        BOOST_ERROR(d.rule << ": " << d.message);
}

BOOST_AUTO_TEST_CASE(stale_certificate_name_of_a_send_connector) {
    world w;
    w.connector().tls_certificate_name = {"<I>CN=Old CA<S>CN=mail.varunagroup.de", line(5)};
    const auto found = w.of("check.stale-certificate-name");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::warning);
    BOOST_TEST(found[0].mark.line == 5);
    BOOST_TEST(says(found[0], "finds no certificate in the store of TESTMS05"));
    // The renewed certificate by another issuer is what the administrator wants to see.
    BOOST_TEST(found[0].hint.find(identifier(w.pki.cert("mail"))) != std::string::npos);
    w.connector().tls_certificate_name = {identifier(w.pki.cert("mail")), line(5)};
    BOOST_TEST(w.review().empty());
}

BOOST_AUTO_TEST_CASE(stale_certificate_name_of_a_receive_connector) {
    world w;
    w.default_frontend().tls_certificate_name = {"<I>CN=Old CA<S>CN=gone.varunagroup.de", line(6)};
    const auto found = w.of("check.stale-certificate-name");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(says(found[0], "STARTTLS is not advertised"));
}

BOOST_AUTO_TEST_CASE(own_chain_that_the_server_does_not_trust) {
    world w;
    w.testms05().certificates.push_back(w.pki.stored("other"));
    w.connector().tls_certificate_name = {identifier(w.pki.cert("other")), line(5)};
    BOOST_TEST(w.count("check.own-chain-broken") == 1U);
    BOOST_TEST(w.count("check.stale-certificate-name") == 0U);
}

BOOST_AUTO_TEST_CASE(fqdn_that_no_certificate_covers) {
    world w;
    w.connector().fqdn = {"relay.varunagroup.de", line(4)};
    auto found = w.of("check.fqdn-not-covered");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(found[0].mark.line == 4);
    w.connector().fqdn = {"mail.varunagroup.de", line(4)};
    BOOST_TEST(w.review().empty());
    // The five default connectors look for the same name: one finding.
    w.testms05().certificates.erase(w.testms05().certificates.begin());
    found = w.of("check.fqdn-not-covered");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(says(found[0], "Default Frontend TESTMS05"));
    BOOST_TEST(says(found[0], "Client Proxy TESTMS05"));
}

BOOST_AUTO_TEST_CASE(wildcard_that_does_not_reach) {
    world w;
    w.testms05().certificates.push_back(w.pki.stored("wild"));
    w.connector().fqdn = {"a.mx.contoso.com", line(4)};
    BOOST_TEST(w.count("check.wildcard-does-not-reach") == 1U);
    w.connector().fqdn = {"contoso.com", line(4)};
    BOOST_TEST(w.count("check.wildcard-does-not-reach") == 1U);
    w.connector().fqdn = {"mx.contoso.com", line(4)};
    BOOST_TEST(w.review().empty());
}

BOOST_AUTO_TEST_CASE(certificates_that_cannot_be_used) {
    world w;
    w.testms05().certificates[1] = w.pki.stored("mail", service_smtp, false);
    w.connector().tls_certificate_name = {identifier(w.pki.cert("mail")), line(5)};
    auto found = w.of("check.certificate-unusable");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(says(found[0], "has no private key"));
    w.testms05().certificates[1] = w.pki.stored("mail", service_iis);
    found = w.of("check.certificate-unusable");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(says(found[0], "not enabled for SMTP"));
}

BOOST_AUTO_TEST_CASE(certificates_expire_and_expire_soon) {
    world w; // the leafs end on 2025-01-01
    w.now = fixtures::at("2024-12-01T00:00:00Z");
    BOOST_TEST(w.review().empty()); // 31 days ahead
    w.now = fixtures::at("2024-12-03T00:00:00Z");
    BOOST_TEST(w.count("check.certificate-expires-soon") == 2U); // mail and Contoso's
    w.now = fixtures::at("2025-01-02T00:00:00Z");
    BOOST_TEST(w.count("check.certificate-expired") == 2U);
    BOOST_TEST(w.count("check.certificate-expires-soon") == 0U);
}

BOOST_AUTO_TEST_CASE(internal_transport_certificate) {
    world w;
    w.testms05().internal_transport_thumbprint = std::string(40, '0');
    BOOST_TEST(says(w.of("check.internal-certificate").at(0), "12013"));
    w.testms05().internal_transport_thumbprint.clear();
    BOOST_TEST(says(w.of("check.internal-certificate").at(0), "12012"));
}

BOOST_AUTO_TEST_CASE(require_tls_without_level) {
    world w;
    w.connector().require_tls = {true, line(3)};
    BOOST_TEST(w.of("check.require-tls-without-level").at(0).mark.line == 3);
    w.connector().level = std::optional(tls_auth_level::certificate_validation);
    BOOST_TEST(w.review().empty());
    w.connector().level = std::optional<tls_auth_level>();
    w.connector().dns_routing_enabled = false; // to an own server: no external host
    w.connector().smart_hosts = std::vector<std::string>{"testms05.varunagroup.de"};
    BOOST_TEST(w.review().empty());
}

BOOST_AUTO_TEST_CASE(tls_domain_that_the_peer_cannot_match) {
    world w;
    w.validate_domain("mx.contoso.com");
    const auto found = w.of("check.tls-domain-unmatched");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(found[0].mark.line == 7);
    BOOST_TEST(found[0].hint.find("mail.contoso.com") != std::string::npos);
    w.validate_domain("mail.contoso.com");
    BOOST_TEST(w.review().empty());
    w.validate_domain("*.contoso.com");
    BOOST_TEST(w.review().empty());
}

BOOST_AUTO_TEST_CASE(tls_domain_and_the_wildcard_of_a_smart_host) {
    world w;
    w.all[1].servers[0].certificates = {w.pki.stored("wild")};
    w.connector().dns_routing_enabled = false;
    w.connector().smart_hosts = std::vector<std::string>{"mail.contoso.com"};
    w.validate_domain("mail.contoso.com");
    BOOST_TEST(w.review().empty());
    w.validate_domain("contoso.com");
    BOOST_TEST(w.count("check.tls-domain-unmatched") == 1U);
    BOOST_TEST(w.count("check.wildcard-does-not-reach") == 1U);
    // A smart host that the scenario does not hold: nothing is known of its certificate.
    w.connector().smart_hosts = std::vector<std::string>{"elsewhere.contoso.com"};
    BOOST_TEST(w.review().empty());
}

BOOST_AUTO_TEST_CASE(tls_domain_unset) {
    world w;
    w.validate_domain("");
    auto found = w.of("check.tls-domain-unset");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::warning);
    BOOST_TEST(says(found[0], "must show a certificate with contoso.com"));
    w.connector().address_spaces = std::vector<address_space>{{"SMTP", "adatum.com", 1}}; // no peer here
    BOOST_CHECK(w.of("check.tls-domain-unset").at(0).level == severity::warning);
}

BOOST_AUTO_TEST_CASE(default_connector_changed) {
    world w;
    auto& hub = w.testms05().receive_connectors[4];
    hub.max_message_size = {std::uint64_t{1} << 20U, line(8)};
    const auto found = w.of("check.default-connector-changed");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(found[0].mark.line == 8);
    BOOST_TEST(says(found[0],
                    "MaxMessageSize of the default Receive connector TESTMS05\\Default TESTMS05 is 1 MB "
                    "(1,048,576 bytes) and was 36 MB (37,748,736 bytes)"));
}

BOOST_AUTO_TEST_CASE(what_the_hybrid_wizard_sets_is_no_finding) {
    world w;
    w.default_frontend().tls_certificate_name = {identifier(w.pki.cert("mail")), line(8)};
    w.default_frontend().tls_domain_capabilities =
        std::vector<std::string>{"mail.protection.outlook.com:AcceptCloudServicesMail"};
    BOOST_TEST(w.review().empty());
}

BOOST_AUTO_TEST_CASE(relay_connector_captures_an_exchange_server) {
    world w;
    server other = w.testms05();
    other.name = "TESTMS06";
    other.fqdn = std::string("testms05.varunagroup.de");
    other.addresses = std::vector<ip_address>{fixtures::ip("192.168.10.6")};
    other.receive_connectors = default_receive_connectors(other);
    w.all[0].servers.push_back(other);
    auto relay = fixtures::internet_connector("Relay");
    relay.remote_ip_ranges = {{fixtures::range("192.168.10.0/24")}, line(9)};
    w.testms05().receive_connectors.push_back(relay);
    BOOST_TEST(w.of("check.relay-captures-exchange").at(0).mark.line == 9);
    w.testms05().receive_connectors.back().remote_ip_ranges = {{fixtures::range("192.168.10.77")}, line(9)};
    BOOST_TEST(w.count("check.relay-captures-exchange") == 0U);
}

BOOST_AUTO_TEST_CASE(suppressed_anonymous_tls_needs_a_setting_elsewhere) {
    world w;
    w.default_frontend().suppress_x_anonymous_tls = {true, line(8)};
    BOOST_CHECK(w.of("R11").at(0).level == severity::note);
}

BOOST_AUTO_TEST_SUITE_END()

// On-premises sheet 4.1: each prerequisite is taken away in turn.
namespace {

struct secured_world : world {
    secured_world() {
        auto& o = all[0];
        o.transport.tls_send_domain_secure_list = {{"contoso.com"}, line(20)};
        o.transport.tls_receive_domain_secure_list = {{"contoso.com"}, line(21)};
        connector().domain_secure_enabled = {true, line(22)};
        testms05().certificates.push_back(pki.stored("secured"));
        auto partner = fixtures::internet_connector("Partner TESTMS05");
        partner.remote_ip_ranges = std::vector<ip_range>{fixtures::range("203.0.113.9")};
        partner.domain_secure_enabled = {true, line(23)};
        testms05().receive_connectors.push_back(partner);
    }

    receive_connector& partner() { return testms05().receive_connectors.back(); }

    /// `D2 D5`: the prerequisites found missing.
    std::string missing() const {
        std::string out;
        for (const auto& d : of("check.domain-secure-half")) {
            const auto at = d.message.find(", D");
            out += (out.empty() ? "" : " ") + d.message.substr(at + 2, 2);
        }
        return out;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(exchange_best_practice_domain_security, secured_world)

BOOST_AUTO_TEST_CASE(complete) {
    for (const auto& d : review())
        BOOST_ERROR(d.rule << ": " << d.message);
}

BOOST_AUTO_TEST_CASE(send_list_is_empty) {
    all[0].transport.tls_send_domain_secure_list = std::vector<std::string>{};
    BOOST_TEST(missing() == "D5 D1");
    BOOST_TEST(of("check.domain-secure-half").at(1).mark.line == 22);
}

BOOST_AUTO_TEST_CASE(send_connector_is_not_enabled_for_it) {
    connector().domain_secure_enabled = {false, line(22)};
    BOOST_TEST(missing() == "D2");
    BOOST_TEST(of("check.domain-secure-half").at(0).mark.line == 22);
}

BOOST_AUTO_TEST_CASE(send_connector_has_no_dns_routing_or_ignores_starttls) {
    connector().ignore_starttls = {true, line(30)};
    BOOST_TEST(missing() == "D2");
    BOOST_TEST(of("check.domain-secure-half").at(0).mark.line == 30);
    connector().ignore_starttls = false;
    connector().dns_routing_enabled = {false, line(31)};
    connector().smart_hosts = std::vector<std::string>{"mx.contoso.com"};
    BOOST_TEST(missing() == "D2");
}

BOOST_AUTO_TEST_CASE(no_send_connector_takes_the_domain) {
    connector().enabled = false;
    BOOST_TEST(missing() == "D2");
}

BOOST_AUTO_TEST_CASE(receive_list_is_empty) {
    all[0].transport.tls_receive_domain_secure_list = std::vector<std::string>{};
    BOOST_TEST(missing() == "D5 D3");
}

BOOST_AUTO_TEST_CASE(receive_connector_is_not_enabled_for_it) {
    partner().domain_secure_enabled = false;
    BOOST_TEST(missing() == "D4");
}

BOOST_AUTO_TEST_CASE(own_certificate_has_no_mail_domain) {
    testms05().certificates.pop_back(); // the default one is offered, with the host's name alone
    BOOST_TEST(missing() == "D7");
}

BOOST_AUTO_TEST_CASE(front_end_proxy_puts_it_out_of_force) {
    connector().frontend_proxy_enabled = {true, line(32)};
    BOOST_TEST(of("check.front-end-proxy-domain-secure").at(0).mark.line == 32);
}

BOOST_AUTO_TEST_CASE(a_level_beside_it_is_a_note) {
    connector().require_tls = true;
    connector().level = {std::optional(tls_auth_level::certificate_validation), line(33)};
    BOOST_CHECK(of("check.level-beside-domain-secure").at(0).level == severity::note);
}

BOOST_AUTO_TEST_CASE(connectors_of_edge_wait_for_the_lists) {
    all[0].transport = {};
    testms05().receive_connectors.pop_back();
    connector().name = "EdgeSync - Berlin to Internet";
    BOOST_TEST(missing().empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(exchange_best_practice_catalogue)

BOOST_AUTO_TEST_CASE(findings_name_rules_of_the_catalogue) {
    std::set<std::string> known;
    for (const auto& r : configuration_rules())
        known.insert(r.id);
    secured_world w;
    w.now = fixtures::at("2031-01-01T00:00:00Z");
    w.connector().frontend_proxy_enabled = true;
    w.connector().fqdn = std::string("nobody.varunagroup.de");
    w.all[0].transport.tls_receive_domain_secure_list = std::vector<std::string>{};
    BOOST_TEST(w.review().size() > 5U);
    for (const auto& d : w.review()) {
        BOOST_TEST(known.count(d.rule) == 1U, d.rule);
        BOOST_CHECK(d.level != severity::error);
        BOOST_TEST(d.message.back() != '.', d.message);
    }
}

BOOST_AUTO_TEST_SUITE_END()
