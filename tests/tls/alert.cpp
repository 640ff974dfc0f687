// Schannel sheet 4.2: numbers and names of RFC 5246 and 8446, Schannel's answer to a received alert.
#include "sim/tls/alert.hpp"
#include "sim/tls/handshake_message.hpp"
#include "tests/tls/recorded.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::tls::tests;

BOOST_AUTO_TEST_SUITE(alerts)

BOOST_AUTO_TEST_CASE(each_has_its_name_and_schannels_answer) {
    struct row {
        int number;
        const char* name;
        const char* answer;
    };
    for (const auto& r : {row{20, "bad_record_mac", "SEC_E_MESSAGE_ALTERED (0x8009030F)"},
                          row{40, "handshake_failure", "SEC_E_ILLEGAL_MESSAGE (0x80090326)"},
                          row{42, "bad_certificate", "SEC_E_CERT_UNKNOWN (0x80090327)"},
                          row{44, "certificate_revoked", "CRYPT_E_REVOKED (0x80092010)"},
                          row{45, "certificate_expired", "SEC_E_CERT_EXPIRED (0x80090328)"},
                          row{48, "unknown_ca", "SEC_E_UNTRUSTED_ROOT (0x80090325)"},
                          row{49, "access_denied", "SEC_E_LOGON_DENIED (0x8009030C)"},
                          row{51, "decrypt_error", "SEC_E_DECRYPT_FAILURE (0x80090330)"},
                          row{70, "protocol_version", "SEC_E_UNSUPPORTED_FUNCTION (0x80090302)"},
                          row{71, "insufficient_security", "SEC_E_ALGORITHM_MISMATCH (0x80090331)"},
                          row{80, "internal_error", "SEC_E_INTERNAL_ERROR (0x80090304)"},
                          row{90, "user_canceled", "SEC_E_UNFINISHED_CONTEXT_DELETED (0x80090333)"},
                          row{116, "certificate_required", "SEC_E_ILLEGAL_MESSAGE (0x80090326)"}}) {
        BOOST_TEST(tls::alert_name(r.number) == r.name);
        BOOST_TEST(tls::schannel_answer(r.number) == r.answer);
    }
    BOOST_TEST(tls::schannel_answer(200) == "SEC_E_ILLEGAL_MESSAGE (0x80090326)"); // the default
    BOOST_TEST(tls::alert_text(200) == "alert (200)");
}

BOOST_AUTO_TEST_CASE(the_message_tells_level_name_number_and_answer) {
    const auto m = tls::decode_alert(bytes_of("02 30"));
    BOOST_TEST(m.type == "Alert");
    BOOST_TEST(m.detail == "fatal unknown_ca (48)");
    BOOST_REQUIRE(m.details.all().size() == 3U);
    BOOST_TEST(m.details.all()[2].values.front() == "SEC_E_UNTRUSTED_ROOT (0x80090325)");
    BOOST_TEST(tls::decode_alert(bytes_of("01 5a")).detail == "warning user_canceled (90)");
    BOOST_TEST(tls::decode_alert(bytes_of("02")).detail.empty());
}

BOOST_AUTO_TEST_CASE(some_are_about_a_certificate) {
    for (const int number : {42, 43, 44, 45, 46, 48, 49, 116})
        BOOST_TEST(tls::is_about_a_certificate(number), number);
    for (const int number : {0, 10, 40, 51, 70, 80})
        BOOST_TEST(!tls::is_about_a_certificate(number), number);
}

BOOST_AUTO_TEST_SUITE_END()
