// Domain Security half configured (on-premises sheet 4.1): each prerequisite is taken away in turn.
#include "sim/exchange/configuration_rules.hpp"
#include "tests/exchange/best_practice_world.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace connlab;
using namespace connlab::exchange;
using namespace fixtures;

namespace {

struct secured_world : sound_world {
    secured_world() {
        auto& o = varuna();
        o.transport.tls_send_domain_secure_list = {{"contoso.com"}, line(20)};
        o.transport.tls_receive_domain_secure_list = {{"contoso.com"}, line(21)};
        connector().domain_secure_enabled = {true, line(22)};
        hold("secured");
        partner_server().addresses = std::vector<ip_address>{ip("203.0.113.9")};
        partner_server().certificates = {made.stored("contoso domain")};
        partner_server().receive_connectors = default_receive_connectors(partner_server());
        auto from_partner = internet_connector("Partner TESTMS05");
        from_partner.mark = line(24);
        from_partner.fqdn = std::string("testms05.varunagroup.de");
        from_partner.remote_ip_ranges = std::vector<ip_range>{range("203.0.113.9")};
        from_partner.domain_secure_enabled = {true, line(23)};
        testms05().receive_connectors.push_back(from_partner);
    }

    receive_connector& partner() { return testms05().receive_connectors.back(); }

    /// Contoso runs Exchange too, and has Varunagroup in both lists.
    void make_partner_exchange() {
        auto& o = all[1];
        auto& s = partner_server();
        s.role = server_role::mailbox;
        s.version = testms05().version;
        s.stores = made.trusting_public_and_private();
        s.stores.roots.pop_back(); // not Varunagroup's private one
        s.receive_connectors = default_receive_connectors(s);
        s.receive_connectors[1].domain_secure_enabled = true;
        o.transport.tls_send_domain_secure_list = {{"varunagroup.de"}, line(61)};
        o.transport.tls_receive_domain_secure_list = {{"varunagroup.de"}, line(62)};
        o.send_connectors = {sending_to("To Varunagroup", {{"SMTP", "varunagroup.de", 1}})};
        o.send_connectors[0].domain_secure_enabled = true;
    }

