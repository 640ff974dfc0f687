// A response travels to a client that asks, in every version that knows the extension, and to no other
// (RFC 6066 section 8, RFC 8446 section 4.4.2.1).
#include "tests/net/ends.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace connlab;
using namespace connlab::net::tests;

namespace {

const tls::version versions[] = {tls::version::tls1_0, tls::version::tls1_1, tls::version::tls1_2,
                                 tls::version::tls1_3};
const std::string response("\x30\x03\x0a\x01\x03", 5); // tryLater: what it says is nobody's matter here

handshakes with(tls::version v, bool asks, const std::string& staple) {
    auto client = client_of(only(v));
    client.asks_status = asks;
    auto server = server_of(only(v));
    server.stapled_response = staple;
    return shake_hands(client, server);
}

} // namespace

BOOST_AUTO_TEST_SUITE(ocsp_stapling)

BOOST_AUTO_TEST_CASE(a_client_that_asks_gets_the_response) {
    for (const auto v : versions) {
        BOOST_TEST_CONTEXT(tls::to_string(v)) {
            const auto h = with(v, true, response);
            BOOST_TEST(h.client.completed);
            BOOST_TEST(h.server.completed);
            BOOST_TEST(h.client.stapled_response == response);
            BOOST_TEST(h.server.stapled_response.empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_ask_gets_none) {
    for (const auto v : versions) {
        BOOST_TEST_CONTEXT(tls::to_string(v)) {
            const auto h = with(v, false, response);
            BOOST_TEST(h.client.completed);
            BOOST_TEST(h.client.stapled_response.empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(without_a_response_the_handshake_goes_on) {
    for (const auto v : versions) {
        BOOST_TEST_CONTEXT(tls::to_string(v)) {
            const auto h = with(v, true, {});
            BOOST_TEST(h.client.completed);
            BOOST_TEST(h.client.stapled_response.empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(
    the_response_has_a_message_of_its_own_up_to_tls_1_2_and_stands_in_the_certificate_later) {
    const auto older = with(tls::version::tls1_2, true, response);
    BOOST_TEST(older.message("CertificateStatus").detail.find("5 bytes") != std::string::npos);
    const auto newer = with(tls::version::tls1_3, true, response);
    BOOST_TEST(newer.message("Certificate").detail.find("5 bytes") != std::string::npos);
    const auto names = newer.messages();
    BOOST_TEST((std::find(names.begin(), names.end(), "S CertificateStatus") == names.end()));
}

BOOST_AUTO_TEST_SUITE_END()
