// Each documented status bit, on the element that bears it (Schannel sheet 5.3, 5.5); what makes a
// certificate unfit for its place is in test_fitness.
#include "tests/chain/small_pki.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::chain {
namespace {

using test::at;
using test::check_elements;
using test::check_policy;
using test::private_extension;
using test::spoiled;
using test::usages;

} // namespace

BOOST_AUTO_TEST_SUITE(status_bits)

BOOST_AUTO_TEST_CASE(a_good_chain_has_none) {
    const auto v = spoiled([](auto&) {}).ask({.host = "mail.contoso.com"});
    check_elements(v, {});
    check_policy(v, "");
    BOOST_TEST((v.anchored_by == root_member::registry));
    BOOST_TEST(v.rejected.empty());
}

// ---- time ----

BOOST_AUTO_TEST_CASE(expired_leaf) {
    const auto w = spoiled([](auto& r) { r.mx.not_after = at("2024-06-01"); });
    const auto v = w.ask();
    check_elements(v, {.mx = is_not_time_valid});
    check_policy(v, "CERT_E_EXPIRED");
}

BOOST_AUTO_TEST_CASE(leaf_not_yet_valid) {
    const auto v = spoiled([](auto& r) { r.mx.not_before = at("2025-01-01"); }).ask();
    check_elements(v, {.mx = is_not_time_valid});
    check_policy(v, "CERT_E_EXPIRED");
}

BOOST_AUTO_TEST_CASE(expired_intermediate) {
    const auto v = spoiled([](auto& r) { r.issuing.not_after = at("2024-06-01"); }).ask();
    check_elements(v, {.issuing = is_not_time_valid});
    check_policy(v, "CERT_E_EXPIRED");
}

BOOST_AUTO_TEST_CASE(expired_root) {
    const auto v = spoiled([](auto& r) { r.root.not_after = at("2024-06-01"); }).ask();
    check_elements(v, {.root = is_not_time_valid});
    check_policy(v, "CERT_E_EXPIRED");
}

BOOST_AUTO_TEST_CASE(the_first_and_the_last_second_of_validity_count) {
    const auto w = spoiled([](auto& r) {
        r.mx.not_before = at("2024-06-03T08:00:00Z");
        r.mx.not_after = at("2024-06-03T09:00:00Z");
    });
    check_policy(w.ask({.when = "2024-06-03T07:59:59Z"}), "CERT_E_EXPIRED");
    check_policy(w.ask({.when = "2024-06-03T08:00:00Z"}), "");
    check_policy(w.ask({.when = "2024-06-03T09:00:00Z"}), "");
    check_policy(w.ask({.when = "2024-06-03T09:00:01Z"}), "CERT_E_EXPIRED");
}

// The leaf lives longer than its issuers: no bit as long as all hold now.
BOOST_AUTO_TEST_CASE(validity_need_not_nest) {
    const auto w = spoiled([](auto& r) {
        r.mx.not_before = at("2015-01-01");
        r.mx.not_after = at("2040-01-01");
    });
    check_elements(w.ask(), {});
}

// ---- the end of the path ----

BOOST_AUTO_TEST_CASE(untrusted_root) {
    const auto v = spoiled([](auto&) {}).ask({.roots = {}, .presented = {"issuing", "root"}});
    check_elements(v, {.root = is_untrusted_root});
    check_policy(v, "CERT_E_UNTRUSTEDROOT");
    BOOST_TEST(!v.anchored_by);
}

BOOST_AUTO_TEST_CASE(missing_intermediate_is_a_partial_chain) {
    const auto w = spoiled([](auto&) {});
    const auto v = w.ask({.presented = {}});
    BOOST_TEST(w.path_of(v) == "mx");
    BOOST_TEST(v.elements.front().error == is_partial_chain);
    BOOST_TEST(v.error == is_partial_chain);
    check_policy(v, "CERT_E_CHAINING");
}

BOOST_AUTO_TEST_CASE(missing_root_is_a_partial_chain) {
    const auto w = spoiled([](auto&) {});
    const auto v = w.ask({.roots = {}});
    BOOST_TEST(w.path_of(v) == "mx issuing");
    BOOST_TEST(v.elements.back().error == is_partial_chain);
    BOOST_TEST(v.error == is_partial_chain);
    check_policy(v, "CERT_E_CHAINING");
}

