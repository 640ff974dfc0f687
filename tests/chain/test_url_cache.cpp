// What is remembered of URLs, and how long they may take (Schannel sheet 6.2, 6.3).
#include "tests/chain/published.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::chain {
namespace {

using namespace std::chrono_literals;
using test::at;
using test::browse;
using test::crl_of;
using test::crl_revoking;
using test::crl_url;
using test::ocsp_url;
using test::response_of;
using test::small_pki;

const retrieval asked_list{retrieval::kind::crl, crl_url, 0};

small_pki world() {
    return test::spoiled([](auto& r) { r.mx.crl_urls = {crl_url}; });
}

url_cache remembering(const std::string& list, const char* when = "2024-06-02") {
    url_cache out;
    remember(out, {asked_list, list}, at(when));
    return out;
}

small_pki::change_of_question with(const url_cache& cache) {
    return [&cache](question& q, store&) {
        q.cache = &cache;
        q.revocation.scope = revocation_scope::end_certificate;
    };
}

} // namespace

BOOST_AUTO_TEST_SUITE(url_caches)

BOOST_AUTO_TEST_CASE(a_list_is_remembered_until_its_next_update) {
    const auto w = world();
    const auto cache = remembering(crl_of(w)); // to 2024-06-08
    const auto found = lookup(cache, asked_list, at("2024-06-08"));
    BOOST_REQUIRE(found);
    BOOST_TEST(found->cached);
    BOOST_TEST(found->bytes == crl_of(w));
    BOOST_TEST(!lookup(cache, asked_list, at("2024-06-08T00:00:01Z")));
    BOOST_TEST(!lookup(cache, {retrieval::kind::crl, "http://elsewhere.example", 0}, at("2024-06-02")));
}

