// Best-practice findings on certificates: each with a configuration that has it, and the same one put right.
#include "tests/exchange/best_practice_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::exchange;
using namespace fixtures;

BOOST_FIXTURE_TEST_SUITE(exchange_best_practice_certificates, sound_world)

BOOST_AUTO_TEST_CASE(a_sound_configuration_has_no_findings) {
    for (const auto& d : review())
        BOOST_ERROR(d.rule << ": " << d.message);
}

BOOST_AUTO_TEST_CASE(stale_certificate_name_of_a_send_connector) {
    connector().tls_certificate_name = {"<I>CN=Old CA<S>CN=mail.varunagroup.de", line(5)};
    const auto found = of("check.stale-certificate-name");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::warning);
    BOOST_TEST(found[0].mark.line == 5);
    BOOST_TEST(says(found[0], "finds no certificate in the store of TESTMS05"));
    // The renewed certificate by another issuer is what the administrator wants to see.
    BOOST_TEST(hints(found[0], identifier(made.cert("mail"))));
    connector().tls_certificate_name = {identifier(made.cert("mail")), line(5)};
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_CASE(stale_certificate_name_on_one_of_two_source_servers) {
    add_server("TESTMS06", server_role::mailbox);
    connector().source_transport_servers = std::vector<std::string>{"TESTMS05", "TESTMS06"};
    connector().tls_certificate_name = {identifier(made.cert("mail")), line(5)};
    const auto found = of("check.stale-certificate-name");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(says(found[0], "the store of TESTMS06"));
}

BOOST_AUTO_TEST_CASE(stale_certificate_name_of_a_receive_connector) {
    default_frontend().tls_certificate_name = {"<I>CN=Old CA<S>CN=gone.varunagroup.de", line(6)};
    const auto found = of("check.stale-certificate-name");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(says(found[0], "STARTTLS is not advertised"));
}

BOOST_AUTO_TEST_CASE(own_chain_that_the_server_does_not_trust) {
    hold("other");
    connector().tls_certificate_name = {identifier(made.cert("other")), line(5)};
    BOOST_TEST(count("check.own-chain-broken") == 1U);
    BOOST_TEST(count("check.stale-certificate-name") == 0U);
}

