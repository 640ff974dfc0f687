// What real software makes: schannel-windows-pki 7.5, exchange-onprem-tls 1.1, talk T13 to T16.
#include "tests/certs/forging.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/x509v3.h>

namespace connlab::certs {
namespace {

using test::at;
using test::extension_text;
using test::is_critical;

certificate issue(const certificate_recipe& r) {
    return test::make({r}).by_id.at(r.id).cert;
}

std::string signature(const certificate& c) {
    return OBJ_nid2ln(X509_get_signature_nid(c.native()));
}

} // namespace

BOOST_AUTO_TEST_SUITE(recipes)

BOOST_AUTO_TEST_CASE(microsoft_exchange) {
    const auto c = issue(
        exchange_default("d", "TESTMS05", "testms05.varunagroup.de", at("2023-05-17T10:00:00Z"), false));
    BOOST_TEST(c.subject() == "CN=TESTMS05");
    BOOST_TEST(c.issuer() == "CN=TESTMS05");
    BOOST_TEST(extension_text(c, NID_subject_alt_name) == "DNS:TESTMS05, DNS:testms05.varunagroup.de");
    BOOST_TEST(extension_text(c, NID_key_usage) == "Digital Signature, Key Encipherment");
    BOOST_TEST(is_critical(c, NID_key_usage));
    BOOST_TEST(extension_text(c, NID_ext_key_usage) == "TLS Web Server Authentication");
    BOOST_TEST(extension_text(c, NID_basic_constraints) == "CA:FALSE");
    BOOST_TEST(is_critical(c, NID_basic_constraints));
    BOOST_TEST(format_instant(c.fields().not_before) == "2023-05-17T10:00:00Z");
    BOOST_TEST(format_instant(c.fields().not_after) == "2028-05-17T10:00:00Z");
    BOOST_TEST(c.fields().key_bits == 2048);
    BOOST_TEST(signature(c) == "sha256WithRSAEncryption");
}

BOOST_AUTO_TEST_CASE(microsoft_exchange_of_old_builds) {
    const auto c =
        issue(exchange_default("d", "TESTMS05", "testms05.varunagroup.de", at("2020-02-29"), true));
    BOOST_TEST(signature(c) == "sha1WithRSAEncryption");
    BOOST_TEST(format_instant(c.fields().not_after) == "2025-02-28T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(server_auth) {
    const auto c = issue(exchange_auth("a", at("2023-05-17"), true));
    BOOST_TEST(c.subject() == "CN=Microsoft Exchange Server Auth Certificate");
    BOOST_TEST(!test::has_extension(c, NID_subject_alt_name));
    BOOST_TEST((c.fields().not_after - c.fields().not_before == std::chrono::days(1800)));
    BOOST_TEST(extension_text(c, NID_key_usage) == "Digital Signature, Key Encipherment");
    BOOST_TEST(extension_text(c, NID_basic_constraints) == "CA:FALSE");
    BOOST_TEST(signature(c) == "sha1WithRSAEncryption");
    BOOST_TEST(signature(issue(exchange_auth("a", at("2023-05-17"), false))) == "sha256WithRSAEncryption");
}

BOOST_AUTO_TEST_CASE(web_management) {
    const auto c = issue(wmsvc("w", "TESTMS05", at("2023-05-17")));
    BOOST_TEST(c.subject() == "CN=WMSvc-SHA2-TESTMS05");
    BOOST_TEST(!test::has_extension(c, NID_subject_alt_name));
    BOOST_TEST(!test::has_extension(c, NID_basic_constraints));
    BOOST_TEST(extension_text(c, NID_key_usage) == "Digital Signature, Key Encipherment, Data Encipherment");
    BOOST_TEST(!is_critical(c, NID_key_usage));
    BOOST_TEST(format_instant(c.fields().not_after) == "2033-05-17T00:00:00Z");
    BOOST_TEST(signature(c) == "sha256WithRSAEncryption");
}

BOOST_AUTO_TEST_CASE(federation_trust) {
    const auto c = issue(federation("f", at("2023-05-17")));
    BOOST_TEST(c.subject() == "CN=Federation");
    BOOST_TEST(format_instant(c.fields().not_after) == "2028-05-17T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(certification_authorities) {
    const test::small_world w;
    const auto world = test::make(w.recipes());
    for (const char* id : {"root", "issuing"}) {
        const auto& c = world.by_id.at(id).cert;
        BOOST_TEST(extension_text(c, NID_key_usage) == "Certificate Sign, CRL Sign");
        BOOST_TEST(is_critical(c, NID_key_usage));
        BOOST_TEST(extension_text(c, NID_basic_constraints) == "CA:TRUE");
        BOOST_TEST(is_critical(c, NID_basic_constraints));
    }
}

BOOST_AUTO_TEST_CASE(server_certificate) {
    const test::small_world w;
    const auto c = test::make(w.recipes()).by_id.at("mx").cert;
    BOOST_TEST(extension_text(c, NID_key_usage) == "Digital Signature, Key Encipherment");
    BOOST_TEST(extension_text(c, NID_ext_key_usage) ==
               "TLS Web Server Authentication, TLS Web Client Authentication");
    BOOST_TEST(extension_text(c, NID_subject_alt_name) == "DNS:mail.contoso.com, DNS:contoso.com");
    BOOST_TEST(extension_text(c, NID_basic_constraints) == "CA:FALSE");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::certs