BOOST_AUTO_TEST_CASE(a_list_without_next_update_is_remembered_for_ever) {
    const auto w = world();
    const auto cache = remembering(crl_of(w, "issuing", [](auto& r) { r.next_update.reset(); }));
    BOOST_TEST(lookup(cache, asked_list, at("2124-01-01")).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_list_or_ended_or_failed_is_not_remembered) {
    const auto w = world();
    BOOST_TEST(remembering("<html>").by_key.empty());
    BOOST_TEST(remembering(crl_of(w), "2024-06-09").by_key.empty());
    url_cache cache;
    remember(cache, {asked_list, crl_of(w), "connection refused"}, at("2024-06-02"));
    BOOST_TEST(cache.by_key.empty());
}

BOOST_AUTO_TEST_CASE(an_issuer_is_remembered_as_long_as_it_is_valid) {
    const auto w = world();
    const retrieval asked{retrieval::kind::issuer, "http://pki.example/issuing.crt", 0};
    url_cache cache;
    remember(cache, {asked, w["issuing"].der()}, at("2024-06-02"));
    BOOST_TEST(lookup(cache, asked, at("2030-01-01")).has_value());
    BOOST_TEST(!lookup(cache, asked, at("2030-01-02")));
}

BOOST_AUTO_TEST_CASE(responses_are_remembered_by_certificate) {
    const auto w = test::spoiled([](auto& r) { r.mx.ocsp_urls = {ocsp_url}; });
    const retrieval of_mx{retrieval::kind::ocsp, ocsp_url, 0, certs::ocsp_request(w["mx"], w["issuing"])};
    const retrieval of_issuing{retrieval::kind::ocsp, ocsp_url, 1,
                               certs::ocsp_request(w["issuing"], w["root"])};
    url_cache cache;
    remember(cache, {of_mx, response_of(w)}, at("2024-06-03"));
    BOOST_TEST(lookup(cache, of_mx, at("2024-06-04")).has_value());
    BOOST_TEST(!lookup(cache, of_mx, at("2024-06-05")));
    BOOST_TEST(!lookup(cache, of_issuing, at("2024-06-04")));
    cache = {};
    remember(cache,
             {of_mx, response_of(w, "issuing", [](auto& r) { r.answers.front().next_update.reset(); })},
             at("2024-06-03"));
    BOOST_TEST(cache.by_key.empty()); // newer information is always there
}

BOOST_AUTO_TEST_CASE(failures_are_kept_for_a_minute_and_twice_as_long_each_time) {
    url_cache cache;
    const retrieved failed{asked_list, {}, "connection refused"};
    auto now = at("2024-06-03");
    for (const auto kept : {60s, 120s, 240s}) {
        remember_failure(cache, failed, now);
        const auto found = lookup(cache, asked_list, now + kept);
        BOOST_REQUIRE(found);
        BOOST_TEST(found->failure == "connection refused");
        BOOST_TEST(!lookup(cache, asked_list, now + kept + 1ms));
        now += kept + 1s;
    }
    remember(cache, {asked_list, crl_of(world())}, now);
    BOOST_TEST(lookup(cache, asked_list, now)->failure.empty());
    clear(cache);
    BOOST_TEST(!lookup(cache, asked_list, now));
}

BOOST_AUTO_TEST_CASE(a_failure_does_not_drive_out_what_is_still_good) {
    auto cache = remembering(crl_of(world())); // to 2024-06-08
    const retrieved failed{asked_list, {}, "connection refused"};
    remember_failure(cache, failed, at("2024-06-03"));
    BOOST_TEST(lookup(cache, asked_list, at("2024-06-03"))->failure.empty());
    remember_failure(cache, failed, at("2024-06-09"));
    BOOST_TEST(lookup(cache, asked_list, at("2024-06-09"))->failure == "connection refused");
}

BOOST_AUTO_TEST_CASE(what_has_not_changed_is_asked_about_when_its_time_is_over_again) {
    url_cache cache;
    retrieved list{asked_list, crl_of(world())};
    list.etag = "\"one\"";
    list.max_age = 4h;
    remember(cache, list, at("2024-06-02"));
    auto& entry = cache.by_key.begin()->second;
    BOOST_TEST(entry.etag == "\"one\"");
    BOOST_TEST((entry.asked_again_at == at("2024-06-02") + 4h));
    retrieved unchanged{asked_list};
    unchanged.unchanged = true;
    unchanged.max_age = 2h;
    remember(cache, unchanged, at("2024-06-03"));
    BOOST_TEST((entry.asked_again_at == at("2024-06-03") + 2h));
    BOOST_TEST((entry.bytes == list.bytes));
}

// ---- what an evaluation makes of it ----

// The lesson of the cache: the CA revokes and publishes at once, and nothing happens for days.
BOOST_AUTO_TEST_CASE(a_new_list_has_no_effect_before_the_old_one_ends) {
    const auto w = world();
    const auto cache = remembering(crl_of(w)); // to 2024-06-08
    const test::web pages{{crl_url, crl_of(w, "issuing", [&](auto& r) {
                               r.this_update = at("2024-06-02");
                               r.next_update = at("2024-06-20");
                               r.revoked = {test::entry_for(w, "mx")};
                           })}};
    const auto before = browse(w, pages, with(cache));
    BOOST_TEST(before.asked.empty());
    BOOST_TEST(before.decided.value.trusted());
    const auto after = browse(w, pages, with(cache), {.when = "2024-06-09"});
    BOOST_TEST(after.asked.size() == 1U);
    test::check_policy(after.decided.value, "CRYPT_E_REVOKED");
    const url_cache empty;
    const auto cleared = browse(w, pages, with(empty));
    test::check_policy(cleared.decided.value, "CRYPT_E_REVOKED");
}

BOOST_AUTO_TEST_CASE(what_is_cached_serves_one_who_may_not_fetch) {
    const auto w = world();
    const auto cache = remembering(crl_revoking(w));
    const auto found = browse(w, {}, [&](question& q, store& s) {
        with(cache)(q, s);
        q.revocation.cache_only = true;
    });
    test::check_policy(found.decided.value, "CRYPT_E_REVOKED");
}

BOOST_AUTO_TEST_CASE(a_remembered_failure_is_not_asked_again) {
    const auto w = world();
    url_cache cache;
    remember_failure(cache, {asked_list, {}, "connection refused"}, at("2024-06-03"));
    const auto found = browse(w, {{crl_url, crl_of(w)}}, with(cache));
    BOOST_TEST(found.asked.empty());
    test::check_policy(found.decided.value, "CRYPT_E_REVOCATION_OFFLINE");
}

BOOST_AUTO_TEST_CASE(after_fifty_responses_the_list_is_asked_for_first) {
    const auto w = test::spoiled([](auto& r) {
        r.mx.crl_urls = {crl_url};
        r.mx.ocsp_urls = {ocsp_url};
    });
    url_cache cache;
    for (int i = 0; i < 49; ++i)
        cache.by_key[std::string(ocsp_url) + "/" + std::to_string(i)] = {};
    BOOST_TEST(browse(w, {}, with(cache)).asked.front() == ocsp_url);
    cache.by_key[std::string(ocsp_url) + "/49"] = {};
    BOOST_TEST(browse(w, {}, with(cache)).asked.front() == crl_url);
}

// ---- how long ----

BOOST_AUTO_TEST_CASE(each_url_gets_half_of_what_is_left) {
    const retrieval_timeouts t;
    BOOST_TEST((allowed_time(t, 0s) == 10s));
    BOOST_TEST((allowed_time(t, 10s) == 5s));
    BOOST_TEST((allowed_time(t, 15s) == 2500ms));
    BOOST_TEST((allowed_time(t, 20s) == 0s));
    BOOST_TEST((allowed_time(t, 25s) == 0s));
}

BOOST_AUTO_TEST_CASE(no_url_gets_more_than_its_own_time) {
    retrieval_timeouts t;
    t.accumulative = 60s;
    BOOST_TEST((allowed_time(t, 0s) == 15s));
    t.accumulates = false;
    BOOST_TEST((allowed_time(t, 100s) == 15s));
}

BOOST_AUTO_TEST_CASE(a_list_is_fetched_anew_within_the_overlap) { // Schannel sheet 6.2
    certs::crl_fields list;
    list.next_publish = at("2024-06-08");
    BOOST_TEST(!prefetch_window_of(list).has_value()); // it never ends
    list.next_update = at("2024-06-08T20:00:00Z");
    const auto window = prefetch_window_of(list);
    BOOST_REQUIRE(window);
    BOOST_TEST(format_instant(window->from) == "2024-06-08T02:00:00Z");
    BOOST_TEST(format_instant(window->until) == "2024-06-08T19:00:00Z");
    list.next_update = at("2024-06-08T00:10:00Z"); // an hour at least
    const auto narrow = prefetch_window_of(list);
    BOOST_REQUIRE(narrow);
    BOOST_TEST((narrow->until - narrow->from == 1h));
    list.next_publish.reset();
    BOOST_TEST(!prefetch_window_of(list).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::chain
