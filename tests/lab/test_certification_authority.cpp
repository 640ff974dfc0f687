// Which list stands at the distribution points when: made every period, or by hand, with what was revoked by
// then.
#include "sim/lab/certification_authority.hpp"
#include "tests/lab/worlds.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::lab;
using namespace std::chrono_literals;
using certs::revocation_reason;
using connlab::lab::tests::at;

namespace {

const instant published = *parse_instant("2024-06-01T00:00:00Z");

certification_authority weekly() {
    certification_authority a;
    a.id = "Weekly";
    a.published_at = published;
    return a;
}

std::vector<std::string> revoked_at(const certification_authority& a, instant when) {
    std::vector<std::string> out;
    for (const auto& r : list_at(a, when).revoked)
        out.push_back(r.serial);
    return out;
}

using serials = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(certification_authorities)

BOOST_AUTO_TEST_CASE(
    a_list_is_made_every_week_and_is_valid_for_half_a_day_more) { // AD CS: 10 %, 12 h at most
    const auto first = list_at(weekly(), published + 1h);
    BOOST_TEST(format_instant(first.this_update) == "2024-06-01T00:00:00Z");
    BOOST_TEST(format_instant(first.next_publish) == "2024-06-08T00:00:00Z");
    BOOST_TEST(format_instant(first.next_update) == "2024-06-08T12:00:00Z");
    BOOST_TEST(first.number == 1);
    const auto third = list_at(weekly(), published + 15 * 24h);
    BOOST_TEST(format_instant(third.this_update) == "2024-06-15T00:00:00Z");
    BOOST_TEST(third.number == 3);
}

BOOST_AUTO_TEST_CASE(a_short_period_overlaps_by_its_tenth) {
    auto a = weekly();
    a.how.crl_period = 20h;
    BOOST_TEST((list_at(a, published).next_update == published + 22h));
    a.how.crl_overlap = 1h;
    BOOST_TEST((list_at(a, published).next_update == published + 21h));
}

BOOST_AUTO_TEST_CASE(by_hand_the_list_stays_until_somebody_publishes) {
    auto a = weekly();
    a.how.crl_by_hand = true;
    BOOST_TEST((list_at(a, published + 100 * 24h).this_update == published));
    a.publish(published + 100 * 24h);
    const auto next = list_at(a, published + 101 * 24h);
    BOOST_TEST((next.this_update == published + 100 * 24h));
    BOOST_TEST(next.number == 2);
}

BOOST_AUTO_TEST_CASE(a_revocation_is_on_the_next_list) {
    auto a = weekly();
    a.revoke("AB", revocation_reason::key_compromise, published + 24h);
    BOOST_TEST((revoked_at(a, published + 48h) == serials{}));
    BOOST_TEST((revoked_at(a, published + 7 * 24h) == serials{"AB"}));
    BOOST_TEST(a.revoked_at(published + 24h).size() == 1U); // the authority itself knows at once
    a.publish(published + 48h);
    BOOST_TEST((revoked_at(a, published + 48h) == serials{"AB"}));
}

BOOST_AUTO_TEST_CASE(what_is_taken_back_stays_on_the_old_list) {
    auto a = weekly();
    a.revoke("AB", revocation_reason::certificate_hold, published - 1h);
    a.revoke("AB", revocation_reason::remove_from_crl, published + 1h);
    BOOST_TEST((revoked_at(a, published + 2h) == serials{"AB"}));
    BOOST_TEST((revoked_at(a, published + 8 * 24h) == serials{}));
}

BOOST_AUTO_TEST_CASE(publishing_begins_a_new_period_and_counts_on) {
    auto a = weekly();
    a.publish(published + 10 * 24h);
    BOOST_TEST(list_at(a, published + 10 * 24h).number == 3);
    BOOST_TEST((list_at(a, published + 18 * 24h).this_update == published + 17 * 24h));
    BOOST_TEST(list_at(a, published + 18 * 24h).number == 4);
}

namespace {

certification_authority with_deltas() {
    auto a = weekly();
    a.how.urls[scenario::publication::delta].emplace_back("http://crl.pki.test/Weekly+.crl", source_mark{});
    return a;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_delta_list_is_made_every_day_to_the_list_of_the_week) { // AD CS: 1 day, 10 %
    const auto third = delta_at(with_deltas(), published + 50h);
    BOOST_TEST(format_instant(third.list.this_update) == "2024-06-03T00:00:00Z");
    BOOST_TEST(format_instant(third.list.next_publish) == "2024-06-04T00:00:00Z");
    BOOST_TEST(format_instant(third.list.next_update) == "2024-06-04T02:24:00Z");
    BOOST_TEST(third.base_number == 1);
    BOOST_TEST(third.list.number == 3);
}

BOOST_AUTO_TEST_CASE(lists_and_deltas_share_one_sequence_of_numbers) { // RFC 5280 5.2.4
    auto a = with_deltas();
    int last = 0;
    for (int day = 0; day < 30; ++day) {
        const auto delta = delta_at(a, published + day * 24h);
        const auto list = list_at(a, published + day * 24h);
        BOOST_TEST(delta.base_number == list.number);
        BOOST_TEST(delta.list.number > last);
        BOOST_TEST((delta.list.number == list.number) == (day % 7 == 0));
        last = delta.list.number;
    }
    a.publish(published + 30 * 24h);
    BOOST_TEST(list_at(a, published + 30 * 24h).number > last);
}

BOOST_AUTO_TEST_CASE(a_delta_tells_what_is_new_and_what_was_taken_back) {
    auto a = with_deltas();
    a.revoke("01", revocation_reason::certificate_hold, published - 1h);
    a.revoke("02", revocation_reason::key_compromise, published + 1h);
    BOOST_TEST(delta_at(a, published + 2h).list.revoked.empty());
    const auto next = delta_at(a, published + 25h).list.revoked;
    BOOST_REQUIRE(next.size() == 1U);
    BOOST_TEST(next[0].serial == "02");
    a.revoke("01", revocation_reason::remove_from_crl, published + 26h);
    const auto last = delta_at(a, published + 49h).list.revoked;
    BOOST_REQUIRE(last.size() == 2U);
    BOOST_TEST(last[1].serial == "01");
    BOOST_TEST((last[1].reason == revocation_reason::remove_from_crl));
}

BOOST_AUTO_TEST_SUITE_END()