BOOST_AUTO_TEST_CASE(an_intermediate_in_the_ca_store_is_no_anchor) {
    const auto w = spoiled([](auto&) {});
    const auto v = w.ask({.roots = {}, .presented = {}, .intermediates = {"issuing"}});
    BOOST_TEST(w.path_of(v) == "mx issuing");
    check_policy(v, "CERT_E_CHAINING");
}

BOOST_AUTO_TEST_CASE(a_root_in_the_ca_store_is_no_anchor) {
    const auto v =
        spoiled([](auto&) {}).ask({.roots = {}, .presented = {}, .intermediates = {"issuing", "root"}});
    check_elements(v, {.root = is_untrusted_root});
    check_policy(v, "CERT_E_UNTRUSTEDROOT");
}

// 5.2: each path goes to a self-signed certificate.
BOOST_AUTO_TEST_CASE(an_intermediate_in_the_root_store_does_not_end_a_path) {
    const auto v = spoiled([](auto&) {}).ask({.roots = {"issuing"}, .presented = {}});
    check_policy(v, "CERT_E_CHAINING");
}

BOOST_AUTO_TEST_CASE(the_ca_store_heals_what_the_peer_left_away) {
    const auto w = spoiled([](auto&) {});
    const auto v = w.ask({.presented = {}, .intermediates = {"issuing"}});
    BOOST_TEST(w.path_of(v) == "mx issuing root");
    check_policy(v, "");
}

BOOST_AUTO_TEST_CASE(a_presented_root_is_no_anchor_whatever_it_is_called) {
    auto false_root = test::root_named("false root");
    false_root.subject = test::common_name("root");
    auto issuing = certs::intermediate_ca("false issuing", "false root", test::common_name("issuing"),
                                          at("2020-01-01"), at("2030-01-01"));
    const auto w = spoiled([&](auto& r) {
        r.mx.issuer = "false issuing";
        r.others = {false_root, issuing};
    });
    const auto v = w.ask({.presented = {"false issuing", "false root", "issuing", "root"}});
    BOOST_TEST(!v.trusted());
    BOOST_TEST(!v.anchored_by);
}

// ---- a self-signed leaf ----

BOOST_AUTO_TEST_CASE(self_signed_leaf_in_root_is_valid) {
    const auto made =
        certs::exchange_default("mx", "TESTMS05", "testms05.varunagroup.de", at("2024-01-01"), false);
    const test::small_pki w(std::vector{made});
    const auto v = w.ask({.roots = {"mx"}, .presented = {}, .host = "testms05.varunagroup.de"});
    BOOST_TEST(w.path_of(v) == "mx");
    BOOST_TEST(v.error == 0U);
    check_policy(v, "");
    BOOST_TEST((v.elements.front().info & is_self_signed) != 0U);
}

BOOST_AUTO_TEST_CASE(self_signed_leaf_elsewhere_is_an_untrusted_root) {
    const auto made =
        certs::exchange_default("mx", "TESTMS05", "testms05.varunagroup.de", at("2024-01-01"), false);
    const test::small_pki w(std::vector{made});
    const auto v = w.ask({.roots = {}, .presented = {"mx"}, .intermediates = {"mx"}});
    BOOST_TEST(w.path_of(v) == "mx");
    BOOST_TEST(v.elements.front().error == is_untrusted_root);
    check_policy(v, "CERT_E_UNTRUSTEDROOT");
}

BOOST_AUTO_TEST_CASE(self_signed_leaf_in_root_expires_like_any_other) {
    const auto made =
        certs::exchange_default("mx", "TESTMS05", "testms05.varunagroup.de", at("2018-01-01"), true);
    const test::small_pki w(std::vector{made});
    const auto v = w.ask({.roots = {"mx"}, .presented = {}});
    BOOST_TEST(v.error == is_not_time_valid);
    check_policy(v, "CERT_E_EXPIRED");
}

// ---- signatures ----

BOOST_AUTO_TEST_CASE(bad_signature_of_the_leaf) {
    const auto v = spoiled([](auto& r) { r.mx.corrupt_signature = true; }).ask();
    check_elements(v, {.mx = is_not_signature_valid});
    check_policy(v, "TRUST_E_CERT_SIGNATURE");
}

BOOST_AUTO_TEST_CASE(bad_signature_of_an_intermediate) {
    const auto v = spoiled([](auto& r) { r.issuing.corrupt_signature = true; }).ask();
    check_elements(v, {.issuing = is_not_signature_valid});
    check_policy(v, "TRUST_E_CERT_SIGNATURE");
}

