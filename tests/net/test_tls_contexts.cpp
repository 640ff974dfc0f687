// What a context offers, read from the ClientHello (RFC 5246 7.4.1.2, IANA numbers), and that it judges no
// certificate. Profiles: Schannel sheet 1.2; options: 3.2.
#include "tests/net/client_hello.hpp"
#include "tests/net/ends.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::net::tests;
using tls::version;

namespace {

client_hello hello_of(const tls::profile& p, const std::string& sni = {}) {
    net::tls_contexts contexts;
    tls::client_offer offer;
    offer.what = p;
    return read_client_hello(contexts.client(offer)->native_handle(), sni);
}

using numbers = std::vector<unsigned>;
constexpr unsigned renegotiation_info_scsv = 0x00ff; // RFC 5746

const std::string aes256 = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
const std::string aes128 = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

} // namespace

BOOST_AUTO_TEST_SUITE(tls_contexts)

BOOST_AUTO_TEST_CASE(exchange_2019_offers_its_eight_suites_and_two_curves_in_order) {
    const auto hello = hello_of(tls::exchange2019_setup(), "mail.contoso.com");
    BOOST_TEST(hello.suites == (numbers{0xc02c, 0xc02b, 0xc030, 0xc02f, 0xc024, 0xc023, 0xc028, 0xc027,
                                        renegotiation_info_scsv}),
               boost::test_tools::per_element());
    BOOST_TEST(hello.groups == (numbers{24, 23}), boost::test_tools::per_element()); // P-384, P-256
    BOOST_TEST(hello.version == 0x0303U);
    BOOST_TEST(hello.supported_versions.empty()); // no TLS 1.3
    BOOST_TEST(hello.server_name == "mail.contoso.com");
    BOOST_TEST(hello.compressions == numbers{0}, boost::test_tools::per_element());
    BOOST_TEST(!hello.session_ticket);
}

BOOST_AUTO_TEST_CASE(a_current_peer_offers_tls_1_3_and_1_2) { // README item 19
    const auto hello = hello_of(tls::current_openssl());
    BOOST_TEST(hello.supported_versions == (numbers{0x0304, 0x0303}), boost::test_tools::per_element());
    BOOST_REQUIRE(hello.suites.size() > 3U);
    BOOST_TEST(std::vector(hello.suites.begin(), hello.suites.begin() + 3) ==
                   (numbers{0x1302, 0x1303, 0x1301}),
               boost::test_tools::per_element());
    BOOST_TEST(hello.groups == (numbers{29, 23, 25, 24}), boost::test_tools::per_element());
    BOOST_TEST(hello.server_name.empty());
}

BOOST_AUTO_TEST_CASE(every_version_can_be_the_only_one) { // security level 0 on both ends
    struct one {
        version v;
        const char* name;
    };
    for (const auto& o : {one{version::tls1_0, "TLS1_0"}, one{version::tls1_1, "TLS1_1"},
                          one{version::tls1_2, "TLS1_2"}, one{version::tls1_3, "TLS1_3"}}) {
        const auto h = shake_hands(client_of(only(o.v)), server_of(only(o.v)));
        BOOST_TEST(h.client.completed, o.name);
        BOOST_TEST(h.client.version == o.name);
        BOOST_TEST(h.server.version == o.name);
        BOOST_TEST(h.client.suite == h.server.suite);
    }
}

BOOST_AUTO_TEST_CASE(exchange_chooses_suite_and_curve_by_its_own_order) { // 3.2
    auto reversed = tls::exchange2019_setup();
    reversed.suites = {aes128, aes256};
    reversed.groups = {"P-256", "P-384"};
    const auto h = shake_hands(client_of(reversed), server_of(tls::exchange2019_setup()));
    BOOST_TEST(h.client.suite == aes256);
    BOOST_TEST(h.client.group == "P-384");
    auto indifferent = tls::exchange2019_setup();
    indifferent.server_preference = false;
    const auto by_client = shake_hands(client_of(reversed), server_of(indifferent));
    BOOST_TEST(by_client.client.suite == aes128);
    BOOST_TEST(by_client.client.group == "P-256");
}

