// Candidate paths (Schannel sheet 5.2): every one, each to a self-signed certificate; how an issuer matched.
#include "sim/chain/path_builder.hpp"
#include "tests/chain/small_pki.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>

namespace connlab::chain {
namespace {

using test::recipes;
using test::spoiled;

constexpr std::uint32_t match_bits = has_exact_match_issuer | has_key_match_issuer | has_name_match_issuer;

built_paths built(const test::small_pki& w, const std::vector<std::string>& presented) {
    store stores;
    stores.roots.push_back({w["root"], root_member::registry});
    question q;
    q.leaf = w["mx"];
    for (const auto& id : presented)
        q.presented.push_back(w[id]);
    q.stores = &stores;
    q.at = test::at("2024-06-03");
    signature_memo memo;
    auto out = build_paths(q, memo);
    for (auto& p : out.all) // what they point to ends here
        for (auto& l : p.links) {
            l.cert = nullptr;
            l.root = nullptr;
        }
    out.did_not_sign.clear();
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(path_builder)

BOOST_AUTO_TEST_CASE(key_identifiers_that_agree_are_a_key_match) {
    const auto v = spoiled([](auto&) {}).ask();
    BOOST_TEST((v.elements[0].info & match_bits) == has_key_match_issuer);
    BOOST_TEST((v.elements[1].info & match_bits) == has_key_match_issuer);
    BOOST_TEST((v.elements[0].info & is_self_signed) == 0U);
    BOOST_TEST((v.elements[2].info & is_self_signed) == is_self_signed);
}

BOOST_AUTO_TEST_CASE(without_key_identifiers_the_name_matches) {
    const auto v = spoiled([](auto& r) {
                       r.mx.authority_key_identifier = false;
                       r.root.subject_key_identifier = false;
                       r.issuing.authority_key_identifier = false;
                   }).ask();
    BOOST_TEST((v.elements[0].info & match_bits) == has_name_match_issuer);
    BOOST_TEST((v.elements[1].info & match_bits) == has_name_match_issuer);
    BOOST_TEST(v.trusted());
}

BOOST_AUTO_TEST_CASE(the_quality_of_a_match) {
    const auto w = spoiled([](recipes& r) {
        auto renewed = r.issuing; // the same name, another key
        renewed.id = "renewed";
        auto plain = r.twin("plain", "root");
        plain.subject_key_identifier = false;
        r.others = {renewed, plain};
    });
    BOOST_TEST((match_of(w["mx"], w["issuing"]) == match_quality::key_identifier));
    BOOST_TEST((match_of(w["mx"], w["plain"]) == match_quality::name));
    BOOST_TEST((match_of(w["mx"], w["renewed"]) == match_quality::contradicted));
}

// The issuing CA was renewed with another key: only the old certificate made the leaf's signature.
BOOST_AUTO_TEST_CASE(a_renewed_issuer_with_another_key_does_not_disturb) {
    const auto w = spoiled([](recipes& r) {
        auto renewed = r.issuing;
        renewed.id = "renewed";
        renewed.not_before = test::at("2024-01-01");
        r.others = {renewed};
    });
    for (const auto& presented :
         std::vector<std::vector<std::string>>{{"issuing", "renewed"}, {"renewed", "issuing"}}) {
        const auto v = w.ask({.presented = presented});
        BOOST_TEST(w.path_of(v) == "mx issuing root");
        BOOST_TEST(v.trusted());
        BOOST_TEST_REQUIRE(v.rejected.size() == 1U); // and it is said why the other one was not taken
        BOOST_TEST(v.rejected.front().why.find(w["renewed"].thumbprint()) != std::string::npos);
    }
}

// 5.5: no certificate at hand made the signature.
BOOST_AUTO_TEST_CASE(an_issuer_of_the_right_name_and_wrong_key_is_a_bad_signature) {
    const auto w = spoiled([](recipes& r) {
        auto renewed = r.issuing;
        renewed.id = "renewed";
        r.others = {renewed};
    });
    const auto v = w.ask({.presented = {"renewed"}});
    BOOST_TEST(w.path_of(v) == "mx renewed root");
    BOOST_TEST(v.elements.front().error == is_not_signature_valid);
}

BOOST_AUTO_TEST_CASE(names_chain_without_regard_to_case_and_blanks) {
    const auto w = spoiled([](recipes& r) {
        r.root.subject = test::common_name("The  Root");
        auto renamed = r.twin("renamed", "root");
        renamed.subject = test::common_name("ISSUING ");
        r.others = {renamed};
    });
    const auto v = w.ask({.presented = {"renamed"}});
    BOOST_TEST(w.path_of(v) == "mx renamed root");
    BOOST_TEST(v.trusted());
}

BOOST_AUTO_TEST_CASE(every_combination_is_a_path) {
    const auto w = spoiled([](recipes& r) {
        auto cross = certs::intermediate_ca("cross", "other", r.root.subject, test::at("2020-01-01"),
                                            test::at("2030-01-01"));
        cross.key.same_as = "root";
        r.others = {r.twin("twin", "root"), test::root_named("other"), cross};
    });
    BOOST_TEST(built(w, {}).all.size() == 1U);
    BOOST_TEST((built(w, {}).all.front().end == path_end::no_issuer));
    BOOST_TEST(built(w, {"issuing"}).all.size() == 1U);
    BOOST_TEST(built(w, {"issuing", "twin"}).all.size() == 2U);
    // two issuing CAs, each under the root itself and under the root that the other one cross-signed
    const auto all = built(w, {"issuing", "twin", "cross", "other"}).all;
    BOOST_TEST(all.size() == 4U);
    BOOST_TEST(std::all_of(all.begin(), all.end(), [](const path& p) { return p.complete(); }));
    BOOST_TEST(std::count_if(all.begin(), all.end(), [](const path& p) { return p.links.size() == 4; }) == 2);
}

// Two roots that signed one another: the search ends, and where one of them is trusted the chain is good.
BOOST_AUTO_TEST_CASE(roots_that_cross_signed_one_another) {
    const auto w = spoiled([](recipes& r) {
        const auto cross = [&](const char* id, const char* issuer, const char* owner) {
            auto out = certs::intermediate_ca(id, issuer, test::common_name(owner), test::at("2020-01-01"),
                                              test::at("2030-01-01"));
            out.key.same_as = owner;
            return out;
        };
        r.others = {test::root_named("other"), cross("root by other", "other", "root"),
                    cross("other by root", "root", "other")};
    });
    const std::vector<std::string> all{"issuing", "root by other", "other by root", "other", "root"};
    BOOST_TEST(w.path_of(w.ask({.presented = all})) == "mx issuing root");
    const auto v = w.ask({.roots = {"other"}, .presented = all});
    BOOST_TEST(w.path_of(v) == "mx issuing root by other other");
    BOOST_TEST(v.trusted());
    const auto cycle = w.ask({.roots = {}, .presented = {"issuing", "root by other", "other by root"}});
    BOOST_TEST((cycle.error & is_partial_chain) != 0U);
    BOOST_TEST(!cycle.trusted());
}

BOOST_AUTO_TEST_CASE(a_trusted_root_outranks_everything_else) {
    // The good path ends in a root that nobody trusts; the one under the trusted root has expired.
    const auto w = spoiled([](recipes& r) {
        auto expired = r.twin("expired", "root");
        expired.not_after = test::at("2024-01-01");
        r.issuing.issuer = "other";
        r.others = {test::root_named("other"), expired};
    });
    for (const auto& presented : std::vector<std::vector<std::string>>{{"issuing", "other", "expired"},
                                                                       {"expired", "other", "issuing"}}) {
        const auto v = w.ask({.presented = presented});
        BOOST_TEST(w.path_of(v) == "mx expired root");
        BOOST_TEST(to_string(v.policy) == "CERT_E_EXPIRED");
    }
}

// Ranking (5.2, item 4): no weak, time or usage error goes before all other errors.
BOOST_AUTO_TEST_CASE(a_time_error_is_worse_than_one_of_basic_constraints) {
    const auto w = spoiled([](recipes& r) {
        auto expired = r.twin("expired", "root");
        expired.not_after = test::at("2024-01-01");
        r.issuing.basic->ca = false;
        r.others = {expired};
    });
    BOOST_TEST(w.path_of(w.ask({.presented = {"expired", "issuing"}})) == "mx issuing root");
    BOOST_TEST(w.path_of(w.ask({.presented = {"issuing", "expired"}})) == "mx issuing root");
}

// A path goes to a self-signed certificate where it can (5.2, item 3): what is at hand of an untrusted one is
// told, not what is missing of the other one.
BOOST_AUTO_TEST_CASE(a_whole_path_goes_before_a_partial_one) {
    const auto w = spoiled([](recipes& r) {
        r.others = {test::root_named("other"), r.twin("twin", "other")};
    });
    for (const auto& presented :
         std::vector<std::vector<std::string>>{{"issuing", "twin", "other"}, {"other", "twin", "issuing"}}) {
        const auto v = w.ask({.roots = {}, .presented = presented});
        BOOST_TEST(w.path_of(v) == "mx twin other");
        BOOST_TEST(to_string(v.policy) == "CERT_E_UNTRUSTEDROOT");
    }
}

// 5.4: explicit distrust ranks with an untrusted root.
BOOST_AUTO_TEST_CASE(a_distrusted_path_is_no_better_than_an_untrusted_one) {
    const auto w = spoiled([](recipes& r) {
        auto cross = certs::intermediate_ca("cross", "other", r.root.subject, test::at("2020-01-01"),
                                            test::at("2030-01-01"));
        cross.key.same_as = "root";
        r.root.not_after = test::at("2024-01-01");
        r.others = {test::root_named("other"), cross};
    });
    const auto v =
        w.ask({.roots = {"root", "other"}, .presented = {"issuing", "cross"}, .disallowed = {"other"}});
    BOOST_TEST(w.path_of(v) == "mx issuing root");
    BOOST_TEST(to_string(v.policy) == "CERT_E_EXPIRED");
}

BOOST_AUTO_TEST_CASE(no_certificate_stands_twice_in_a_path) {
    const auto w = spoiled([](recipes& r) {
        auto one = certs::intermediate_ca("one", "two", test::common_name("one"), test::at("2020-01-01"),
                                          test::at("2030-01-01"));
        auto two = certs::intermediate_ca("two", "three", test::common_name("two"), test::at("2020-01-01"),
                                          test::at("2030-01-01"));
        auto back = certs::intermediate_ca("back", "one", test::common_name("two"), test::at("2020-01-01"),
                                           test::at("2030-01-01"));
        back.key.same_as = "two";
        r.issuing.issuer = "one";
        r.others = {one, two, back, test::root_named("three")};
    });
    const auto v = w.ask({.presented = {"issuing", "one", "back"}});
    BOOST_TEST(w.path_of(v) == "mx issuing one back");
    BOOST_TEST((v.error & is_partial_chain) != 0U);
    BOOST_TEST(w.path_of(w.ask({.roots = {"three"}, .presented = {"issuing", "one", "back", "two"}})) ==
               "mx issuing one two three");
}

// ---- self-issued: a CA's new key, signed by its old one ----

/// mx → issuing → rollover → root, where rollover and root have one name and two keys.
test::small_pki rolled_over(bool identifiers,
                            const std::function<void(recipes&, certs::certificate_recipe&)>& change) {
    return spoiled([&](recipes& r) {
        auto rollover = certs::intermediate_ca("rollover", "root", r.root.subject, test::at("2022-01-01"),
                                               test::at("2030-01-01"));
        r.issuing.issuer = "rollover";
        rollover.authority_key_identifier = r.issuing.authority_key_identifier = identifiers;
        change(r, rollover);
        r.others = {rollover};
    });
}

BOOST_AUTO_TEST_CASE(a_self_issued_certificate_of_another_key_ends_no_path) {
    for (const bool identifiers : {true, false}) {
        const auto w = rolled_over(identifiers, [](auto&, auto&) {});
        const auto v = w.ask({.presented = {"issuing", "rollover"}});
        BOOST_TEST(w.path_of(v) == "mx issuing rollover root");
        BOOST_TEST(v.error == 0U);
    }
}

// RFC 5280 4.2.1.9: self-issued certificates do not count.
BOOST_AUTO_TEST_CASE(self_issued_certificates_do_not_count_in_path_lengths) {
    const auto w = rolled_over(true, [](auto& r, auto&) { r.root.basic->path_length = 1; });
    BOOST_TEST(w.ask({.presented = {"issuing", "rollover"}}).error == 0U);
    const auto none = rolled_over(true, [](auto& r, auto&) { r.root.basic->path_length = 0; });
    BOOST_TEST(none.ask({.presented = {"issuing", "rollover"}}).error == invalid_basic_constraints);
}

// RFC 5280 4.2.1.10: nor are they constrained, unless they are the leaf.
BOOST_AUTO_TEST_CASE(self_issued_certificates_are_not_constrained_unless_they_are_the_leaf) {
    const auto constrain = [](recipes& r) {
        const certs::x500_name contoso{{{{"2.5.4.10", "Contoso"}}}};
        r.root.constraints =
            certs::name_constraints{{{certs::general_name_kind::directory, {}, contoso, false}}, {}};
    };
    const auto w = rolled_over(true, [&](auto& r, auto&) {
        constrain(r);
        r.issuing.subject = certs::x500_name{{{{"2.5.4.10", "Contoso"}}, {{"2.5.4.3", "issuing"}}}};
        r.mx.subject = certs::x500_name{{{{"2.5.4.10", "Contoso"}}, {{"2.5.4.3", "mx"}}}};
    });
    BOOST_TEST(w.ask({.presented = {"issuing", "rollover"}}).error == 0U);
    const auto leaf = spoiled([&](recipes& r) {
        constrain(r);
        r.mx.issuer = "root";
        r.mx.subject = r.root.subject;
    });
    BOOST_TEST(leaf.ask().error == has_not_permitted_name_constraint);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
