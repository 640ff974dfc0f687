// Messages as RFC 5246, 8446 and 8448 lay them out, and as OpenSSL's s_client recorded them: expected values
// are what `s_client -trace` printed of the same handshakes.
#include "sim/tls/handshake_message.hpp"
#include "sim/tls/extension.hpp"
#include "tests/tls/recorded.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::tls::tests;
using strings = std::vector<std::string>;

namespace {

const strings& field(const trace::tls_message& m, std::string_view name) {
    const auto* found = tls::find_detail(m.details.all(), name);
    BOOST_REQUIRE_MESSAGE(found != nullptr, m.type << " has no " << name);
    return found->values;
}

bool has(const trace::tls_message& m, std::string_view name) {
    return tls::find_detail(m.details.all(), name) != nullptr;
}

strings names(const trace::tls_message& m) {
    strings out;
    for (const auto& d : m.details.all())
        out.push_back(d.name);
    return out;
}

/// The handshake messages of a recording, decoded one after the other.
std::vector<trace::tls_message> decoded(std::string_view version) {
    std::vector<trace::tls_message> out;
    tls::settled so_far;
    for (const auto& r : recorded(version))
        if (r.content == "Handshake")
            out.push_back(tls::decode_handshake(r.bytes, so_far));
    return out;
}

const trace::tls_message& find(const std::vector<trace::tls_message>& all, std::string_view type,
                               std::size_t which = 0) {
    for (const auto& m : all)
        if (m.type == type && which-- == 0)
            return m;
    BOOST_FAIL("there is no " << type);
    return all.front();
}

trace::tls_message decode(std::uint8_t type, std::string_view hex, tls::settled so_far = {0x0303, 0xC030}) {
    return tls::decode_handshake(message(type, bytes_of(hex)), so_far);
}

bool alike(const trace::tls_message& a, const trace::tls_message& b) {
    return a.type == b.type && a.length == b.length && a.detail == b.detail && a.details == b.details;
}

void same(const strings& is, const strings& expected) {
    BOOST_TEST(is == expected, boost::test_tools::per_element());
}

} // namespace

BOOST_AUTO_TEST_SUITE(handshake_message)

