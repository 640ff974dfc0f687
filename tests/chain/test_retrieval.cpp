// What an evaluation asks for, and what it does with the answers (Schannel sheet 5.2 item 3, 6.1).
#include "tests/chain/published.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::chain {
namespace {

const std::string issuing_url = "http://pki.example/issuing.crt";
const retrieval missing_issuer{retrieval::kind::issuer, issuing_url, 0};

} // namespace

BOOST_AUTO_TEST_SUITE(retrievals)

BOOST_AUTO_TEST_CASE(a_missing_issuer_is_wanted_and_used_when_fetched) {
    const auto w = test::spoiled([](auto& r) { r.mx.issuer_urls = {issuing_url}; });
    const auto first = w.decide({.presented = {}});
    BOOST_TEST(first.value.error == is_partial_chain);
    BOOST_TEST((first.value.wanted == std::vector<retrieval>{missing_issuer}));
    BOOST_TEST(first.why.assumed == std::vector<std::string>{"chain.path.issuer-not-fetched"},
               boost::test_tools::per_element());
    const auto second = w.decide({.presented = {}, .answers = {{missing_issuer, w["issuing"].der()}}});
    BOOST_TEST(second.value.trusted());
    BOOST_TEST(second.value.wanted.empty());
}

BOOST_AUTO_TEST_CASE(a_path_is_mended_one_issuer_after_the_other) {
    const std::string root_url = "http://pki.example/root.crt";
    const auto w = test::spoiled([&](auto& r) {
        r.mx.issuer_urls = {"http://gone.example/issuing.crt", issuing_url};
        r.issuing.issuer_urls = {root_url};
    });
    const auto found = test::browse(w, {{issuing_url, w["issuing"].der()}, {root_url, w["root"].der()}},
                                    [](auto& q, auto&) { q.revocation.scope = revocation_scope::none; },
                                    {.roots = {}, .presented = {}});
    BOOST_TEST(found.asked ==
                   (std::vector<std::string>{"http://gone.example/issuing.crt", issuing_url, root_url}),
               boost::test_tools::per_element());
    test::check_elements(found.decided.value, {.root = is_untrusted_root}); // a fetched root is no anchor
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_certificate_changes_nothing) {
    const auto w = test::spoiled([](auto& r) { r.mx.issuer_urls = {issuing_url}; });
    for (const auto* body : {"", "<html>404</html>"}) {
        const auto v = w.ask({.presented = {}, .answers = {{missing_issuer, body}}});
        BOOST_TEST(v.error == is_partial_chain);
        BOOST_TEST(v.wanted.empty()); // it was asked for once
    }
}

BOOST_AUTO_TEST_CASE(distribution_points_of_one_who_fetches_nothing_count_as_good_by_an_assumption) {
    const auto w = test::spoiled([](auto& r) {
        r.mx.crl_urls = {"http://pki.example/issuing.crl"};
        r.issuing.ocsp_urls = {"http://ocsp.example"};
        r.root.crl_urls = {"http://pki.example/root.crl"}; // the root is not checked
    });
    BOOST_TEST(w.ask().wanted.empty());
    const auto d = w.decide({.check_revocation = true});
    BOOST_TEST(d.value.trusted());
    BOOST_TEST(d.value.wanted.empty()); // nobody is there to fetch
    BOOST_TEST(d.why.assumed == std::vector<std::string>{"chain.revocation.assumed-good"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
