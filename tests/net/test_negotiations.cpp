// What Schannel is computed to negotiate, and whether a real handshake comes to the same.
#include "tests/net/ends.hpp"
#include "tests/net/schannel_cases.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::net::tests;

namespace {

tls::negotiation computed(const schannel_case& c) {
    return tls::negotiate({"client", c.client}, {"server", c.server},
                          tls::key_of(credential(c.certificate).chain.front()))
        .value;
}

/// The handshake in the words of the file.
std::string performed(const tls::client_offer& client, const tls::server_offer& server) {
    const auto h = shake_hands(client, server);
    BOOST_TEST(h.messages().front() == "C ClientHello");
    if (h.client.completed && h.server.completed)
        return h.client.version + " " + h.client.suite + " " +
               (h.client.group.empty() ? "-" : h.client.group);
    BOOST_TEST(h.client.alert_received == h.alert_from_server);
    if (h.alert_from_server > 0)
        return "alert " + std::to_string(h.alert_from_server) + " by server";
    return "alert " + std::to_string(h.alert_from_client) + " by client";
}

bool begins(const tls::negotiation& n) {
    return n.not_performed.empty() && n.outcome != tls::agreement::no_version_on_client &&
           n.outcome != tls::agreement::no_suite_on_client &&
           n.outcome != tls::agreement::no_version_on_server;
}

} // namespace

BOOST_AUTO_TEST_SUITE(schannel_negotiation)

BOOST_AUTO_TEST_CASE(is_computed_as_the_tables_of_the_sheet_say) {
    const auto cases = schannel_cases();
    BOOST_TEST(cases.size() > 36U + 36U + 72U + 60U);
    for (const auto& c : cases)
        BOOST_TEST(in_words(computed(c)) == c.expected, c.line << ": " << c.text);
}

BOOST_AUTO_TEST_CASE(comes_out_of_real_handshakes) {
    std::size_t count = 0;
    for (const auto& c : schannel_cases()) {
        const auto n = computed(c);
        if (!begins(n))
            continue;
        const auto told = tls::forced(c.client, c.server, n);
        BOOST_TEST(performed(client_of(told.client), server_of(told.server, c.certificate)) == c.expected,
                   c.line << ": " << c.text);
        ++count;
    }
    BOOST_TEST(count > 36U + 36U + 60U + 60U);
}

BOOST_AUTO_TEST_CASE(agrees_with_the_handshake_on_the_signature_scheme) {
    for (const auto& c : schannel_cases()) {
        const auto n = computed(c);
        if (!begins(n) || !n.succeeds())
            continue;
        const auto told = tls::forced(c.client, c.server, n);
        BOOST_TEST(
            shake_hands(client_of(told.client), server_of(told.server, c.certificate)).client.signature ==
                n.signature,
            c.line << ": " << c.text);
    }
}

BOOST_AUTO_TEST_CASE(of_two_openssl_goes_by_the_client) {
    auto client = tls::current_openssl();
    const auto server = tls::current_openssl();
    for (const auto v : {tls::version::tls1_3, tls::version::tls1_2})
        for (const auto* certificate : {"server", "ec"}) {
            client.versions = {v};
            const auto n = tls::negotiate({"a", client}, {"b", server},
                                          tls::key_of(credential(certificate).chain.front()));
            const auto h = shake_hands(client_of(client), server_of(server, certificate));
            BOOST_TEST(h.client.suite == n.value.suite);
            BOOST_TEST(h.client.group == n.value.group);
            BOOST_TEST(h.client.signature == n.value.signature);
            BOOST_TEST(h.client.version == tls::to_string(n.value.agreed_version));
        }
}

BOOST_AUTO_TEST_SUITE_END()