BOOST_AUTO_TEST_CASE(types_and_lengths_are_those_that_openssl_prints) {
    for (const auto* version : {"1-2", "1-3"}) {
        tls::settled so_far;
        for (const auto& r : recorded(version)) {
            if (r.content != "Handshake")
                continue;
            const auto m = tls::decode_handshake(r.bytes, so_far);
            BOOST_TEST((m.type == r.name || m.type == "HelloRetryRequest"), m.type << " is " << r.name);
            BOOST_TEST((m.length == 0 || m.length + 4 == r.length), m.type);
            BOOST_TEST(!has(m, "damaged"), m.type);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_client_hello_names_its_suites_twice) {
    const auto hello = find(decoded("1-2"), "ClientHello");
    same(field(hello, "legacy_version"), {"TLS 1.2"});
    const auto& suites = field(hello, "cipher_suites");
    BOOST_REQUIRE(suites.size() == 28U);
    BOOST_TEST(suites[0] == "0xC02C TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ECDHE-ECDSA-AES256-GCM-SHA384");
    BOOST_TEST(suites[2] == "0x009F TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 DHE-RSA-AES256-GCM-SHA384");
    BOOST_TEST(suites[3] == "0xCCA9"); // Schannel has no such suite
    BOOST_TEST(suites[26] == "0x002F TLS_RSA_WITH_AES_128_CBC_SHA AES128-SHA");
    BOOST_TEST(suites[27] == "0x00FF TLS_EMPTY_RENEGOTIATION_INFO_SCSV");
    same(field(hello, "compression_methods"), {"null"});
    same(field(hello, "server_name"), {"mail.contoso.com"});
    same(field(hello, "ec_point_formats"),
         {"uncompressed", "ansiX962_compressed_prime", "ansiX962_compressed_char2"});
    same(field(hello, "supported_groups"), {"X25519", "P-256", "X448", "P-521", "P-384"});
    same(field(hello, "status_request"), {"OCSP"});
    same(field(hello, "extended_master_secret"), {"empty"});
    BOOST_TEST(field(hello, "signature_algorithms").size() == 20U);
    BOOST_TEST(field(hello, "signature_algorithms")[7] == "rsa_pss_pss_sha512");
    BOOST_TEST(field(hello, "signature_algorithms")[16] == "dsa_sha224");
    BOOST_TEST(hello.detail == "up to TLS 1.2, 27 cipher suites, for mail.contoso.com");
    const auto in_order = names(hello);
    const strings expected{"legacy_version",         "session_id",          "cipher_suites",
                           "compression_methods",    "server_name",         "ec_point_formats",
                           "supported_groups",       "status_request",      "encrypt_then_mac",
                           "extended_master_secret", "signature_algorithms"};
    BOOST_TEST(in_order == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_client_hello_of_tls_1_3_says_so_in_extensions) {
    const auto all = decoded("1-3");
    const auto& hello = find(all, "ClientHello");
    same(field(hello, "legacy_version"), {"TLS 1.2"});
    same(field(hello, "supported_versions"), {"TLS 1.3", "TLS 1.2", "TLS 1.1", "TLS 1.0"});
    same(field(hello, "key_share"), {"X25519, 32 bytes"});
    same(field(hello, "psk_key_exchange_modes"), {"psk_dhe_ke"});
    same(field(hello, "application_layer_protocol_negotiation"), {"smtp"});
    same(field(hello, "session_ticket"), {"empty"});
    same(field(hello, "session_id"), {"32 bytes"});
    BOOST_TEST(field(hello, "supported_groups").back() == "ffdhe8192");
    BOOST_TEST(field(hello, "cipher_suites").front() == "0x1302 TLS_AES_256_GCM_SHA384"); // one name for both
    BOOST_TEST(hello.detail ==
               "TLS 1.3 or TLS 1.2 or TLS 1.1 or TLS 1.0, 30 cipher suites, for mail.contoso.com");
    same(field(find(all, "ClientHello", 1), "key_share"), {"P-384, 97 bytes"});
}

BOOST_AUTO_TEST_CASE(a_hello_retry_request_is_told_from_a_server_hello) { // RFC 8446 4.1.3
    const auto all = decoded("1-3");
    const auto& again = find(all, "HelloRetryRequest");
    same(field(again, "supported_versions"), {"TLS 1.3"});
    same(field(again, "key_share"), {"P-384"});
    BOOST_TEST(again.detail == "wants a key share of P-384");
    const auto& hello = find(all, "ServerHello");
    same(field(hello, "cipher_suite"), {"0x1302 TLS_AES_256_GCM_SHA384"});
    same(field(hello, "key_share"), {"P-384, 97 bytes"});
    BOOST_TEST(hello.detail == "TLS 1.3, TLS_AES_256_GCM_SHA384, key share of P-384");
}

BOOST_AUTO_TEST_CASE(the_choice_of_a_server_in_tls_1_2) {
    const auto all = decoded("1-2");
    const auto& hello = find(all, "ServerHello");
    same(field(hello, "cipher_suite"),
         {"0xC02C TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ECDHE-ECDSA-AES256-GCM-SHA384"});
    same(field(hello, "renegotiation_info"), {"empty"});
    same(field(hello, "status_request"), {"a CertificateStatus follows"});
    BOOST_TEST(hello.detail == "TLS 1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    const auto& keys = find(all, "ServerKeyExchange");
    same(field(keys, "named_curve"), {"X25519"});
    same(field(keys, "point"), {"32 bytes"});
    same(field(keys, "signature_algorithm"), {"ecdsa_secp256r1_sha256"});
    BOOST_TEST(keys.length == 0U); // 110 this time: the signature is ECDSA
    BOOST_TEST(keys.detail == "ECDHE on X25519, signed ecdsa_secp256r1_sha256");
}

BOOST_AUTO_TEST_CASE(certificates_are_named_by_their_subjects_in_both_forms) {
    for (const auto* version : {"1-2", "1-3"}) {
        const auto all = decoded(version);
        same(field(find(all, "Certificate"), "certificate_list"),
             {"CN=mail.contoso.com", "CN=Lab Root, O=Varunagroup, C=DE"});
    }
}

BOOST_AUTO_TEST_CASE(a_stapled_response_tells_its_length) { // `ls -l` of the file that s_server stapled: 356
    const auto old = decoded("1-2");
    same(field(find(old, "CertificateStatus"), "status_request"), {"OCSP response, 356 bytes"});
    same(field(find(decoded("1-3"), "Certificate"), "status_request"), {"OCSP response, 356 bytes"});
}

BOOST_AUTO_TEST_CASE(a_certificate_request_tells_types_schemes_and_authorities) {
    const auto old = decoded("1-2");
    const auto& m = find(old, "CertificateRequest");
    same(field(m, "certificate_types"), {"rsa_sign", "dss_sign", "ecdsa_sign"});
    BOOST_TEST(field(m, "supported_signature_algorithms").size() == 20U);
    same(field(m, "certificate_authorities"), {"CN=Lab Root, O=Varunagroup, C=DE"});
    BOOST_TEST(m.detail == "of CN=Lab Root, O=Varunagroup, C=DE");
    same(field(find(decoded("1-3"), "CertificateRequest"), "certificate_authorities"),
         {"CN=Lab Root, O=Varunagroup, C=DE"});
    // Windows sends an empty list of authorities
    const auto any = decode(13, "01 01 00 02 04 01 00 00");
    same(field(any, "supported_signature_algorithms"), {"rsa_pkcs1_sha256"});
    BOOST_TEST(any.detail == "of any authority");
    // TLS 1.0: no schemes
    const auto before = decode(13, "02 01 40 00 00", {0x0301, 0xC014});
    BOOST_TEST(!has(before, "supported_signature_algorithms"));
    same(field(before, "certificate_types"), {"rsa_sign", "ecdsa_sign"});
}

BOOST_AUTO_TEST_CASE(proofs_name_their_scheme) {
    const auto client = find(decoded("1-2"), "CertificateVerify");
    same(field(client, "signature_algorithm"), {"rsa_pss_rsae_sha256"});
    BOOST_TEST(client.length == 260U);
    same(field(find(decoded("1-2"), "ClientKeyExchange"), "ecdh_Yc"), {"32 bytes"});
    same(field(find(decoded("1-2"), "Finished"), "verify_data"), {"12 bytes"});
    same(field(find(decoded("1-3"), "Finished"), "verify_data"), {"48 bytes"});
}

BOOST_AUTO_TEST_CASE(what_was_read_before_is_read_the_same_again) {
    tls::message_memo memo;
    for (const auto* version : {"1-2", "1-3", "1-2", "1-3"}) {
        const auto fresh = decoded(version);
        auto m = fresh.begin();
        tls::settled so_far;
        for (const auto& r : recorded(version))
            if (r.content == "Handshake")
                BOOST_TEST(alike(tls::decode_handshake(r.bytes, so_far, memo), *m++), r.name);
    }
}

// RFC 8448, section 3: the simple handshake of the RFC.
BOOST_AUTO_TEST_CASE(the_hellos_of_rfc_8448) {
    tls::settled so_far;
    const auto client = tls::decode_handshake(
        bytes_of("01 00 00 c0 03 03 cb 34 ec b1 e7 81 63 ba 1c 38 c6 da cb 19 6a 6d ff a2 1a 8d 99 12 ec 18"
                 "a2 ef 62 83 02 4d ec e7 00 00 06 13 01 13 03 13 02 01 00 00 91 00 00 00 0b 00 09 00 00 06"
                 "73 65 72 76 65 72 ff 01 00 01 00 00 0a 00 14 00 12 00 1d 00 17 00 18 00 19 01 00 01 01 01"
                 "02 01 03 01 04 00 23 00 00 00 33 00 26 00 24 00 1d 00 20 99 38 1d e5 60 e4 bd 43 d2 3d 8e"
                 "43 5a 7d ba fe b3 c0 6e 51 c1 3c ae 4d 54 13 69 1e 52 9a af 2c 00 2b 00 03 02 03 04 00 0d"
                 "00 20 00 1e 04 03 05 03 06 03 02 03 08 04 08 05 08 06 04 01 05 01 06 01 02 01 04 02 05 02"
                 "06 02 02 02 00 2d 00 02 01 01 00 1c 00 02 40 01"),
        so_far);
    BOOST_TEST(client.length == 192U);
    same(field(client, "cipher_suites"),
         {"0x1301 TLS_AES_128_GCM_SHA256", "0x1303 TLS_CHACHA20_POLY1305_SHA256",
          "0x1302 TLS_AES_256_GCM_SHA384"});
    same(field(client, "server_name"), {"server"});
    same(field(client, "record_size_limit"), {"2 bytes"});
    same(field(client, "session_id"), {"empty"});
    BOOST_TEST(client.detail == "TLS 1.3, 3 cipher suites, for server");
    BOOST_TEST(!has(client, "damaged"));
    const auto server = tls::decode_handshake(
        bytes_of("02 00 00 56 03 03 a6 af 06 a4 12 18 60 dc 5e 6e 60 24 9c d3 4c 95 93 0c 8a c5 cb 14 34 da"
                 "c1 55 77 2e d3 e2 69 28 00 13 01 00 00 2e 00 33 00 24 00 1d 00 20 c9 82 88 76 11 20 95 fe"
                 "66 76 2b db f7 c6 72 e1 56 d6 cc 25 3b 83 3d f1 dd 69 b1 b0 4e 75 1f 0f 00 2b 00 02 03 04"),
        so_far);
    BOOST_TEST(server.detail == "TLS 1.3, TLS_AES_128_GCM_SHA256, key share of X25519");
    BOOST_TEST(so_far.tls13());
    BOOST_TEST(so_far.suite == 0x1301U);
    const auto more = tls::decode_handshake(
        bytes_of("08 00 00 24 00 22 00 0a 00 14 00 12 00 1d 00 17 00 18 00 19 01 00 01 01 01 02 01 03 01 04"
                 "00 1c 00 02 40 01 00 00 00 00"),
        so_far);
    BOOST_TEST(more.detail == "supported_groups, record_size_limit, server_name");
    same(field(more, "server_name"), {"accepted"});
}

BOOST_AUTO_TEST_CASE(a_prime_is_measured_in_bits) { // RFC 5246 7.4.3: dh_p, dh_g, dh_Ys, scheme, signature
    const auto dhe =
        decode(12, "00 03 01 00 01  00 01 02  00 03 00 12 34  04 01 00 02 aa bb", {0x0303, 0x009F});
    same(field(dhe, "dh_p"), {"17 bits"});
    same(field(dhe, "dh_Ys"), {"3 bytes"});
    same(field(dhe, "signature_algorithm"), {"rsa_pkcs1_sha256"});
    BOOST_TEST(dhe.detail == "DHE, 17 bits, signed rsa_pkcs1_sha256");
    const auto leading_zero = decode(12, "00 02 00 80  00 01 02  00 01 05  04 01 00 00", {0x0303, 0x009F});
    same(field(leading_zero, "dh_p"), {"8 bits"});
}

BOOST_AUTO_TEST_CASE(the_key_exchange_of_a_client_depends_on_the_suite) {
    BOOST_TEST(has(decode(16, "00 02 aa bb", {0x0303, 0x009D}), "encrypted_pre_master_secret"));
    BOOST_TEST(has(decode(16, "00 02 aa bb", {0x0303, 0x009E}), "dh_Yc"));
    BOOST_TEST(has(decode(16, "02 aa bb", {0x0303, 0xC02F}), "ecdh_Yc"));
}

BOOST_AUTO_TEST_CASE(before_tls_1_2_a_signature_has_no_scheme) {
    const std::string rsa(256, 'x');
    const std::string ecdsa(71, 'x');
    const auto with = [](std::string_view signature) {
        std::string body = bytes_of("00 00");
        body[0] = static_cast<char>(signature.size() >> 8U);
        body[1] = static_cast<char>(signature.size() & 0xFFU);
        tls::settled so_far{0x0301, 0xC014};
        return tls::decode_handshake(message(15, body.append(signature)), so_far);
    };
    BOOST_TEST(with(rsa).length == 258U);
    BOOST_TEST(with(ecdsa).length == 0U);
    BOOST_TEST(!has(with(rsa), "signature_algorithm"));
}

BOOST_AUTO_TEST_CASE(tickets_tell_their_lifetime) { // RFC 5077 3.3, RFC 8446 4.6.1
    const auto old = decode(4, "00 00 1c 20 00 03 aa bb cc");
    same(field(old, "ticket_lifetime"), {"7200 s"});
    same(field(old, "ticket"), {"3 bytes"});
    const auto now = decode(4, "00 00 00 0a 11 22 33 44 01 00 00 02 aa bb 00 00", {0x0304, 0x1302});
    same(field(now, "ticket_lifetime"), {"10 s"});
    same(field(now, "ticket"), {"2 bytes"});
    BOOST_TEST(!has(now, "damaged"));
}

BOOST_AUTO_TEST_CASE(grease_has_one_name_and_no_number) { // RFC 8701: it is drawn at random
    const auto hello = decode(1,
                              "03 03" + std::string(64, '0') +
                                  "00  00 06 1a 1a c0 30 ca fe  01 00  00 0c  fa fa 00 00"
                                  "  00 0a 00 04 00 02 2a 2a",
                              {});
    same(field(hello, "cipher_suites"),
         {"GREASE", "0xC030 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 ECDHE-RSA-AES256-GCM-SHA384", "0xCAFE"});
    same(field(hello, "GREASE"), {"empty"});
    same(field(hello, "supported_groups"), {"GREASE"});
    BOOST_TEST(hello.detail == "up to TLS 1.2, 2 cipher suites");
}

BOOST_AUTO_TEST_CASE(what_has_no_name_keeps_its_number) {
    BOOST_TEST(decode(99, "aa").type == "handshake message 99");
    const auto hello =
        decode(2, "03 03" + std::string(64, '0') + "00 c0 30 00  00 08 12 34 00 04 01 02 03 04");
    same(field(hello, "extension 0x1234"), {"4 bytes"});
}

BOOST_AUTO_TEST_SUITE_END()
