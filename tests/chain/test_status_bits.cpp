// Each documented status bit, on the element that bears it (Schannel sheet 5.3, 5.5, 5.6).
#include "tests/chain/small_pki.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::chain {
namespace {

using certs::basic_constraints;
using certs::key_kind;
using test::at;
using test::check_elements;
using test::setting;
using test::spoiled;

constexpr const char* private_extension = "1.3.6.1.4.1.99999.1";

std::vector<std::string> usages(std::initializer_list<std::string_view> oids) {
    return {oids.begin(), oids.end()};
}

void check_policy(const verdict& v, std::string_view error) {
    BOOST_TEST(to_string(v.policy) == error);
    BOOST_TEST(v.trusted() == error.empty());
}

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

// ---- usage ----

BOOST_AUTO_TEST_CASE(wrong_usage_of_the_leaf) {
    const auto w = spoiled([](auto& r) { r.mx.extended_key_usage = usages({certs::eku_client_auth}); });
    const auto v = w.ask();
    check_elements(v, {.mx = is_not_valid_for_usage});
    check_policy(v, "CERT_E_WRONG_USAGE");
    check_policy(w.ask({.usage = std::string(certs::eku_client_auth)}), "");
    check_policy(w.ask({.usage = {}}), "");
}

BOOST_AUTO_TEST_CASE(no_usage_extension_allows_every_usage) {
    const auto w = spoiled([](auto& r) { r.mx.extended_key_usage.reset(); });
    check_policy(w.ask(), "");
    check_policy(w.ask({.usage = std::string(certs::eku_client_auth)}), "");
}

BOOST_AUTO_TEST_CASE(any_usage_allows_every_usage) {
    const auto w = spoiled([](auto& r) { r.mx.extended_key_usage = usages({certs::eku_any}); });
    check_elements(w.ask(), {});
    check_policy(w.ask({.usage = std::string(certs::eku_email_protection)}), "");
}

BOOST_AUTO_TEST_CASE(any_usage_of_an_intermediate_takes_nothing_away) {
    check_elements(spoiled([](auto& r) { r.issuing.extended_key_usage = usages({certs::eku_any}); }).ask(),
                   {});
}

BOOST_AUTO_TEST_CASE(usages_nest) {
    const auto v =
        spoiled([](auto& r) { r.issuing.extended_key_usage = usages({certs::eku_email_protection}); }).ask();
    BOOST_TEST((v.error & is_not_valid_for_usage) != 0U);
    BOOST_TEST(v.elements[1].error == is_not_valid_for_usage);
    check_policy(v, "CERT_E_WRONG_USAGE");
    check_elements(
        spoiled([](auto& r) {
            r.issuing.extended_key_usage = usages({certs::eku_email_protection, certs::eku_server_auth});
        }).ask(),
        {});
}

// 5.5: leaf key usage is not checked by chain building.
BOOST_AUTO_TEST_CASE(key_usage_of_the_leaf_is_ignored) {
    check_elements(spoiled([](auto& r) { r.mx.key_usage = certs::crl_sign; }).ask(), {});
}

BOOST_AUTO_TEST_CASE(issuer_without_cert_sign) {
    const auto v = spoiled([](auto& r) { r.issuing.key_usage = certs::crl_sign; }).ask();
    check_elements(v, {.issuing = is_not_valid_for_usage});
    check_policy(v, "CERT_E_WRONG_USAGE");
}

BOOST_AUTO_TEST_CASE(issuer_without_key_usage_may_sign) {
    check_elements(spoiled([](auto& r) { r.issuing.key_usage.reset(); }).ask(), {});
}

// ---- basic constraints ----

BOOST_AUTO_TEST_CASE(issuer_that_is_not_a_ca) {
    const auto v = spoiled([](auto& r) { r.issuing.basic = basic_constraints{}; }).ask();
    check_elements(v, {.issuing = invalid_basic_constraints});
    check_policy(v, "TRUST_E_BASIC_CONSTRAINTS");
}

BOOST_AUTO_TEST_CASE(issuer_without_basic_constraints) {
    const auto v = spoiled([](auto& r) { r.issuing.basic.reset(); }).ask();
    check_elements(v, {.issuing = invalid_basic_constraints});
    check_policy(v, "TRUST_E_BASIC_CONSTRAINTS");
}

// 5.5 asks it of issuers of version 3; before that there was no extension to carry it.
BOOST_AUTO_TEST_CASE(root_without_basic_constraints) {
    const auto v = spoiled([](auto& r) { r.root.basic.reset(); }).ask();
    check_elements(v, {.root = invalid_basic_constraints});
    check_elements(spoiled([](auto& r) { r.root.version = 1; }).ask(), {});
}

// RFC 5280 6.1.4 (k): nobody vouches for an intermediate of version 1 as a CA.
BOOST_AUTO_TEST_CASE(intermediate_of_version_1_is_no_ca) {
    check_elements(spoiled([](auto& r) { r.issuing.version = 1; }).ask(),
                   {.issuing = invalid_basic_constraints});
}

BOOST_AUTO_TEST_CASE(leaf_without_basic_constraints_is_fine) {
    check_elements(spoiled([](auto& r) { r.mx.basic.reset(); }).ask(), {});
}

BOOST_AUTO_TEST_CASE(path_length_exceeded) {
    const auto v = spoiled([](auto& r) { r.root.basic->path_length = 0; }).ask();
    BOOST_TEST(v.error == invalid_basic_constraints);
    check_policy(v, "TRUST_E_BASIC_CONSTRAINTS");
}

BOOST_AUTO_TEST_CASE(path_length_kept) {
    check_elements(spoiled([](auto& r) {
                       r.root.basic->path_length = 1;
                       r.issuing.basic->path_length = 0;
                   }).ask(),
                   {});
}

// ---- critical extensions ----

BOOST_AUTO_TEST_CASE(unknown_critical_extension_of_the_leaf) {
    const auto v = spoiled([](auto& r) { r.mx.unknown_critical_extension = private_extension; }).ask();
    check_elements(v, {.mx = has_not_supported_critical_ext});
    check_policy(v, "CERT_E_CRITICAL");
}

BOOST_AUTO_TEST_CASE(unknown_critical_extension_of_an_intermediate) {
    const auto v = spoiled([](auto& r) { r.issuing.unknown_critical_extension = private_extension; }).ask();
    check_elements(v, {.issuing = has_not_supported_critical_ext});
    check_policy(v, "CERT_E_CRITICAL");
}

// ---- weak keys and hashes: the bits are assumed, that the chain fails is not ----

BOOST_AUTO_TEST_CASE(rsa_below_1024_bits_fails_below_the_root) {
    const auto leaf = spoiled([](auto& r) { r.mx.key.bits = 768; }).ask();
    BOOST_TEST((leaf.elements[0].error & has_weak_signature) != 0U);
    BOOST_TEST((leaf.elements[1].error | leaf.elements[2].error) == 0U);
    BOOST_TEST(!leaf.trusted());
    const auto middle = spoiled([](auto& r) { r.issuing.key.bits = 768; }).ask();
    BOOST_TEST((middle.elements[1].error & has_weak_signature) != 0U);
    BOOST_TEST((middle.elements[0].error | middle.elements[2].error) == 0U);
    BOOST_TEST(!middle.trusted());
}

BOOST_AUTO_TEST_CASE(rsa_below_1024_bits_passes_at_the_root) {
    check_elements(spoiled([](auto& r) { r.root.key.bits = 768; }).ask(), {});
}

BOOST_AUTO_TEST_CASE(rsa_of_1024_bits_passes) {
    check_elements(spoiled([](auto& r) {
                       r.mx.key.bits = r.issuing.key.bits = r.root.key.bits = 1024;
                   }).ask({.member = root_member::public_programme}),
                   {});
}

BOOST_AUTO_TEST_CASE(sha1_and_md5_pass_under_a_private_root) {
    for (const char* hash : {"SHA1", "MD5"})
        for (const auto member :
             {root_member::registry, root_member::enterprise, root_member::group_policy}) {
            const auto w = spoiled([&](auto& r) { r.mx.hash = r.issuing.hash = r.root.hash = hash; });
            check_elements(w.ask({.member = member}), {});
        }
}

BOOST_AUTO_TEST_CASE(sha1_and_md5_fail_under_a_root_of_the_public_programme) {
    for (const char* hash : {"SHA1", "MD5"}) {
        const auto leaf =
            spoiled([&](auto& r) { r.mx.hash = hash; }).ask({.member = root_member::public_programme});
        BOOST_TEST((leaf.elements[0].error & has_weak_signature) != 0U);
        BOOST_TEST((leaf.elements[1].error | leaf.elements[2].error) == 0U);
        BOOST_TEST(!leaf.trusted());
        const auto middle =
            spoiled([&](auto& r) { r.issuing.hash = hash; }).ask({.member = root_member::public_programme});
        BOOST_TEST((middle.elements[1].error & has_weak_signature) != 0U);
        BOOST_TEST(!middle.trusted());
    }
}

// Nobody verifies a root's own signature for its trust.
BOOST_AUTO_TEST_CASE(a_public_root_itself_may_be_signed_with_sha1) {
    check_elements(
        spoiled([](auto& r) { r.root.hash = "SHA1"; }).ask({.member = root_member::public_programme}), {});
}

BOOST_AUTO_TEST_CASE(elliptic_curves_of_schannel_pass) {
    for (const int bits : {256, 384, 521})
        check_elements(spoiled([&](auto& r) {
                           r.root.key = {key_kind::ec, bits, "", false};
                           r.issuing.key = r.root.key;
                           r.mx.key = r.root.key;
                       }).ask(),
                       {});
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
        q.check_revocation = revocation;
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
