// On-premises sheet 6.4 and 6.6; serial number and thumbprint as OpenSSL gives them.
#include "sim/transport/protocol_notes.hpp"
#include "tests/transport/world.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/bn.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

using namespace connlab;
using namespace connlab::transport::tests;

namespace {

std::string openssl_serial(const certs::certificate& c) {
    BIGNUM* number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(c.native()), nullptr);
    char* text = BN_bn2hex(number);
    std::string out = text;
    OPENSSL_free(text);
    BN_free(number);
    return out;
}

std::string openssl_thumbprint(const certs::certificate& c) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    X509_digest(c.native(), EVP_sha1(), digest.data(), &size);
    std::string out;
    for (unsigned i = 0; i < size; ++i) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        out += digits[digest.at(i) >> 4U];
        out += digits[digest.at(i) & 15U];
    }
    return out;
}

trace::handshake_view view_of(std::string version, std::string suite, std::string group) {
    trace::handshake_view out;
    out.version = std::move(version);
    out.suite = std::move(suite);
    out.group = std::move(group);
    return out;
}

std::string line(std::string_view protocol, std::string_view bulk, std::string_view mac,
                 std::string_view exchange) {
    const auto with = [](std::string_view part) {
        const auto blank = part.find(' ');
        return std::string(part.substr(0, blank)) + " with strength " + std::string(part.substr(blank + 1)) +
               " bits";
    };
    return "TLS protocol " + std::string(protocol) +
           " negotiation succeeded using bulk encryption algorithm " + with(bulk) + ", MAC hash algorithm " +
           with(mac) + " and key exchange algorithm " + with(exchange);
}

} // namespace

BOOST_AUTO_TEST_SUITE(protocol_notes)

BOOST_AUTO_TEST_CASE(a_certificate_is_one_row_that_begins_with_a_blank) {
    const auto& c = cert("good");
    transport::session_log log;
    transport::note_own_certificate(log, c, true);
    BOOST_REQUIRE(log.notes.size() == 1U);
    BOOST_TEST(log.notes[0].data ==
               " CN=mail.contoso.com CN=Issuing CA " + openssl_serial(c) + " " + openssl_thumbprint(c) +
                   " 2024-01-01T00:00:00.000Z 2025-01-01T00:00:00.000Z mail.contoso.com;contoso.com");
}

BOOST_AUTO_TEST_CASE(or_a_row_for_each_attribute) { // 6.4, the older generation
    const auto& c = cert("good");
    transport::session_log log;
    transport::note_own_certificate(log, c, false);
    transport::note_handshake(log, cert("own"), "TLS protocol …", false);
    std::vector<std::pair<std::string, std::string>> rows;
    for (const auto& n : log.notes)
        rows.emplace_back(n.data, n.context);
    const std::vector<std::pair<std::string, std::string>> expected{
        {"", "Sending certificate"},
        {"CN=mail.contoso.com", "Certificate subject"},
        {"CN=Issuing CA", "Certificate issuer name"},
        {openssl_serial(c), "Certificate serial number"},
        {openssl_thumbprint(c), "Certificate thumbprint"},
        {"mail.contoso.com;contoso.com", "Certificate alternate names"},
        {"", "TLS protocol …"},
        {"", "Received certificate"},
        {openssl_thumbprint(cert("own")), "Certificate thumbprint"}};
    BOOST_TEST((rows == expected));
}

BOOST_AUTO_TEST_CASE(the_version_decides_and_a_switch_before_it) {
    exchange::behavior b;
    const auto one_row = [&](const char* version) {
        return transport::one_row_for_a_certificate(*exchange::parse_exchange_version(version), b);
    };
    BOOST_TEST(!one_row("Exchange2013 CU23"));
    BOOST_TEST(!one_row("Exchange2016 CU23"));
    BOOST_TEST(one_row("Exchange2019 CU12"));
    BOOST_TEST(one_row("ExchangeSE RTM"));
    BOOST_REQUIRE(b.set("ProtocolLogCertificateStyle", "OneRow", {}));
    BOOST_TEST(one_row("Exchange2016 CU23"));
    BOOST_REQUIRE(b.set("ProtocolLogCertificateStyle", "RowPerAttribute", {}));
    BOOST_TEST(!one_row("ExchangeSE RTM"));
}

BOOST_AUTO_TEST_CASE(the_negotiation_line_of_the_published_excerpts) {
    const auto& c = cert("good");
    BOOST_TEST(transport::negotiation_succeeded(
                   view_of("TLS1_2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "P-256"), true, c) ==
               line("SP_PROT_TLS1_2_SERVER", "CALG_AES_128 128", "CALG_SHA_256 0", "CALG_ECDH_EPHEM 256"));
    BOOST_TEST(transport::negotiation_succeeded(
                   view_of("TLS1_2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "P-384"), true, c) ==
               line("SP_PROT_TLS1_2_SERVER", "CALG_AES_256 256", "CALG_SHA_384 0", "CALG_ECDH_EPHEM 384"));
}

BOOST_AUTO_TEST_CASE(older_suites_name_hash_and_key_strength) {
    const auto& c = cert("good");
    BOOST_TEST(transport::negotiation_succeeded(
                   view_of("TLS1_0", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "P-256"), false, c) ==
               line("SP_PROT_TLS1_0_CLIENT", "CALG_AES_256 256", "CALG_SHA1 160", "CALG_ECDH_EPHEM 256"));
    BOOST_TEST(transport::negotiation_succeeded(view_of("TLS1_2", "TLS_RSA_WITH_AES_128_GCM_SHA256", ""),
                                                false, c) ==
               line("SP_PROT_TLS1_2_CLIENT", "CALG_AES_128 128", "CALG_SHA_256 0", "CALG_RSA_KEYX 2048"));
}

BOOST_AUTO_TEST_SUITE_END()
