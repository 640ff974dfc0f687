#include "sim/transport/retry_schedule.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace std::chrono_literals;

// On-premises sheet 2.7: 4 x 1 min, 6 x 5 min, then 10 min; Edge 6 x 10 min, then 30 min; expiry after two
// days.
BOOST_AUTO_TEST_SUITE(retry_schedule)

BOOST_AUTO_TEST_CASE(mailbox_server_waits_by_the_documented_stages) {
    const auto r = exchange::retry_settings_of(exchange::server_role::mailbox);
    for (int i = 1; i <= 4; ++i)
        BOOST_TEST((transport::retry_wait(r, i) == 1min));
    for (int i = 5; i <= 10; ++i)
        BOOST_TEST((transport::retry_wait(r, i) == 5min));
    BOOST_TEST((transport::retry_wait(r, 11) == 10min));
    BOOST_TEST((transport::retry_wait(r, 200) == 10min));
}

BOOST_AUTO_TEST_CASE(edge_server_waits_longer_from_the_transient_stage_on) {
    const auto r = exchange::retry_settings_of(exchange::server_role::edge);
    BOOST_TEST((transport::retry_wait(r, 4) == 1min));
    BOOST_TEST((transport::retry_wait(r, 5) == 10min));
    BOOST_TEST((transport::retry_wait(r, 11) == 30min));
}

BOOST_AUTO_TEST_CASE(message_expires_after_two_days_even_between_retries) {
    const auto r = exchange::retry_settings_of(exchange::server_role::mailbox);
    const instant submitted{std::chrono::sys_days{std::chrono::year{2024} / 6 / 3}};
    transport::retry_state late{submitted, submitted + 48h - 3min, 250};
    late.delay_told = true;
    BOOST_TEST((late.next_event(r) == submitted + 48h));
    BOOST_TEST(late.expires_at(submitted + 48h, r));
    BOOST_TEST(!late.expires_at(submitted + 47h, r));
}

BOOST_AUTO_TEST_CASE(a_delay_is_told_once_after_four_hours) { // DelayNotificationTimeOut
    const auto r = exchange::retry_settings_of(exchange::server_role::mailbox);
    const instant submitted{std::chrono::sys_days{std::chrono::year{2024} / 6 / 3}};
    transport::retry_state waiting{submitted, submitted + 4h - 1min, 30};
    BOOST_TEST((waiting.next_event(r) == submitted + 4h));
    BOOST_TEST((waiting.next_attempt(r) == submitted + 4h + 9min));
    BOOST_TEST(!waiting.is_delayed_at(submitted + 4h - 1ms, r));
    BOOST_TEST(waiting.is_delayed_at(submitted + 4h, r));
    waiting.delay_told = true;
    BOOST_TEST(!waiting.is_delayed_at(submitted + 5h, r));
}

BOOST_AUTO_TEST_SUITE_END()