BOOST_AUTO_TEST_CASE(bad_signature_outranks_everything) {
    const auto v = spoiled([](auto& r) {
                       r.mx.corrupt_signature = true;
                       r.mx.not_after = at("2024-02-01");
                       r.issuing.basic->ca = false;
                   }).ask({.roots = {}, .presented = {"issuing", "root"}, .host = "elsewhere.example"});
    check_elements(v, {.mx = is_not_signature_valid | is_not_time_valid,
                       .issuing = invalid_basic_constraints,
                       .root = is_untrusted_root});
    check_policy(v, "TRUST_E_CERT_SIGNATURE");
}

// ---- explicit distrust ----

BOOST_AUTO_TEST_CASE(distrusted_leaf) {
    const auto v = spoiled([](auto&) {}).ask({.disallowed = {"mx"}});
    check_elements(v, {.mx = is_explicit_distrust});
    check_policy(v, "CERT_E_UNTRUSTEDROOT");
}

BOOST_AUTO_TEST_CASE(distrusted_intermediate_and_root) {
    const auto w = spoiled([](auto&) {});
    check_elements(w.ask({.disallowed = {"issuing"}}), {.issuing = is_explicit_distrust});
    check_elements(w.ask({.disallowed = {"root"}}), {.root = is_explicit_distrust});
    check_policy(w.ask({.disallowed = {"root"}}), "CERT_E_UNTRUSTEDROOT");
}

// 5.1: the Disallowed store distrusts a certificate, or its key.
BOOST_AUTO_TEST_CASE(a_renewed_certificate_of_a_distrusted_key_is_distrusted) {
    const auto w = spoiled([](auto& r) {
        auto renewed = r.mx;
        renewed.id = "mx, renewed";
        renewed.key.same_as = "mx";
        renewed.not_after = at("2027-01-01");
        r.others = {renewed};
    });
    const auto v = w.ask({.disallowed = {"mx"}, .leaf = "mx, renewed"});
    BOOST_TEST(v.elements.front().error == is_explicit_distrust);
}

// ---- several at once ----

BOOST_AUTO_TEST_CASE(each_element_bears_its_own_bits) {
    const auto v = spoiled([](auto& r) {
                       r.mx.extended_key_usage = usages({certs::eku_client_auth});
                       r.mx.unknown_critical_extension = private_extension;
                       r.issuing.basic->ca = false;
                       r.root.not_after = at("2024-06-01");
                   }).ask();
    check_elements(v, {.mx = is_not_valid_for_usage | has_not_supported_critical_ext,
                       .issuing = invalid_basic_constraints,
                       .root = is_not_time_valid});
    check_policy(v, "CERT_E_WRONG_USAGE");
}

BOOST_AUTO_TEST_CASE(no_certificate_is_no_chain) {
    signature_memo memo;
    const auto v = evaluate({}, memo).value;
    BOOST_TEST(!v.trusted());
    BOOST_TEST(v.elements.empty());
}

// ---- what a good verdict rests on ----

BOOST_AUTO_TEST_CASE(assumptions_are_disclosed) {
    using ids = std::vector<std::string>;
    const auto assumed = [](const test::small_pki& w, bool revocation) {
        store stores;
        stores.roots.push_back({w["root"], root_member::registry});
        question q;
        q.leaf = w["mx"];
        q.presented = {w["issuing"]};
        q.stores = &stores;
        q.at = at("2024-06-03");
        q.usage = certs::eku_server_auth;
        if (revocation)
            q.revocation.scope = revocation_scope::chain_excluding_root;
        signature_memo memo;
        const auto d = evaluate(q, memo);
        BOOST_TEST(d.value.trusted());
        return d.why.assumed;
    };
    const auto good = spoiled([](auto&) {});
    BOOST_TEST(assumed(good, false) == ids{}, boost::test_tools::per_element());
    BOOST_TEST(assumed(good, true) == ids{"chain.revocation.no-distribution-point"},
               boost::test_tools::per_element());
    const auto any = spoiled([](auto& r) { r.mx.extended_key_usage = usages({certs::eku_any}); });
    BOOST_TEST(assumed(any, false) == ids{"chain.usage.any"}, boost::test_tools::per_element());
    const auto old = spoiled([](auto& r) { r.root.version = 1; });
    BOOST_TEST(assumed(old, false) == ids{"chain.basic-constraints.old-root"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