    /// `D2 D5`: the prerequisites found missing.
    std::string missing() const {
        std::string out;
        for (const auto& d : of("check.domain-secure-half")) {
            const auto at = d.message.find(", D");
            out += (out.empty() ? "" : " ") + d.message.substr(at + 2, 2);
        }
        return out;
    }
    diagnostic only() const {
        const auto found = of("check.domain-secure-half");
        BOOST_REQUIRE_EQUAL(found.size(), 1U);
        return found[0];
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(exchange_best_practice_domain_security, secured_world)

BOOST_AUTO_TEST_CASE(complete) {
    for (const auto& d : review())
        BOOST_ERROR(d.rule << ": " << d.message);
}

BOOST_AUTO_TEST_CASE(complete_on_both_sides) {
    make_partner_exchange();
    BOOST_TEST(missing() == "");
}

BOOST_AUTO_TEST_CASE(d1_send_list_is_empty) {
    varuna().transport.tls_send_domain_secure_list = std::vector<std::string>{};
    BOOST_TEST(missing() == "D5 D1");
    BOOST_TEST(of("check.domain-secure-half").at(1).mark.line == 22);
}

BOOST_AUTO_TEST_CASE(d1_and_d3_lists_hold_no_wildcards) {
    varuna().transport.tls_send_domain_secure_list = {{"contoso.com", "*.contoso.com"}, line(20)};
    varuna().transport.tls_receive_domain_secure_list = {{"contoso.com", "*.contoso.com"}, line(21)};
    const auto found = of("check.domain-secure-half");
    BOOST_TEST(says(found.at(0), "D1 is missing: *.contoso.com is a wildcard"));
    BOOST_TEST(found[0].mark.line == 20);
    BOOST_TEST(missing().find("D3") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(d2_send_connector_is_not_enabled_for_it) {
    connector().domain_secure_enabled = {false, line(22)};
    BOOST_TEST(missing() == "D2");
    BOOST_TEST(only().mark.line == 22);
}

BOOST_AUTO_TEST_CASE(d2_send_connector_ignores_starttls) {
    connector().ignore_starttls = {true, line(30)};
    BOOST_TEST(missing() == "D2");
    BOOST_TEST(only().mark.line == 30);
}

BOOST_AUTO_TEST_CASE(d2_send_connector_has_no_dns_routing) {
    connector().dns_routing_enabled = {false, line(31)};
    connector().smart_hosts = std::vector<std::string>{"mx.contoso.com"};
    BOOST_TEST(missing() == "D2");
    BOOST_TEST(only().mark.line == 31);
}

BOOST_AUTO_TEST_CASE(d2_no_send_connector_takes_the_domain) {
    connector().enabled = false;
    BOOST_TEST(missing() == "D2");
}

BOOST_AUTO_TEST_CASE(d3_receive_list_is_empty) {
    varuna().transport.tls_receive_domain_secure_list = std::vector<std::string>{};
    BOOST_TEST(missing() == "D5 D3");
}

BOOST_AUTO_TEST_CASE(d3_the_partner_has_us_not_in_the_list) {
    make_partner_exchange();
    all[1].transport.tls_receive_domain_secure_list = {{"adatum.com"}, line(62)};
    BOOST_TEST(missing().find("D3") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(d4_receive_connector_is_not_enabled_for_it) {
    partner().domain_secure_enabled = {false, line(23)};
    BOOST_TEST(missing() == "D4");
    BOOST_TEST(only().mark.line == 23);
    BOOST_TEST(says(only(), "DomainSecureEnabled is False on Receive connector TESTMS05\\Partner TESTMS05, "
                            "where mail from contoso.com arrives"));
}

BOOST_AUTO_TEST_CASE(d4_another_connector_takes_the_partners_connections) {
    partner().remote_ip_ranges = std::vector<ip_range>{range("203.0.113.77")};
    BOOST_TEST(says(only(), "Receive connector TESTMS05\\Default Frontend TESTMS05, where mail from"));
}

BOOST_AUTO_TEST_CASE(d4_receive_connector_without_tls_or_externally_secured) {
    partner().auth = {std::uint32_t{auth_integrated}, line(25)};
    BOOST_TEST(says(only(), "AuthMechanism is without Tls"));
    BOOST_TEST(only().mark.line == 25);
    partner().auth = {std::uint32_t{auth_tls | auth_external_authoritative}, line(25)};
    BOOST_TEST(says(only(), "AuthMechanism has ExternalAuthoritative"));
}

BOOST_AUTO_TEST_CASE(d4_where_the_partners_servers_are_not_known) {
    partner_server().addresses = std::vector<ip_address>{};
    BOOST_TEST(missing() == "");
    partner().domain_secure_enabled = false;
    BOOST_TEST(missing() == "D4");
}

BOOST_AUTO_TEST_CASE(d5_in_one_list_alone) {
    varuna().transport.tls_receive_domain_secure_list = {{"contoso.com", "adatum.com"}, line(21)};
    BOOST_TEST(missing() == "D5");
    BOOST_TEST(says(only(), "adatum.com is in TLSReceiveDomainSecureList of Varunagroup and not in "
                            "TLSSendDomainSecureList"));
}

BOOST_AUTO_TEST_CASE(d6_the_partner_does_not_trust_our_certificate) {
    make_partner_exchange();
    testms05().certificates.back() = made.stored("private secured");
    const auto found = of("check.domain-secure-half");
    BOOST_REQUIRE(!found.empty());
    BOOST_TEST(says(found[0], "D6 is missing: MX finds the certificate CN=testms05.varunagroup.de that "
                              "TESTMS05 offers not valid: UntrustedRoot"));
}

BOOST_AUTO_TEST_CASE(d6_we_do_not_trust_the_partners_certificate) {
    testms05().stores.roots.erase(testms05().stores.roots.begin()); // the public root
    const auto found = of("check.domain-secure-half");
    BOOST_REQUIRE(!found.empty());
    BOOST_TEST(missing().find("D6") != std::string::npos);
    BOOST_TEST(says(found.back(), "the certificate CN=mail.contoso.com that MX shows not valid"));
}

BOOST_AUTO_TEST_CASE(d7_own_certificate_has_no_mail_domain) {
    testms05().certificates.pop_back(); // the default one is offered, with the host's name alone
    BOOST_TEST(missing() == "D7");
}

BOOST_AUTO_TEST_CASE(d7_the_partners_certificate_has_no_mail_domain) {
    partner_server().certificates = {made.stored("contoso")};
    BOOST_TEST(missing() == "D7");
    BOOST_TEST(
        says(only(), "the certificate CN=mail.contoso.com that MX shows does not contain contoso.com"));
}

BOOST_AUTO_TEST_CASE(d8_front_end_proxy_puts_it_out_of_force) {
    connector().frontend_proxy_enabled = {true, line(32)};
    BOOST_TEST(of("check.front-end-proxy-domain-secure").at(0).mark.line == 32);
    connector().domain_secure_enabled = false; // then it is an ordinary connector
    BOOST_TEST(count("check.front-end-proxy-domain-secure") == 0U);
}

BOOST_AUTO_TEST_CASE(a_level_beside_it_is_a_note) {
    connector().require_tls = true;
    connector().level = {std::optional(tls_auth_level::certificate_validation), line(33)};
    BOOST_CHECK(of("check.level-beside-domain-secure").at(0).level == severity::note);
}

BOOST_AUTO_TEST_CASE(d9_connectors_of_edge_wait_for_the_lists) {
    varuna().transport = {};
    testms05().receive_connectors.pop_back();
    connector().name = "EdgeSync - Berlin to Internet";
    BOOST_TEST(missing() == "");
}

BOOST_AUTO_TEST_CASE(d9_connectors_of_edge_that_were_switched_off) {
    add_server("EDGE01", server_role::edge).receive_connectors[0].domain_secure_enabled = {false, line(45)};
    BOOST_TEST(missing() == "D9");
    BOOST_TEST(only().mark.line == 45);
    varuna().servers.back().receive_connectors[0].domain_secure_enabled = true;
    BOOST_TEST(missing() == "");
    connector().name = "EdgeSync - Berlin to Internet";
    connector().domain_secure_enabled = {false, line(46)};
    BOOST_TEST(missing() == "D9");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(exchange_best_practice_catalogue)

BOOST_AUTO_TEST_CASE(every_finding_has_a_statement_a_source_and_a_remedy) {
    for (const auto& r : configuration_rules()) {
        if (r.id.rfind("check.", 0) != 0)
            continue;
        BOOST_TEST(r.statement.back() == '.', r.id);
        BOOST_TEST(!r.source.empty(), r.id);
        BOOST_TEST(!r.remedy.empty(), r.id);
    }
}

BOOST_AUTO_TEST_CASE(findings_name_a_rule_a_place_a_row_of_the_talk_and_what_to_do) {
    std::set<std::string> known;
    for (const auto& r : configuration_rules())
        known.insert(r.id);
    secured_world w;
    w.now = at("2031-01-01T00:00:00Z");
    w.add_server("TESTMS06", server_role::mailbox);
    w.connector().frontend_proxy_enabled = true;
    w.connector().fqdn = std::string("nobody.varunagroup.de");
    w.default_hub().fqdn = {"nobody.varunagroup.de", line(8)};
    w.varuna().transport.tls_receive_domain_secure_list = std::vector<std::string>{};
    BOOST_TEST(w.review().size() > 5U);
    for (const auto& d : w.review()) {
        BOOST_TEST(known.count(d.rule) == 1U, d.rule);
        BOOST_CHECK(d.level != severity::error);
        BOOST_TEST(d.message.back() != '.', d.message);
        BOOST_TEST(d.mark.known(), d.rule << ": " << d.message);
        BOOST_TEST(hints(d, "talk: T"), d.rule << ": " << d.hint);
    }
}

BOOST_AUTO_TEST_SUITE_END()