BOOST_AUTO_TEST_CASE(fqdn_that_no_certificate_covers) {
    connector().fqdn = {"relay.varunagroup.de", line(4)};
    auto found = of("check.fqdn-not-covered");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(found[0].mark.line == 4);
    connector().fqdn = {"mail.varunagroup.de", line(4)};
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_CASE(five_connectors_that_look_for_the_same_name_are_one_finding) {
    testms05().certificates.erase(testms05().certificates.begin());
    const auto found = of("check.fqdn-not-covered");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(says(found[0], "Default Frontend TESTMS05"));
    BOOST_TEST(says(found[0], "Client Proxy TESTMS05"));
}

BOOST_AUTO_TEST_CASE(wildcard_that_does_not_reach) {
    hold("wild");
    connector().fqdn = {"a.mx.contoso.com", line(4)};
    BOOST_TEST(count("check.wildcard-does-not-reach") == 1U);
    connector().fqdn = {"contoso.com", line(4)};
    BOOST_TEST(count("check.wildcard-does-not-reach") == 1U);
    connector().fqdn = {"mx.contoso.com", line(4)};
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_CASE(certificates_that_a_send_connector_cannot_use) {
    testms05().certificates[1] = made.stored("mail", service_smtp, false);
    connector().tls_certificate_name = {identifier(made.cert("mail")), line(5)};
    auto found = of("check.certificate-unusable");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(says(found[0], "has no private key"));
    BOOST_TEST(hints(found[0], "T50"));
    testms05().certificates[1] = made.stored("mail", service_iis);
    found = of("check.certificate-unusable");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(says(found[0], "not enabled for SMTP"));
}

BOOST_AUTO_TEST_CASE(certificate_of_a_receive_connector_without_its_key_is_not_called_stale) {
    testms05().certificates[1] = made.stored("mail", service_smtp | service_iis, false);
    default_frontend().tls_certificate_name = {identifier(made.cert("mail")), line(6)};
    const auto found = of("check.certificate-unusable");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(found[0].mark.line == 6);
    BOOST_TEST(says(found[0], "without its private key: STARTTLS is not advertised (event 12014)"));
    BOOST_TEST(count("check.stale-certificate-name") == 0U);
}

BOOST_AUTO_TEST_CASE(certificate_of_the_connectors_fqdn_without_its_key) {
    testms05().certificates[0] = made.stored("default", service_smtp, false);
    const auto found =
        of("check.certificate-unusable"); // STARTTLS goes, and sending fails (1.5, NoCredentials)
    BOOST_REQUIRE_EQUAL(found.size(), 2U);
    BOOST_TEST(says(found[0], "Default Frontend TESTMS05"));
    BOOST_TEST(says(found[1], "Send connector To Contoso"));
    BOOST_TEST(count("check.fqdn-not-covered") == 0U);
}

// On-premises sheet 1.8 and README item 15: 12018 for a connector's certificate, 30 days ahead.
BOOST_AUTO_TEST_CASE(certificate_of_a_connector_expires_soon) { // the leafs end on 2025-01-01
    connector().tls_certificate_name = {identifier(made.cert("mail")), line(5)};
    now = at("2024-12-03T00:00:00Z");
    const auto found = of("check.certificate-expires-soon");
    BOOST_REQUIRE_EQUAL(found.size(), 2U); // mail and Contoso's
    BOOST_CHECK(found[0].level == severity::warning);
    BOOST_TEST(says(found[0], "expires on 2025-01-01, in 696 hours"));
    BOOST_TEST(hints(found[0], "event 12018 for Send connector To Contoso"));
    BOOST_TEST(!hints(found[0], "12017"));
    BOOST_TEST(!hints(found[1], "event"));
    now = at("2024-12-01T00:00:00Z"); // 31 days ahead
    BOOST_TEST(count("check.certificate-expires-soon") == 0U);
}

BOOST_AUTO_TEST_CASE(internal_certificate_expires_soon_and_serves_the_connectors_too) {
    now = at("2026-12-20T00:00:00Z"); // setup's of 2022 lasts five years
    testms05().certificates.pop_back();
    const auto found = of("check.certificate-expires-soon");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(hints(found[0], "event 12017 as the internal transport certificate"));
    BOOST_TEST(hints(found[0], "event 12018 for Receive connector Client Frontend TESTMS05"));
}

BOOST_AUTO_TEST_CASE(expired_certificates_name_12016_and_12015) {
    connector().tls_certificate_name = {identifier(made.cert("mail")), line(5)};
    now = at("2025-01-02T00:00:00Z");
    auto found = of("check.certificate-expired");
    BOOST_REQUIRE_EQUAL(found.size(), 2U);
    BOOST_TEST(hints(found[0], "event 12016 for Send connector To Contoso"));
    BOOST_TEST(count("check.certificate-expires-soon") == 0U);
    now = at("2027-06-01T00:00:00Z");
    found = of("check.certificate-expired");
    BOOST_TEST(hints(found.at(0), "event 12015 as the internal transport certificate"));
}

// HealthChecker: yellow from 60 days on (hybrid sheet 5.4).
BOOST_AUTO_TEST_CASE(two_months_ahead_is_a_note_for_exchange_servers) {
    now = at("2024-11-10T00:00:00Z");
    const auto found = of("check.certificate-expires-in-two-months");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::note);
    BOOST_TEST(says(found[0], "mail.varunagroup.de"));
    now = at("2024-11-01T00:00:00Z"); // 61 days ahead
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_CASE(certificate_that_is_not_valid_yet) {
    hold("renewed", service_smtp | service_iis);
    now = at("2024-04-01T00:00:00Z");
    BOOST_TEST(says(of("check.certificate-expired").at(0), "is not valid before 2024-05-01"));
}

BOOST_AUTO_TEST_CASE(small_key) {
    hold("short", service_smtp | service_iis);
    const auto found = of("check.weak-certificate");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(says(found[0], "a key of 1024 bits"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(exchange_best_practice_duties, sound_world)

BOOST_AUTO_TEST_CASE(one_certificate_for_web_services_and_exchange_itself) {
    testms05().internal_transport_thumbprint = made.cert("mail").thumbprint();
    const auto found = of("check.one-certificate-for-everything");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::note);
    BOOST_TEST(says(found[0], "serves the web services (IIS) and Exchange's own connections"));
}

// Hybrid sheet 4.7: a CA certificate as default means subscribing again at each renewal.
BOOST_AUTO_TEST_CASE(one_certificate_for_everything_beside_an_edge_server_is_a_warning) {
    add_server("EDGE01", server_role::edge);
    testms05().internal_transport_thumbprint = made.cert("mail").thumbprint();
    BOOST_CHECK(of("check.one-certificate-for-everything").at(0).level == severity::warning);
}

BOOST_AUTO_TEST_CASE(hybrid_certificate_that_serves_the_web_too) {
    connector().address_spaces = std::vector<address_space>{{"SMTP", "varuna.mail.onmicrosoft.com", 1}};
    connector().tls_certificate_name = {identifier(made.cert("mail")), line(5)};
    const auto found = of("check.one-certificate-for-everything");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(hints(found[0], "T25"));
    hold("hybrid");
    connector().tls_certificate_name = {identifier(made.cert("hybrid")), line(5)};
    BOOST_TEST(count("check.one-certificate-for-everything") == 0U);
}

BOOST_AUTO_TEST_CASE(the_self_signed_certificate_is_made_for_several_services) {
    testms05().certificates[0] = made.stored("default", service_iis | service_smtp | service_pop);
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_CASE(certificate_that_no_connector_chooses) {
    hold("hybrid");
    const auto found = of("check.certificate-unused");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::note);
    BOOST_TEST(says(found[0], "smtp365.varunagroup.de"));
    connector().fqdn = {"smtp365.varunagroup.de", line(4)};
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_CASE(certificate_that_a_connector_means_and_cannot_have_is_not_called_unused) {
    hold("other"); // its chain is not trusted
    BOOST_TEST(count("check.certificate-unused") == 1U);
    default_frontend().tls_certificate_name = {identifier(made.cert("other")), line(6)};
    BOOST_TEST(rules_found() == "check.own-chain-broken");
}

BOOST_AUTO_TEST_CASE(unused_certificate_without_private_key_wants_its_backup) {
    hold("hybrid", service_smtp, false);
    BOOST_TEST(hints(of("check.certificate-unused").at(0), "T50"));
}

BOOST_AUTO_TEST_CASE(certificate_whose_successor_is_there) {
    testms05().certificates[1] = made.stored("mail");
    hold("renewed");
    connector().tls_certificate_name = {identifier(made.cert("mail")), line(5)};
    const auto found = of("check.certificate-unused");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(hints(found[0], "a newer one of the same subject took its place"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(exchange_best_practice_internal_certificates, sound_world)

BOOST_AUTO_TEST_CASE(not_in_the_store_or_not_set) {
    testms05().internal_transport_thumbprint = std::string(40, '0');
    BOOST_TEST(says(of("check.internal-certificate").at(0), "12013"));
    testms05().internal_transport_thumbprint.clear();
    testms05().internal_transport_mark = line(8);
    BOOST_TEST(says(of("check.internal-certificate").at(0), "12012"));
    BOOST_TEST(of("check.internal-certificate").at(0).mark.line == 8);
}

BOOST_AUTO_TEST_CASE(without_private_key) { // hybrid sheet 5.2
    testms05().certificates[0] = made.stored("default", service_smtp, false);
    BOOST_TEST(says(of("check.internal-certificate").at(0), "has no private key"));
}

BOOST_AUTO_TEST_CASE(self_signed_certificate_of_setup_deleted) {
    testms05().certificates = {made.stored("secured")};
    testms05().internal_transport_thumbprint = made.cert("secured").thumbprint();
    testms05().default_certificate_mark = line(9);
    const auto found = of("check.default-certificate-deleted");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::warning);
    BOOST_TEST(found[0].mark.line == 9);
    BOOST_TEST(hints(found[0], "T46"));
    BOOST_TEST(rules_found() == "check.default-certificate-deleted");
    hold("default"); // or a successor that New-ExchangeCertificate made
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_CASE(another_servers_self_signed_certificate_is_none_of_its_own) {
    testms05().certificates[0] = made.stored("second");
    testms05().internal_transport_thumbprint = made.cert("second").thumbprint();
    BOOST_TEST(count("check.default-certificate-deleted") == 1U);
}

BOOST_AUTO_TEST_CASE(internal_certificate_without_the_computers_name) {
    testms05().internal_transport_thumbprint = made.cert("mail").thumbprint();
    const auto found = of("check.internal-certificate-names");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::note);
    BOOST_TEST(says(found[0], "does not contain testms05.varunagroup.de"));
    testms05().certificates[1] = made.stored("own wild", service_smtp | service_iis);
    testms05().internal_transport_thumbprint = made.cert("own wild").thumbprint();
    BOOST_TEST(count("check.internal-certificate-names") == 0U);
}

BOOST_AUTO_TEST_CASE(servers_with_different_internal_certificates) {
    add_server("TESTMS06", server_role::mailbox);
    auto found = of("check.internal-certificates-differ");
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_CHECK(found[0].level == severity::note);
    BOOST_TEST(found[0].mark.line == 41);
    BOOST_TEST(hints(found[0], "before an Edge subscription"));
    add_server("EDGE01", server_role::edge);
    BOOST_TEST(hints(of("check.internal-certificates-differ").at(0), "breaks the Edge subscription"));
    varuna().servers[1].certificates = testms05().certificates;
    varuna().servers[1].internal_transport_thumbprint = testms05().internal_transport_thumbprint;
    BOOST_TEST(count("check.internal-certificates-differ") == 0U);
}

BOOST_AUTO_TEST_CASE(an_edge_server_has_its_own) {
    add_server("EDGE01", server_role::edge);
    BOOST_TEST(rules_found() == "");
}

BOOST_AUTO_TEST_SUITE_END()