BOOST_AUTO_TEST_CASE(the_certificates_key_decides_between_rsa_and_ecdsa) {
    const auto h =
        shake_hands(client_of(tls::exchange2019_setup()), server_of(tls::exchange2019_setup(), "ec"));
    BOOST_TEST(h.client.suite == "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
}

BOOST_AUTO_TEST_CASE(no_server_certificate_is_bad_enough_to_end_a_handshake) { // README item 1
    for (const auto* name : {"expired", "self-signed", "weak", "client"})
        for (const auto v : {version::tls1_2, version::tls1_3}) {
            const auto h = shake_hands(client_of(only(v)), server_of(only(v), name));
            BOOST_TEST(h.client.completed, name);
            BOOST_TEST(h.server.completed, name);
            BOOST_REQUIRE(h.client.peer_chain.size() == 1U);
            BOOST_TEST((h.client.peer_chain == credential(name).chain));
        }
}

BOOST_AUTO_TEST_CASE(no_client_certificate_is_bad_enough_unless_the_server_refuses) {
    for (const auto* name : {"expired", "self-signed", "weak", "server"}) {
        auto client = client_of(tls::exchange2019_setup());
        client.own = {credential(name)};
        const auto h = shake_hands(client, server_of(tls::exchange2019_setup()));
        BOOST_TEST(h.server.completed, name);
        BOOST_TEST((h.server.peer_chain == credential(name).chain));
        BOOST_TEST(h.certificate_requested);
    }
}

BOOST_AUTO_TEST_CASE(a_refusing_server_judges_trust_usage_and_time_at_its_own_instant) {
    struct row {
        const char* certificate; // empty: none
        version v;
        int alert; // RFC 5246 7.2.2, RFC 8446 6.2; -1: none, the handshake completes
    };
    for (const auto& r :
         {row{"client", version::tls1_2, -1}, row{"client", version::tls1_3, -1},
          row{"self-signed", version::tls1_2, 48}, row{"server-usage", version::tls1_2, 43},
          row{"expired", version::tls1_2, 45}, row{"", version::tls1_2, 40}, row{"", version::tls1_3, 116}}) {
        BOOST_TEST_CONTEXT("certificate " << r.certificate << ", alert " << r.alert) {
            auto server = server_of(only(r.v));
            server.ask = tls::client_certificate::required;
            server.refuses = true;
            server.refusal_roots = {root()};
            server.refusal_at = *parse_instant("2030-01-01");
            auto client = client_of(only(r.v));
            if (*r.certificate != '\0')
                client.own = {credential(r.certificate)};
            const auto h = shake_hands(client, server);
            BOOST_TEST(h.server.completed == (r.alert < 0));
            BOOST_TEST(h.alert_from_server == r.alert);
            if (r.alert >= 0)
                BOOST_TEST((h.server.ended_by == tls::failure::refused_by_peer));
            // TLS 1.3: the client is done before the server has judged (README item 1).
            BOOST_TEST(h.client.completed == (r.alert < 0 || r.v == version::tls1_3));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_server_that_does_not_ask_sees_no_client_certificate) {
    auto server = server_of(tls::exchange2019_setup());
    server.ask = tls::client_certificate::not_asked;
    auto client = client_of(tls::exchange2019_setup());
    client.own = {credential("client")};
    const auto h = shake_hands(client, server);
    BOOST_TEST(h.client.completed);
    BOOST_TEST(h.server.peer_chain.empty());
    BOOST_TEST(!h.certificate_requested);
}

BOOST_AUTO_TEST_CASE(equal_offers_share_a_context_and_others_do_not) {
    net::tls_contexts contexts;
    const auto offer = server_of(tls::exchange2019_setup());
    const auto changed = [](const auto& change) {
        auto p = tls::exchange2019_setup();
        change(p);
        return p;
    };
    BOOST_TEST((contexts.server(offer) == contexts.server(offer)));
    BOOST_TEST((contexts.server(offer) == contexts.server(server_of(tls::exchange2019_setup()))));
    std::vector<tls::server_offer> others(5, offer);
    others[0] = server_of(changed([](auto& p) { p.versions = {version::tls1_2, version::tls1_3}; }));
    others[1].own = credential("ec");
    others[2].ask = tls::client_certificate::not_asked;
    others[3] = server_of(changed([](auto& p) { p.groups = {"P-256"}; }));
    others[4] = server_of(changed([](auto& p) { p.server_preference = false; }));
    for (const auto& o : others)
        BOOST_TEST((contexts.server(o) != contexts.server(offer)));
    const auto client = client_of(tls::exchange2019_setup());
    auto with_certificate = client;
    with_certificate.own = {credential("client")};
    BOOST_TEST((contexts.client(client) == contexts.client(client)));
    BOOST_TEST((contexts.client(client) != contexts.client(with_certificate)));
}

BOOST_AUTO_TEST_SUITE_END()
