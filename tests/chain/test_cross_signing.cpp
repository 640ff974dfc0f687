// Two certificates of one issuing CA, with one key: one of them leads to the root, the other one does not.
// Windows explores both (81 of 81 BetterTLS path building cases) and the order in which the peer sends them
// does not matter.
#include "tests/chain/world.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>

using namespace connlab;
using namespace connlab::chain;
using namespace connlab::chain::test;

namespace {

struct broken_alternative {
    std::string name;
    std::function<void(world&, certs::certificate_recipe&)> breaks;
    std::uint32_t bit; // that it alone leads to
};

std::vector<broken_alternative> alternatives() {
    using recipe = certs::certificate_recipe;
    return {
        {"expired", [](world&, recipe& r) { r.not_after = at("2023-01-01"); }, is_not_time_valid},
        {"not yet valid", [](world&, recipe& r) { r.not_before = at("2025-01-01"); }, is_not_time_valid},
        {"wrong usage",
         [](world&, recipe& r) {
             r.extended_key_usage = std::vector<std::string>{std::string(certs::eku_email_protection)};
         },
         is_not_valid_for_usage},
        {"not a CA",
         [](world&, recipe& r) {
             r.basic = certs::basic_constraints{false, {}};
         },
         invalid_basic_constraints},
        {"no basic constraints", [](world&, recipe& r) { r.basic.reset(); }, invalid_basic_constraints},
        {"name-constrained",
         [](world&, recipe& r) {
             certs::general_subtree fabrikam;
             fabrikam.kind = certs::general_name_kind::dns;
             fabrikam.text = "fabrikam.com";
             r.constraints = certs::name_constraints{{fabrikam}, {}};
         },
         has_not_permitted_name_constraint},
        {"under a root that nobody trusts",
         [](world& w, recipe& r) {
             w.root("Elsewhere", "Elsewhere");
             r.issuer = "Elsewhere";
         },
         is_untrusted_root},
    };
}

/// `broken` beside the good `Issuing`; newer, so that age alone would prefer it.
void add_alternative(world& w, const broken_alternative& a) {
    auto& broken = w.authority("Broken", "Root", "Issuing");
    broken.key.same_as = "Issuing";
    broken.not_before = at("2021-01-01");
    a.breaks(w, broken);
}

} // namespace

BOOST_AUTO_TEST_SUITE(cross_signing)

BOOST_AUTO_TEST_CASE(the_broken_alternative_alone_is_refused) {
    for (const auto& a : alternatives()) {
        world w;
        add_alternative(w, a);
        std::vector<std::string> presented{"Broken"};
        if (a.bit == is_untrusted_root)
            presented.emplace_back("Elsewhere");
        const auto v = judged(w.ask("mail", presented)).value;
        BOOST_TEST(!v.trusted(), a.name);
        BOOST_TEST(v.error == a.bit, a.name);
    }
}

BOOST_AUTO_TEST_CASE(the_good_path_is_found_in_both_orders) {
    for (const auto& a : alternatives()) {
        world w;
        add_alternative(w, a);
        const auto first = judged(w.ask("mail", {"Issuing", "Broken"}));
        const auto second = judged(w.ask("mail", {"Broken", "Issuing"}));
        for (const auto* d : {&first, &second}) {
            BOOST_TEST(d->value.trusted(), a.name);
            BOOST_TEST(path_of(d->value) == "Root → Issuing → mail.contoso.com", a.name);
            BOOST_TEST((d->value.elements.at(1).cert == w.cert("Issuing")), a.name);
            BOOST_REQUIRE_MESSAGE(d->value.rejected.size() == 1U, a.name);
            BOOST_TEST(!d->value.rejected.front().why.empty(), a.name);
        }
        BOOST_TEST(first.value.rejected.front().name == second.value.rejected.front().name, a.name);
        BOOST_TEST(first.value.rejected.front().why == second.value.rejected.front().why, a.name);
    }
}

BOOST_AUTO_TEST_CASE(an_alternative_in_the_stores_counts_like_one_that_was_sent) {
    for (const auto& a : alternatives()) {
        world w;
        add_alternative(w, a);
        w.install("Issuing");
        BOOST_TEST(judged(w.ask("mail", {"Broken"})).value.trusted(), a.name);
    }
}

