// Whether a certificate may do what it does: usages, CAs, critical extensions, keys and hashes (Schannel
// sheet 5.5, 5.6).
#include "tests/chain/small_pki.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::chain {
namespace {

using certs::basic_constraints;
using certs::key_kind;
using test::check_elements;
using test::check_policy;
using test::private_extension;
using test::spoiled;
using test::usages;

} // namespace

BOOST_AUTO_TEST_SUITE(fitness)

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

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
