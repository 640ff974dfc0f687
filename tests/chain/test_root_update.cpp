// Automatic root update: what is asked for when a root of the programme is not in the Root store.
#include "tests/chain/small_pki.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::chain {
namespace {

trace::decided<verdict> without_root(const test::small_pki& w, const test::setting& s,
                                     const std::string& programme = "root") {
    test::setting fresh = s;
    fresh.roots = {};
    return w.decide(fresh, [&](question&, store& stores) { stores.programme = {w[programme]}; });
}

retrieval root_of(const test::small_pki& w, std::size_t element) {
    return {retrieval::kind::root, root_update_url(w["root"]), element};
}

} // namespace

BOOST_AUTO_TEST_SUITE(root_update)

BOOST_AUTO_TEST_CASE(the_url_names_the_thumbprint_in_small_letters) {
    const test::small_pki w{test::recipes{}};
    const auto url = root_update_url(w["root"]);
    BOOST_TEST(url.starts_with("http://ctldl.windowsupdate.com/"));
    const auto name = url.substr(url.rfind('/') + 1);
    BOOST_TEST(name.size() == 44U);
    BOOST_TEST(name.find_first_not_of("0123456789abcdef") == 40U);
}

BOOST_AUTO_TEST_CASE(a_root_that_nobody_presents_is_wanted_and_anchors_when_fetched) {
    const test::small_pki w{test::recipes{}};
    const auto first = without_root(w, {});
    BOOST_TEST(first.value.error == is_partial_chain);
    BOOST_REQUIRE((first.value.wanted == std::vector{root_of(w, 1)}));
    const auto second = without_root(w, {.answers = {{root_of(w, 1), w["root"].der()}}});
    BOOST_TEST(second.value.trusted());
    BOOST_TEST((second.value.anchored_by == root_member::public_programme));
    BOOST_TEST(second.why.assumed == std::vector<std::string>{"chain.root-update"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_root_that_the_peer_presents_is_wanted_too) {
    const test::small_pki w{test::recipes{}};
    const test::setting presented{.presented = {"issuing", "root"}};
    const auto first = without_root(w, presented);
    BOOST_TEST(first.value.error == is_untrusted_root);
    BOOST_TEST((first.value.wanted == std::vector{root_of(w, 2)}));
}

BOOST_AUTO_TEST_CASE(a_root_that_is_held_is_not_wanted) {
    const test::small_pki w{test::recipes{}};
    const auto v = w.decide({}, [&](question&, store& stores) { stores.programme = {w["root"]}; }).value;
    BOOST_TEST(v.trusted());
    BOOST_TEST(v.wanted.empty());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_fetched_or_is_another_certificate_is_asked_for_once) {
    const test::small_pki w{test::recipes{}};
    retrieved failed{root_of(w, 1), ""};
    failed.failure = "no answer within 15 s";
    for (const auto& answer : {failed, retrieved{root_of(w, 1), w["mx"].der()}}) {
        const auto v = without_root(w, {.answers = {answer}}).value;
        BOOST_TEST(v.error == is_partial_chain);
        BOOST_TEST(v.wanted.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_private_root_is_nothing_that_windows_update_has) {
    auto r = test::recipes{};
    r.others = {test::root_named("another")};
    const test::small_pki w{r};
    BOOST_TEST(without_root(w, {}, "another").value.wanted.empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
