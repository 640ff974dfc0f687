// Two certificates of one issuing CA, with one key: one of them leads to the root, the other one does not.
// Windows explores both (81 of 81 BetterTLS path building cases) and the order in which the peer sends them
// does not matter.
#include "tests/chain/small_pki.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>

namespace connlab::chain {
namespace {

using certs::certificate_recipe;
using test::at;
using test::small_pki;

struct broken_alternative {
    std::string name;
    std::function<void(certificate_recipe&)> breaks;
    std::uint32_t bit; // that it alone leads to
};

std::vector<broken_alternative> alternatives() {
    return {
        {"expired", [](auto& r) { r.not_after = at("2023-01-01"); }, is_not_time_valid},
        {"not yet valid", [](auto& r) { r.not_before = at("2025-01-01"); }, is_not_time_valid},
        {"wrong usage",
         [](auto& r) {
             r.extended_key_usage = std::vector<std::string>{std::string(certs::eku_email_protection)};
         },
         is_not_valid_for_usage},
        {"not a CA",
         [](auto& r) {
             r.basic = certs::basic_constraints{false, {}};
         },
         invalid_basic_constraints},
        {"no basic constraints", [](auto& r) { r.basic.reset(); }, invalid_basic_constraints},
        {"name-constrained",
         [](auto& r) {
             certs::general_subtree fabrikam;
             fabrikam.kind = certs::general_name_kind::dns;
             fabrikam.text = "fabrikam.com";
             r.constraints = certs::name_constraints{{fabrikam}, {}};
         },
         has_not_permitted_name_constraint},
        {"under a root that nobody trusts", [](auto& r) { r.issuer = "elsewhere"; }, is_untrusted_root},
    };
}

/// `broken` beside the good `issuing`; newer, so that age alone would prefer it.
small_pki with_alternative(const broken_alternative& a) {
    test::recipes r;
    auto broken = r.twin("broken", "root");
    broken.not_before = at("2021-01-01");
    a.breaks(broken);
    r.others = {broken, test::root_named("elsewhere")};
    return small_pki(r);
}

} // namespace

BOOST_AUTO_TEST_SUITE(cross_signing)

BOOST_AUTO_TEST_CASE(the_broken_alternative_alone_is_refused) {
    for (const auto& a : alternatives()) {
        const auto v = with_alternative(a).ask({.presented = {"broken", "elsewhere"}});
        BOOST_TEST(!v.trusted(), a.name);
        BOOST_TEST(v.error == a.bit, a.name);
    }
}

BOOST_AUTO_TEST_CASE(the_good_path_is_found_in_both_orders) {
    for (const auto& a : alternatives()) {
        const auto w = with_alternative(a);
        const auto first = w.decide({.presented = {"issuing", "broken"}});
        const auto second = w.decide({.presented = {"broken", "issuing"}});
        BOOST_TEST(first.value.trusted(), a.name);
        BOOST_TEST(w.path_of(first.value) == "mx issuing root", a.name);
        BOOST_TEST_REQUIRE(first.value.rejected.size() == 1U, a.name);
        const auto& lost = first.value.rejected.front();
        BOOST_TEST((lost.name.find(w["broken"].thumbprint().substr(0, 8)) != std::string::npos), lost.name);
        BOOST_TEST(!lost.why.empty(), a.name);
        BOOST_TEST(test::printed(first) == test::printed(second), a.name);
    }
}

BOOST_AUTO_TEST_CASE(an_alternative_in_the_stores_counts_like_one_that_was_sent) {
    for (const auto& a : alternatives())
        BOOST_TEST(with_alternative(a).ask({.presented = {"broken"}, .intermediates = {"issuing"}}).trusted(),
                   a.name);
}

BOOST_AUTO_TEST_CASE(a_root_that_another_root_signed_ends_where_trust_is) {
    test::recipes r;
    auto cross = certs::intermediate_ca("cross", "old", r.root.subject, at("2020-01-01"), at("2030-01-01"));
    cross.key.same_as = "root";
    r.others = {test::root_named("old"), cross};
    const small_pki w(r);
    const auto newer = w.ask({.presented = {"issuing", "cross"}});
    BOOST_TEST(newer.trusted());
    BOOST_TEST(w.path_of(newer) == "mx issuing root");
    const auto older = w.ask({.roots = {"old"}, .presented = {"issuing", "cross"}});
    BOOST_TEST(older.trusted());
    BOOST_TEST(w.path_of(older) == "mx issuing cross old");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