BOOST_AUTO_TEST_CASE(among_equals_the_newer_issuer_is_preferred) {
    world w;
    auto& newer = w.authority("Newer", "Root", "Issuing");
    newer.key.same_as = "Issuing";
    newer.not_before = at("2022-01-01");
    for (const auto& presented :
         std::vector<std::vector<std::string>>{{"Issuing", "Newer"}, {"Newer", "Issuing"}}) {
        const auto v = judged(w.ask("mail", presented)).value;
        BOOST_TEST((v.elements.at(1).cert == w.cert("Newer")));
    }
}

BOOST_AUTO_TEST_CASE(a_root_that_another_root_signed_ends_where_trust_is) {
    world w;
    w.root("Old", "Old Root");
    auto& cross = w.authority("Cross", "Old", "Root");
    cross.key.same_as = "Root";
    const auto v = judged(w.ask("mail", {"Issuing", "Cross"})).value;
    BOOST_TEST(v.trusted());
    BOOST_TEST(path_of(v) == "Root → Issuing → mail.contoso.com");

    world other; // the same, seen by one who knows the old root alone
    other.root("Old", "Old Root");
    auto& same = other.authority("Cross", "Old", "Root");
    same.key.same_as = "Root";
    other.trust("Old");
    auto q = other.ask("mail", {"Issuing", "Cross"});
    auto old_alone = *q.stores;
    std::erase_if(old_alone.roots, [&](const auto& r) { return r.cert == other.cert("Root"); });
    q.stores = &old_alone;
    BOOST_TEST(path_of(judged(q).value) == "Old Root → Root → Issuing → mail.contoso.com");
    BOOST_TEST(judged(q).value.trusted());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(retrievals)

BOOST_AUTO_TEST_CASE(a_missing_issuer_is_wanted_and_used_when_fetched) {
    world w;
    w.recipe("mail").issuer_urls = {"http://pki.example/issuing.crt"};
    auto q = w.ask("mail", {});
    const auto first = judged(q);
    BOOST_TEST(first.value.error == is_partial_chain);
    BOOST_REQUIRE(first.value.wanted.size() == 1U);
    BOOST_TEST((first.value.wanted.front() ==
                retrieval{retrieval::kind::issuer, "http://pki.example/issuing.crt", 0}));
    BOOST_TEST(first.why.assumed == std::vector<std::string>{"chain.path.issuer-not-fetched"},
               boost::test_tools::per_element());
    q.answers.push_back({first.value.wanted.front(), w.cert("Issuing").der()});
    const auto second = judged(q);
    BOOST_TEST(second.value.trusted());
    BOOST_TEST(second.value.wanted.empty());
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_certificate_changes_nothing) {
    world w;
    w.recipe("mail").issuer_urls = {"http://pki.example/issuing.crt"};
    auto q = w.ask("mail", {});
    for (const auto* body : {"", "<html>404</html>"}) {
        q.answers = {{{retrieval::kind::issuer, "http://pki.example/issuing.crt", 0}, body}};
        BOOST_TEST(judged(q).value.error == is_partial_chain);
        BOOST_TEST(judged(q).value.wanted.empty()); // it was asked for once
    }
}

BOOST_AUTO_TEST_CASE(distribution_points_are_wanted_and_count_as_good_by_an_assumption) {
    world w;
    w.recipe("mail").crl_urls = {"http://pki.example/issuing.crl"};
    w.recipe("Issuing").ocsp_urls = {"http://ocsp.example"};
    w.recipe("Root").crl_urls = {"http://pki.example/root.crl"}; // the root is not checked
    auto q = w.ask("mail", {"Issuing"});
    BOOST_TEST(judged(q).value.wanted.empty());
    q.check_revocation = true;
    const auto d = judged(q);
    BOOST_TEST(d.value.trusted());
    BOOST_TEST(
        (d.value.wanted == std::vector<retrieval>{{retrieval::kind::crl, "http://pki.example/issuing.crl", 0},
                                                  {retrieval::kind::ocsp, "http://ocsp.example", 1}}));
    BOOST_TEST(d.why.assumed == std::vector<std::string>{"chain.revocation.assumed-good"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
