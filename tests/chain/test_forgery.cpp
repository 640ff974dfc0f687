// What somebody in the middle changed is never trusted: neither a certificate with changed bytes, nor one
// that pretends to be issued.
#include "tests/certs/openssl_made.hpp"
#include "tests/chain/small_pki.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

namespace connlab::chain {
namespace {

using test::recipes;
using test::spoiled;

bool trusted(const certs::certificate& leaf, const std::vector<certs::certificate>& presented,
             const store& stores, signature_memo& memo) {
    question q;
    q.leaf = leaf;
    q.presented = presented;
    q.stores = &stores;
    q.at = test::at("2024-06-03");
    return evaluate(q, memo).value.trusted();
}

} // namespace

BOOST_AUTO_TEST_SUITE(forgery)

BOOST_AUTO_TEST_CASE(one_changed_byte_anywhere_and_the_chain_is_not_trusted) {
    const auto w = spoiled([](recipes& r) {
        r.root.key = r.issuing.key = {certs::key_kind::ec, 256, "", false};
        r.mx.key = {certs::key_kind::ec, 256, "", false};
    });
    store stores;
    stores.roots.push_back({w["root"], root_member::registry});
    signature_memo memo;
    BOOST_TEST_REQUIRE(trusted(w["mx"], {w["issuing"]}, stores, memo));
    std::mt19937 dice(32);
    std::size_t decoded = 0;
    for (const char* id : {"mx", "issuing"})
        for (std::size_t i = 0; i < w[id].der().size(); ++i) {
            auto der = w[id].der();
            der[i] = static_cast<char>(der[i] ^ static_cast<char>(1 + dice() % 255));
            const auto changed = certs::certificate::from_der(der);
            if (!changed)
                continue;
            ++decoded;
            const bool leaf = std::string_view(id) == "mx";
            BOOST_TEST(!trusted(leaf ? *changed : w["mx"], {leaf ? w["issuing"] : *changed}, stores, memo),
                       id << ", byte " << i);
        }
    BOOST_TEST(decoded > 200U); // most of the bytes are not the frame
}

BOOST_AUTO_TEST_CASE(a_leaf_issues_nothing) {
    const auto w = spoiled([](recipes& r) {
        auto victim = certs::server_leaf("victim", "mx", test::common_name("victim.example"),
                                         {"victim.example"}, test::at("2024-01-01"), test::at("2026-01-01"));
        r.others = {victim};
    });
    const auto v = w.ask({.presented = {"mx", "issuing"}, .leaf = "victim", .host = "victim.example"});
    BOOST_TEST(w.path_of(v) == "victim mx issuing root");
    BOOST_TEST((v.elements[1].error & invalid_basic_constraints) != 0U);
    BOOST_TEST((v.elements[1].error & is_not_valid_for_usage) != 0U); // nor may its key sign certificates
    BOOST_TEST(!v.trusted());
}

// 5.5: end entity as its own root; that makes it no authority for others.
BOOST_AUTO_TEST_CASE(a_trusted_self_signed_leaf_issues_nothing) {
    auto own =
        certs::exchange_default("own", "TESTMS05", "testms05.varunagroup.de", test::at("2023-01-01"), false);
    auto victim = certs::server_leaf("mx", "own", test::common_name("victim.example"), {"victim.example"},
                                     test::at("2024-01-01"), test::at("2026-01-01"));
    const test::small_pki w(std::vector{own, victim});
    const auto v = w.ask({.roots = {"own"}, .presented = {}});
    BOOST_TEST(w.path_of(v) == "mx own");
    BOOST_TEST((v.elements[1].error & invalid_basic_constraints) != 0U);
    BOOST_TEST(!v.trusted());
}

// The same names as those of the trusted chain, with keys of somebody else.
BOOST_AUTO_TEST_CASE(a_copied_chain_of_other_keys_is_not_trusted) {
    const auto w = spoiled([](recipes& r) {
        auto root = r.root;
        auto issuing = r.issuing;
        auto mx = r.mx;
        root.id = "copied root";
        issuing.id = "copied issuing";
        issuing.issuer = root.id;
        mx.id = "copied mx";
        mx.issuer = issuing.id;
        r.others = {root, issuing, mx};
    });
    for (const auto& presented :
         std::vector<std::vector<std::string>>{{},
                                               {"copied issuing"},
                                               {"copied issuing", "copied root"},
                                               {"issuing", "copied issuing", "copied root"}}) {
        const auto v = w.ask({.presented = presented, .leaf = "copied mx", .host = "mail.contoso.com"});
        BOOST_TEST(!v.trusted());
        BOOST_TEST(!(v.error == 0U));
    }
    BOOST_TEST(w.ask({.presented = {"copied issuing", "copied root", "issuing"}})
                   .trusted()); // the true one still is
}

// AKI with issuer and serial (5.2, item 2), which OpenSSL writes and the forge does not.
BOOST_AUTO_TEST_CASE(issuer_and_serial_are_an_exact_match) {
    const auto leaf = certs::read_certificates(certs::test::openssl_leaf);
    const auto ca = certs::read_certificates(certs::test::openssl_ca);
    BOOST_REQUIRE(leaf);
    BOOST_REQUIRE(ca);
    store stores;
    stores.roots.push_back({ca->front(), root_member::enterprise});
    question q;
    q.leaf = leaf->front();
    q.stores = &stores;
    q.at = test::at("2027-06-01");
    q.usage = certs::eku_server_auth;
    signature_memo memo;
    const auto v = evaluate(q, memo).value;
    BOOST_TEST_REQUIRE(v.elements.size() == 2U);
    BOOST_TEST((v.elements[0].info & (has_exact_match_issuer | has_key_match_issuer |
                                      has_name_match_issuer)) == has_exact_match_issuer);
    // Its critical extension is unknown (OpenSSL: 34); its address and URI lie outside the permitted subtrees
    // (OpenSSL: 47, and no further), its directory name in the excluded one.
    BOOST_TEST(v.elements[0].error == (has_not_supported_critical_ext | has_not_permitted_name_constraint |
                                       has_excluded_name_constraint));
    BOOST_TEST((v.anchored_by == root_member::enterprise));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
