// The order and the duplicates of what a peer sends do not matter (Schannel sheet 5.2, item 1): the verdict
// is the same to the last word.
#include "tests/chain/small_pki.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>
#include <random>

namespace connlab::chain {
namespace {

using test::at;
using test::printed;
using test::recipes;
using test::setting;
using test::small_pki;

using ids = std::vector<std::string>;

/// Deterministic on every machine, unlike std::shuffle.
void shuffle(ids& list, std::mt19937& dice) {
    for (std::size_t i = list.size(); i > 1; --i)
        std::swap(list[i - 1], list[dice() % i]);
}

/// Some of them twice or three times.
ids with_duplicates(ids list, std::mt19937& dice) {
    const auto once = list;
    for (const auto& id : once)
        for (std::size_t again = dice() % 3; again > 0; --again)
            list.push_back(id);
    return list;
}

void the_order_does_not_matter(const small_pki& w, const setting& s, unsigned seed) {
    std::mt19937 dice(seed);
    const auto expected = printed(w.decide(s));
    for (int round = 0; round < 30; ++round) {
        auto shuffled = s;
        if (round % 2 == 1)
            shuffled.presented = with_duplicates(shuffled.presented, dice);
        shuffle(shuffled.presented, dice);
        shuffle(shuffled.intermediates, dice);
        BOOST_TEST_REQUIRE(printed(w.decide(shuffled)) == expected, "seed " << seed << ", round " << round);
    }
}

/// Many ways up, good and bad ones, and certificates that have nothing to do with the leaf.
recipes crowded() {
    recipes r;
    const auto add = [&](const char* id, const char* issuer, auto change) {
        auto twin = r.twin(id, issuer);
        change(twin);
        r.others.push_back(twin);
    };
    r.others = {test::root_named("other"), test::root_named("stranger")};
    auto cross = certs::intermediate_ca("cross", "other", r.root.subject, at("2021-01-01"), at("2029-01-01"));
    cross.key.same_as = "root";
    r.others.push_back(cross);
    add("twin", "root", [](auto&) {});
    add("expired", "root", [](auto& c) { c.not_after = at("2023-01-01"); });
    add("other issuing", "other", [](auto& c) { c.not_before = at("2022-01-01"); });
    add("not a ca", "root", [](auto& c) { c.basic = certs::basic_constraints{}; });
    add("corrupt", "root", [](auto& c) { c.corrupt_signature = true; });
    for (const char* id : {"renewed 1", "renewed 2", "renewed 3"}) { // the name alone: another key
        add(id, "root", [](auto& c) { c.key.same_as.clear(); });
    }
    for (const char* id : {"unmarked 1", "unmarked 2"}) {
        add(id, "root", [](auto& c) {
            c.key.same_as.clear();
            c.subject_key_identifier = false;
        });
    }
    auto unrelated = r.mx;
    unrelated.id = "unrelated";
    unrelated.issuer = "stranger";
    r.others.push_back(unrelated);
    return r;
}

const ids everything{"issuing",   "twin",  "expired",    "other issuing", "not a ca",  "corrupt",
                     "cross",     "other", "stranger",   "unrelated",     "renewed 1", "renewed 2",
                     "renewed 3", "root",  "unmarked 1", "unmarked 2",    "mx"};

} // namespace

BOOST_AUTO_TEST_SUITE(presentation)

BOOST_AUTO_TEST_CASE(order_and_duplicates_do_not_matter) {
    const small_pki w(crowded());
    the_order_does_not_matter(w, {.presented = everything}, 1);
    the_order_does_not_matter(w, {.roots = {"other"}, .presented = everything}, 2);
    the_order_does_not_matter(w, {.roots = {"root", "other"}, .presented = everything}, 3);
    the_order_does_not_matter(w, {.roots = {}, .presented = everything}, 4);
    the_order_does_not_matter(w, {.presented = everything, .when = "2031-01-01"}, 5);
    the_order_does_not_matter(w, {.presented = everything, .disallowed = {"issuing"}}, 6);
    the_order_does_not_matter(w, {.presented = {}, .intermediates = everything}, 7);
}

BOOST_AUTO_TEST_CASE(order_does_not_matter_where_no_path_is_good) {
    const small_pki w(crowded());
    the_order_does_not_matter(w, {.presented = {"expired", "not a ca", "corrupt", "renewed 1"}}, 11);
    the_order_does_not_matter(w, {.presented = {"renewed 1", "renewed 2", "renewed 3"}}, 12);
    the_order_does_not_matter(
        w, {.roots = {"stranger"}, .presented = {"issuing", "twin", "other issuing", "cross"}}, 13);
    the_order_does_not_matter(w, {.presented = {"unmarked 1", "unmarked 2"}}, 14);
}

BOOST_AUTO_TEST_CASE(what_is_not_needed_changes_nothing_but_the_roads_not_taken) {
    const small_pki w(crowded());
    const auto alone = w.ask({.presented = {"issuing"}});
    const auto crowd = w.ask({.presented = {"unrelated", "issuing", "stranger", "mx"}});
    BOOST_TEST(w.path_of(crowd) == w.path_of(alone));
    BOOST_TEST(crowd.rejected.empty());
    BOOST_TEST(crowd.trusted());
}

// The good path is taken wherever one is: any subset that holds it.
BOOST_AUTO_TEST_CASE(a_good_path_among_any_others_is_found) {
    const small_pki w(crowded());
    std::mt19937 dice(20240603);
    for (int round = 0; round < 60; ++round) {
        auto presented = everything;
        shuffle(presented, dice);
        presented.resize(dice() % presented.size());
        const auto holds = [&](const char* id) {
            return std::find(presented.begin(), presented.end(), id) != presented.end();
        };
        const bool direct = holds("issuing") || holds("twin");
        BOOST_TEST(w.ask({.presented = presented}).trusted() == direct, "round " << round);
        const bool by_other = holds("other issuing") || (direct && holds("cross"));
        BOOST_TEST(w.ask({.roots = {"other"}, .presented = presented}).trusted() == by_other,
                   "round " << round);
    }
}

// One memo for many verdicts judges as a new one does.
BOOST_AUTO_TEST_CASE(a_memo_is_never_a_judgement) {
    const small_pki w(crowded());
    signature_memo shared;
    for (const auto& presented : {everything, ids{"issuing"}, ids{"corrupt"}, ids{}, ids{"renewed 1"}}) {
        store stores;
        stores.roots.push_back({w["root"], root_member::registry});
        question q;
        q.leaf = w["mx"];
        for (const auto& id : presented)
            q.presented.push_back(w[id]);
        q.stores = &stores;
        q.at = at("2024-06-03");
        signature_memo fresh;
        BOOST_TEST(printed(evaluate(q, shared)) == printed(evaluate(q, fresh)));
    }
}

BOOST_AUTO_TEST_SUITE_END()

// The roads not taken of a cross-signed issuing CA are named, with what is wrong with them.
BOOST_AUTO_TEST_SUITE(losing_paths)

BOOST_AUTO_TEST_CASE(each_names_its_fault) {
    struct row {
        const char* what;
        std::function<void(recipes&, certs::certificate_recipe&)> spoil;
        const char* why;
    };
    const row table[] = {
        {"expired", [](recipes&, auto& c) { c.not_after = at("2024-01-01"); }, "IS_NOT_TIME_VALID"},
        {"wrong usage",
         [](recipes&, auto& c) {
             c.extended_key_usage = std::vector{std::string(certs::eku_email_protection)};
         },
         "IS_NOT_VALID_FOR_USAGE"},
        {"no CA", [](recipes&, auto& c) { c.basic->ca = false; }, "INVALID_BASIC_CONSTRAINTS"},
        {"no basic constraints", [](recipes&, auto& c) { c.basic.reset(); }, "INVALID_BASIC_CONSTRAINTS"},
        {"no keyCertSign", [](recipes&, auto& c) { c.key_usage = certs::crl_sign; },
         "IS_NOT_VALID_FOR_USAGE"},
        {"unknown critical extension",
         [](recipes&, auto& c) { c.unknown_critical_extension = test::private_extension; },
         "HAS_NOT_SUPPORTED_CRITICAL_EXT"},
        {"bad signature", [](recipes&, auto& c) { c.corrupt_signature = true; }, "IS_NOT_SIGNATURE_VALID"},
        {"constrained",
         [](recipes&, auto& c) {
             c.constraints =
                 certs::name_constraints{{{certs::general_name_kind::dns, "fabrikam.com", {}, false}}, {}};
         },
         "HAS_NOT_PERMITTED_NAME_CONSTRAINT"},
        {"untrusted root",
         [](recipes& r, auto& c) {
             r.others.push_back(test::root_named("other"));
             c.issuer = "other";
         },
         "IS_UNTRUSTED_ROOT"},
    };
    for (const auto& r : table)
        for (const char* born : {"2018-01-01", "2023-06-01"}) { // older than the good one, and newer
            const auto w = test::spoiled([&](recipes& all) {
                auto bad = all.twin("bad", "root");
                bad.not_before = at(born);
                r.spoil(all, bad);
                all.others.push_back(bad);
            });
            ids presented{"issuing", "bad"};
            if (std::string_view(r.what) == "untrusted root")
                presented.emplace_back("other");
            const auto first = w.decide({.presented = presented, .host = "mail.contoso.com"});
            std::reverse(presented.begin(), presented.end());
            const auto second = w.decide({.presented = presented, .host = "mail.contoso.com"});
            BOOST_TEST(printed(first) == printed(second), r.what);
            BOOST_TEST(first.value.trusted(), r.what);
            BOOST_TEST(first.value.error == 0U, r.what);
            BOOST_TEST(w.path_of(first.value) == "mx issuing root", r.what);
            BOOST_TEST_REQUIRE(first.value.rejected.size() == 1U, r.what);
            const auto& lost = first.value.rejected.front();
            BOOST_TEST(!lost.chosen);
            BOOST_TEST(lost.name.find("CN=issuing") != std::string::npos, lost.name);
            BOOST_TEST(lost.why.find(r.why) != std::string::npos, r.what << ": " << lost.why);
        }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
