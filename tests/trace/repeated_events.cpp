#include "sim/trace/repeated_events.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::trace {

namespace {

event_record entry(int id, std::string category, std::string text, int second = 0) {
    event_record e;
    e.at = instant(std::chrono::seconds{second});
    e.server = "TESTMS05";
    e.source = "MSExchangeTransport";
    e.id = id;
    e.category = std::move(category);
    e.text = std::move(text);
    return e;
}

} // namespace

BOOST_AUTO_TEST_SUITE(repeated_events)

BOOST_AUTO_TEST_CASE(a_certificate_is_complained_of_once_by_a_service_at_an_instant) {
    std::vector<event_record> all{
        entry(12014, "TransportService", "a"), entry(12014, "TransportService", "a"),
        entry(12014, "TransportService", "b"), entry(12014, "TransportService", "a", 1)};
    all.push_back(all.front());
    all.back().source = "MSExchangeFrontEndTransport";
    fold_repeated(all);
    BOOST_TEST(all.size() == 4U);
}

BOOST_AUTO_TEST_CASE(events_of_sessions_stay) {
    std::vector<event_record> all{entry(1035, "SmtpReceive", "a"), entry(1035, "SmtpReceive", "a")};
    fold_repeated(all);
    BOOST_TEST(all.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::trace
