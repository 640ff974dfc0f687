// Expected values: Schannel sheet 3.1 (its table), 1.2 (the set of Exchange 2019 setup), 1.5 (curves).
#include "sim/tls/offer.hpp"
#include "sim/tls/suite.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace connlab;

BOOST_AUTO_TEST_SUITE(tls_suites)

BOOST_AUTO_TEST_CASE(ids_and_schannel_names_are_unique) {
    std::set<std::uint16_t> ids;
    std::set<std::string_view> names;
    for (const auto& s : tls::all_suites()) {
        BOOST_TEST(ids.insert(s.id).second, s.schannel_name);
        BOOST_TEST(names.insert(s.schannel_name).second, s.schannel_name);
    }
}

BOOST_AUTO_TEST_CASE(gcm_prints_its_hash_with_no_bits) {
    const auto* s = tls::find_suite_by_schannel_name("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    BOOST_REQUIRE(s != nullptr);
    BOOST_TEST(s->id == 0xC030);
    BOOST_TEST(s->openssl_name == "ECDHE-RSA-AES256-GCM-SHA384");
    BOOST_TEST(s->bulk == "CALG_AES_256");
    BOOST_TEST(s->bulk_bits == 256);
    BOOST_TEST(s->mac == "CALG_SHA_384");
    BOOST_TEST(s->mac_bits == 0);
    BOOST_TEST(s->key_exchange == "CALG_ECDH_EPHEM");
    BOOST_TEST(!s->tls13);
}

BOOST_AUTO_TEST_CASE(cbc_prints_the_bits_of_its_mac) {
    const auto* sha1 = tls::find_suite(0xC014);
    BOOST_REQUIRE(sha1 != nullptr);
    BOOST_TEST(sha1->mac == "CALG_SHA1");
    BOOST_TEST(sha1->mac_bits == 160);
    const auto* sha384 = tls::find_suite(0xC028);
    BOOST_REQUIRE(sha384 != nullptr);
    BOOST_TEST(sha384->mac_bits == 384);
}

BOOST_AUTO_TEST_CASE(what_openssl_lacks_has_no_openssl_name) {
    for (const auto* name : {"TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_WITH_RC4_128_SHA",
                             "TLS_RSA_WITH_DES_CBC_SHA", "TLS_RSA_EXPORT_WITH_RC4_40_MD5"}) {
        const auto* s = tls::find_suite_by_schannel_name(name);
        BOOST_REQUIRE_MESSAGE(s != nullptr, name);
        BOOST_TEST(s->openssl_name.empty());
    }
}

BOOST_AUTO_TEST_CASE(names_are_found_without_regard_to_case) {
    BOOST_TEST(tls::find_suite_by_schannel_name("tls_aes_128_gcm_sha256") != nullptr);
    BOOST_TEST(tls::find_suite_by_schannel_name("TLS_AES_128") == nullptr);
    BOOST_TEST(tls::find_suite(0xFFFF) == nullptr);
}

BOOST_AUTO_TEST_CASE(versions_print_as_in_the_received_header) {
    BOOST_TEST(tls::to_string(tls::version::tls1_0) == "TLS1_0");
    BOOST_TEST(tls::to_string(tls::version::tls1_3) == "TLS1_3");
}

BOOST_AUTO_TEST_CASE(versions_are_read_in_every_usual_spelling) {
    for (const auto* text : {"TLS1_2", "1.2", "TLS 1.2", "TLSv1.2", "tls1.2", "Tls12"}) {
        const auto v = tls::parse_version(text);
        BOOST_REQUIRE_MESSAGE(v, text);
        BOOST_TEST((*v == tls::version::tls1_2), text);
    }
    for (const auto* text : {"", "1", "TLS", "SSL3", "1.4", "TLS1_22", "12"})
        BOOST_TEST(!tls::parse_version(text), text);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tls_profiles)

BOOST_AUTO_TEST_CASE(exchange_2019_setup_configures_tls_1_2_eight_suites_two_curves) {
    const auto p = tls::exchange2019_setup();
    BOOST_TEST((p.versions == std::vector{tls::version::tls1_2}));
    const std::vector<std::string> expected{
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",   "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",   "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
    };
    BOOST_TEST(p.suites == expected, boost::test_tools::per_element());
    BOOST_TEST(p.tls13_suites.empty());
    const std::vector<std::string> curves{"P-384", "P-256"};
    BOOST_TEST(p.groups == curves, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_plain_smtp_server_speaks_tls_1_3) {
    const auto p = tls::current_openssl();
    BOOST_TEST((p.versions == std::vector{tls::version::tls1_2, tls::version::tls1_3}));
    BOOST_TEST(!p.tls13_suites.empty());
}

BOOST_AUTO_TEST_CASE(every_suite_of_a_profile_is_in_the_table_and_can_be_negotiated) {
    for (const auto& p : {tls::exchange2019_setup(), tls::current_openssl()}) {
        for (const auto* list : {&p.suites, &p.tls13_suites})
            for (const auto& name : *list) {
                const auto* s = tls::find_suite_by_schannel_name(name);
                BOOST_REQUIRE_MESSAGE(s != nullptr, name);
                BOOST_TEST(!s->openssl_name.empty(), name);
                BOOST_TEST(s->tls13 == (list == &p.tls13_suites), name);
            }
    }
}

BOOST_AUTO_TEST_SUITE_END()
