// What lies below --artifacts for a server's event log.
#include "sim/report/event_logs.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::report;

namespace {

trace::event_record event(const char* when, const char* server, int id, bool ours = false) {
    trace::event_record e;
    e.at = *parse_instant(when);
    e.server = server;
    e.source = "MSExchangeTransport";
    e.id = id;
    e.level = "Error";
    e.category = "SmtpSend";
    e.text = "text of " + std::to_string(id);
    e.our_text = ours;
    return e;
}

/// 2015 is later than 12014 and stands before it in the record; FAB01 has an event without a public id.
trace::run_record run() {
    trace::run_record out;
    out.steps.resize(2);
    out.steps[0].flows.resize(1);
    out.steps[0].flows[0].events = {event("2024-06-03T10:00:00Z", "TESTMS05", 2015)};
    out.steps[1].events = {event("2024-06-03T09:00:00Z", "TESTMS05", 12014),
                           event("2024-06-03T09:00:00Z", "FAB01", 0, true)};
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(event_logs_)

BOOST_AUTO_TEST_CASE(each_server_has_its_log_as_text_and_as_json) {
    std::vector<std::string> paths;
    for (const auto& f : event_logs(run()))
        paths.push_back(f.path);
    const std::vector<std::string> expected{"FAB01/Application.json", "FAB01/Application.txt",
                                            "TESTMS05/Application.json", "TESTMS05/Application.txt"};
    BOOST_TEST(paths == expected, boost::test_tools::per_element());
    BOOST_TEST(event_logs({}).empty());
}

BOOST_AUTO_TEST_CASE(events_stand_in_order_of_time) {
    const auto files = event_logs(run());
    const auto events = boost::json::parse(files[2].text).at("events").as_array();
    BOOST_TEST_REQUIRE(events.size() == 2U);
    BOOST_TEST(events[0].at("id").as_int64() == 12014);
    BOOST_TEST(events[1].at("id").as_int64() == 2015);
    BOOST_TEST(files[3].text.find("12014") < files[3].text.find("2015\r\n"));
}

BOOST_AUTO_TEST_CASE(the_text_is_the_event_viewers_and_our_words_are_marked) {
    const auto files = event_logs(run());
    BOOST_TEST(files[3].text.find("Log Name:      Application\r\n"
                                  "Source:        MSExchangeTransport\r\n"
                                  "Date:          2024-06-03T09:00:00Z\r\n"
                                  "Event ID:      12014\r\n"
                                  "Task Category: SmtpSend\r\n"
                                  "Level:         Error\r\n"
                                  "Computer:      TESTMS05\r\n"
                                  "Description:\r\n"
                                  "text of 12014\r\n") == 0U);
    BOOST_TEST(files[3].text.find("our wording") == std::string::npos);
    BOOST_TEST(files[1].text.find("Event ID:      not public\r\n") != std::string::npos);
    BOOST_TEST(files[1].text.find("(our wording; Exchange's is not public)") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
