// RFC 5246 7.3 and 7.4, RFC 8446 2 and 4.4, the NSS key log format, Schannel sheet 3.4 (alerts).
#include "tests/net/ends.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/test/unit_test.hpp>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

using namespace connlab;
using namespace connlab::net::tests;
using tls::version;
using strings = std::vector<std::string>;

namespace {

constexpr std::uint32_t p384_point = 97; // uncompressed: 1 + 2 × 48

/// A Certificate message of TLS 1.2: lengths of three bytes each.
std::size_t certificate_length(const tls::credential& c) {
    std::size_t out = 3;
    for (const auto& one : c.chain)
        out += 3 + one.der().size();
    return out;
}

bool is_hex(std::string_view text, std::size_t digits) {
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

struct key_line {
    std::string random;
    std::string secret;
};

std::map<std::string, key_line> key_lines(const std::string& log) {
    std::map<std::string, key_line> out;
    std::istringstream lines(log);
    for (std::string label, random, secret; lines >> label >> random >> secret;)
        out[label] = {random, secret};
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(handshake_tap)

BOOST_AUTO_TEST_CASE(tls_1_2_with_ecdhe_has_the_messages_of_the_rfc_with_their_lengths) {
    auto server = server_of(tls::exchange2019_setup());
    server.ask = tls::client_certificate::not_asked;
    const auto h = shake_hands(client_of(tls::exchange2019_setup()), server);
    const strings expected{"C ClientHello",       "S ServerHello",     "S Certificate",
                           "S ServerKeyExchange", "S ServerHelloDone", "C ClientKeyExchange",
                           "C ChangeCipherSpec",  "C Finished",        "S ChangeCipherSpec",
                           "S Finished"};
    BOOST_TEST(h.messages() == expected, boost::test_tools::per_element());
    BOOST_TEST(h.message("Certificate").length == certificate_length(server.own));
    // curve type, named curve, point; algorithm, signature of 2048 bits
    BOOST_TEST(h.message("ServerKeyExchange").length == 1 + 2 + 1 + p384_point + 2 + 2 + 256);
    BOOST_TEST(h.message("ServerHelloDone").length == 0U);
    BOOST_TEST(h.message("ClientKeyExchange").length == 1 + p384_point);
    BOOST_TEST(h.message("ChangeCipherSpec").length == 1U);
    BOOST_TEST(h.message("Finished").length == 12U);
    BOOST_TEST(h.message("ClientHello").detail == "up to TLS 1.2, 8 cipher suites, for mail.contoso.com");
    BOOST_TEST(h.message("ServerHello").detail == "TLS 1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    BOOST_TEST(h.flights() == (strings{"C 1", "S 2-5", "C 6-8", "S 9-10"}), boost::test_tools::per_element());
    BOOST_TEST(h.encrypted() == (strings{"C Finished", "S Finished"}), boost::test_tools::per_element());
    BOOST_TEST(h.client.sni == "mail.contoso.com");
    BOOST_TEST(h.server.sni == "mail.contoso.com");
}

BOOST_AUTO_TEST_CASE(a_client_that_is_asked_answers_with_certificate_and_proof) {
    auto client = client_of(tls::exchange2019_setup());
    client.own = {credential("client")};
    const auto h = shake_hands(client, server_of(tls::exchange2019_setup()));
    const strings expected{"C ClientHello",       "S ServerHello",        "S Certificate",
                           "S ServerKeyExchange", "S CertificateRequest", "S ServerHelloDone",
                           "C Certificate",       "C ClientKeyExchange",  "C CertificateVerify",
                           "C ChangeCipherSpec",  "C Finished",           "S ChangeCipherSpec",
                           "S Finished"};
    BOOST_TEST(h.messages() == expected, boost::test_tools::per_element());
    const auto none = shake_hands(client_of(tls::exchange2019_setup()), server_of(tls::exchange2019_setup()));
    BOOST_TEST(none.certificate_requested);
    const auto done = std::find_if(none.wire.begin(), none.wire.end(),
                                   [](const auto& m) { return m.type == "ServerHelloDone"; });
    BOOST_REQUIRE(none.wire.end() - done > 1);
    BOOST_TEST((done + 1)->type == "Certificate");
    BOOST_TEST((done + 1)->length == 3U); // an empty list
}

BOOST_AUTO_TEST_CASE(tls_1_3_needs_one_round_trip) { // T03
    auto server = server_of(only(version::tls1_3));
    server.ask = tls::client_certificate::not_asked;
    const auto h = shake_hands(client_of(only(version::tls1_3)), server);
    strings without_compatibility; // RFC 8446 D.4
    for (auto& m : h.messages())
        if (m.find("ChangeCipherSpec") == std::string::npos)
            without_compatibility.push_back(m);
    const strings expected{"C ClientHello", "S ServerHello",       "S EncryptedExtensions",
                           "S Certificate", "S CertificateVerify", "S Finished",
                           "C Finished"}; // and no NewSessionTicket
    BOOST_TEST(without_compatibility == expected, boost::test_tools::per_element());
    BOOST_TEST(h.client.suite == "TLS_AES_256_GCM_SHA384");
    BOOST_TEST(h.message("Finished").length == 48U); // of SHA-384
    BOOST_TEST(h.message("ClientHello").detail == "TLS 1.3, 3 cipher suites, for mail.contoso.com");
    const strings hidden{"S EncryptedExtensions", "S Certificate", "S CertificateVerify", "S Finished",
                         "C Finished"}; // RFC 8446 2: all behind the ServerHello
    BOOST_TEST(h.encrypted() == hidden, boost::test_tools::per_element());
}

// Reference README, item 1: a refused client certificate ends TLS 1.2 in the handshake; a client of TLS 1.3
// is through before the server has seen it.
BOOST_AUTO_TEST_CASE(a_refused_client_certificate_shows_to_each_side_by_version) {
    for (const auto v : {version::tls1_2, version::tls1_3})
        for (const bool presents : {true, false}) {
            auto client = client_of(only(v));
            if (presents)
                client.own = {credential("self-signed")};
            auto server = server_of(only(v));
            server.ask = tls::client_certificate::required;
            server.refuses = true;
            server.refusal_roots = {root()};
            server.refusal_at = *parse_instant("2024-06-03");
            const auto h = shake_hands(client, server);
            BOOST_TEST(h.client.completed == (v == version::tls1_3));
            BOOST_TEST(!h.server.completed);
            BOOST_TEST((h.server.ended_by == tls::failure::refused_by_peer));
            if (v == version::tls1_2)
                BOOST_TEST((h.client.ended_by == tls::failure::refused_by_peer)); // even by alert 40
            BOOST_TEST(h.wire.back().type == "Alert");
            BOOST_TEST((h.wire.back().way == trace::direction::server_to_client));
            // RFC 8446 4.4.2.4: certificate_required; before, handshake_failure (RFC 5246 7.4.6)
            if (!presents)
                BOOST_TEST(h.alert_from_server == (v == version::tls1_3 ? 116 : 40));
        }
}

BOOST_AUTO_TEST_CASE(a_length_that_is_drawn_at_random_is_not_recorded) { // DER of an ECDSA signature
    const auto h =
        shake_hands(client_of(tls::exchange2019_setup()), server_of(tls::exchange2019_setup(), "ec"));
    BOOST_TEST(h.message("ServerKeyExchange").length == 0U);
    BOOST_TEST(h.message("ClientKeyExchange").length != 0U);
}

BOOST_AUTO_TEST_CASE(the_key_log_of_tls_1_2_is_the_master_secret_of_this_connection) {
    net::tls_contexts contexts(true);
    const auto client = contexts.client(client_of(tls::exchange2019_setup()));
    const auto server = contexts.server(server_of(tls::exchange2019_setup()));
    using handle = std::unique_ptr<SSL, decltype(&SSL_free)>;
    const handle near(SSL_new(client->native_handle()), &SSL_free);
    const handle far(SSL_new(server->native_handle()), &SSL_free);
    tls::message_memo memo;
    net::handshake_tap near_tap(true, memo);
    net::handshake_tap far_tap(false, memo);
    near_tap.attach(near.get());
    far_tap.attach(far.get());
    BIO* near_end = nullptr;
    BIO* far_end = nullptr;
    BIO_new_bio_pair(&near_end, 0, &far_end, 0);
    SSL_set_bio(near.get(), near_end, near_end);
    SSL_set_bio(far.get(), far_end, far_end);
    SSL_set_connect_state(near.get());
    SSL_set_accept_state(far.get());
    for (int i = 0; i < 20 && SSL_is_init_finished(near.get()) == 0; ++i) {
        SSL_do_handshake(near.get());
        SSL_do_handshake(far.get());
    }
    BOOST_REQUIRE(SSL_is_init_finished(near.get()) == 1);

    std::array<unsigned char, 32> random{};
    std::array<unsigned char, 48> master{};
    BOOST_REQUIRE(SSL_get_client_random(near.get(), random.data(), random.size()) == random.size());
    BOOST_REQUIRE(SSL_SESSION_get_master_key(SSL_get_session(far.get()), master.data(), master.size()) ==
                  master.size());
    const auto hex = [](const auto& bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string out;
        for (const unsigned char b : bytes) {
            out += digits[b >> 4U];
            out += digits[b & 15U];
        }
        return out;
    };
    BOOST_TEST(near_tap.key_log() == "CLIENT_RANDOM " + hex(random) + " " + hex(master) + "\n");
    BOOST_TEST(far_tap.key_log().empty()); // one copy is enough
    // Without a shared wire each end sees both directions, and both see the same.
    BOOST_REQUIRE(near_tap.messages().size() == far_tap.messages().size());
    for (std::size_t i = 0; i < near_tap.messages().size(); ++i) {
        BOOST_TEST(near_tap.messages()[i].type == far_tap.messages()[i].type);
        BOOST_TEST((near_tap.messages()[i].way == far_tap.messages()[i].way));
    }
}

BOOST_AUTO_TEST_CASE(the_key_log_of_tls_1_3_has_every_label_a_decoder_needs) {
    const auto h = shake_hands(client_of(only(version::tls1_3)), server_of(only(version::tls1_3)));
    const auto lines = key_lines(h.key_log);
    std::string random;
    for (const auto* label : {"CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                              "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0", "EXPORTER_SECRET"}) {
        const auto found = lines.find(label);
        BOOST_REQUIRE_MESSAGE(found != lines.end(), label);
        BOOST_TEST(is_hex(found->second.random, 64));
        BOOST_TEST(is_hex(found->second.secret, 96)); // SHA-384
        BOOST_TEST((random.empty() || random == found->second.random));
        random = found->second.random;
    }
}

BOOST_AUTO_TEST_CASE(an_aborted_handshake_ends_with_its_alert) {
    struct row {
        tls::profile client;
        tls::profile server;
        const char* alert;
        int number;
        tls::failure client_says;
        tls::failure server_says;
    };
    const auto ecdsa = only(version::tls1_2, {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"});
    using tls::failure;
    for (const auto& r : {row{only(version::tls1_2), only(version::tls1_3), "fatal protocol_version (70)", 70,
                              failure::no_common_version, failure::no_common_version},
                          row{only(version::tls1_1), tls::exchange2019_setup(), "fatal protocol_version (70)",
                              70, failure::no_common_version, failure::no_common_version},
                          row{ecdsa, only(version::tls1_2), "fatal handshake_failure (40)", 40,
                              failure::no_common_suite, failure::no_common_suite}}) {
        const auto h = shake_hands(client_of(r.client), server_of(r.server));
        BOOST_TEST(!h.client.completed);
        BOOST_TEST(!h.server.completed);
        BOOST_TEST((h.messages() == strings{"C ClientHello", "S Alert"}));
        BOOST_TEST(h.wire.back().detail == r.alert);
        BOOST_TEST(h.alert_from_server == r.number);
        BOOST_TEST(h.alert_from_client == -1);
        BOOST_TEST((h.client.ended_by == r.client_says));
        BOOST_TEST((h.server.ended_by == r.server_says));
        BOOST_TEST(h.client.status == "SocketError"); // E7
        BOOST_TEST(h.client.version.empty());
        BOOST_TEST(h.client.suite.empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
