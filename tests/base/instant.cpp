#include "sim/base/instant.hpp"

#include <boost/test/unit_test.hpp>

#include <utility>
#include <vector>

namespace connlab {

namespace {

/// Milliseconds since 1970; the numbers below are `date -u -d TEXT +%s%3N` of GNU coreutils.
std::int64_t unix_ms(std::string_view text) {
    const auto read = parse_instant(text);
    BOOST_REQUIRE_MESSAGE(read, read.error);
    BOOST_TEST(read.error.empty());
    return read->time_since_epoch().count();
}

bool error_names(std::string_view text, std::string_view part) {
    const auto read = parse_instant(text);
    BOOST_TEST_INFO(text << ": " << read.error);
    return !read && read.error.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(instants)

BOOST_AUTO_TEST_CASE(dates_and_times_are_read_in_utc) {
    BOOST_TEST(unix_ms("1970-01-01") == 0);
    BOOST_TEST(unix_ms("2024-06-03") == 1717372800000);
    BOOST_TEST(unix_ms("2024-06-03T09:00:00Z") == 1717405200000);
    BOOST_TEST(unix_ms("2024-06-03T09:00Z") == 1717405200000);
    BOOST_TEST(unix_ms("2024-06-03T09:00:00.250Z") == 1717405200250);
    BOOST_TEST(unix_ms("1950-01-01") == -631152000000);
    BOOST_TEST(unix_ms("9999-12-31T23:59:59.999Z") == 253402300799999);
}

BOOST_AUTO_TEST_CASE(fractions_finer_than_a_millisecond_are_dropped) {
    BOOST_TEST(unix_ms("2024-06-03T09:00:00.2Z") == 1717405200200);
    BOOST_TEST(unix_ms("2024-06-03T09:00:00.05Z") == 1717405200050);
    BOOST_TEST(unix_ms("2024-06-03T09:00:00.2509999Z") == 1717405200250);
}

BOOST_AUTO_TEST_CASE(an_offset_is_taken_off) {
    BOOST_TEST(unix_ms("2024-06-03T09:00:00+02:00") == 1717405200000 - 7200000);
    BOOST_TEST(unix_ms("2024-06-03T09:00:00-05:30") == 1717405200000 + 19800000);
    BOOST_TEST(unix_ms("2024-12-31T23:30:00-01:00") == unix_ms("2025-01-01T00:30:00Z"));
}

BOOST_AUTO_TEST_CASE(leap_days_are_where_the_gregorian_calendar_has_them) {
    BOOST_TEST(unix_ms("2024-02-29") == 1709164800000);
    BOOST_TEST(unix_ms("2000-02-29") == 951782400000);
    BOOST_TEST(error_names("2023-02-29", "February 2023 has 28 days"));
    BOOST_TEST(error_names("2100-02-29", "February 2100 has 28 days"));
}

BOOST_AUTO_TEST_CASE(the_error_names_the_impossible_part) {
    const std::vector<std::pair<const char*, const char*>> cases = {
        {"2024-02-30", "February 2024 has 29 days"},
        {"2024-04-31", "April 2024 has 30 days"},
        {"2024-01-32T09:00:00Z", "January 2024 has 31 days"},
        {"2024-01-00", "no day 00"},
        {"2024-13-01", "no month 13"},
        {"2024-00-10", "no month 00"},
        {"1949-12-31", "year 1949"},
        {"2024-06-03T24:00:00Z", "no hour 24"},
        {"2024-06-03T09:60:00Z", "no minute 60"},
        {"2024-06-03T09:00:60Z", "no second 60"},
        {"2024-06-03T09:00:00+24:00", "no offset hour 24"},
        {"2024-06-03T09:00:00+01:60", "no offset minute 60"},
        {"2024-06-03T09:00:00", "`Z`"},
    };
    for (const auto& [text, part] : cases)
        BOOST_TEST(error_names(text, part), text);
}

BOOST_AUTO_TEST_CASE(an_offset_does_not_lead_out_of_the_years) {
    BOOST_TEST(error_names("1950-01-01T00:00:00+01:00", "out of range"));
    BOOST_TEST(error_names("9999-12-31T23:30:00-01:00", "out of range"));
}

BOOST_AUTO_TEST_CASE(other_forms_are_refused_with_an_example) {
    for (const auto* text :
         {"", "2024", "2024-06", "2024-6-3", "03.06.2024", "2024-06-03 09:00:00", "2024-06-03T",
          "2024-06-03T9:00:00Z", "2024-06-03T09:00:00.Z", "2024-06-03T09:00:00.1234567890Z",
          "2024-06-03T09:00:00Zx", "2024-06-03T09:00:00z", "2024-06-03T09:00:00+0200", "2024-06-03Z",
          " 2024-06-03", "2024-06-03 ", "-024-06-03", "10000-01-01"})
        BOOST_TEST(error_names(text, "2024-06-03T09:00:00Z"), text);
}

BOOST_AUTO_TEST_CASE(instants_print_as_they_are_read) {
    for (const auto* text : {"2024-06-03T09:00:00Z", "2024-06-03T09:00:00.250Z", "1950-01-01T00:00:00Z",
                             "1969-12-31T23:59:59.999Z", "9999-12-31T23:59:59Z", "2024-02-29T00:00:00.007Z"})
        BOOST_TEST(format_instant(*parse_instant(text)) == text);
    BOOST_TEST(format_instant(*parse_instant("2024-06-03")) == "2024-06-03T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(protocol_logs_always_show_milliseconds) {
    BOOST_TEST(format_instant_ms(*parse_instant("2024-06-03T09:00:00Z")) == "2024-06-03T09:00:00.000Z");
    BOOST_TEST(format_instant_ms(*parse_instant("2024-06-03T09:00:00.25Z")) == "2024-06-03T09:00:00.250Z");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab
