#include "sim/base/instant.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>

namespace connlab {

namespace {

using namespace std::chrono_literals;

std::int64_t read(std::string_view text) {
    const auto out = parse_duration(text);
    BOOST_REQUIRE_MESSAGE(out, out.error);
    return out->count();
}

std::int64_t ms(duration d) {
    return d.count();
}

} // namespace

BOOST_AUTO_TEST_SUITE(durations)

BOOST_AUTO_TEST_CASE(numbers_with_units_and_sums_of_them) {
    BOOST_TEST(read("30d") == ms(720h));
    BOOST_TEST(read("12h") == ms(12h));
    BOOST_TEST(read("5m") == ms(5min));
    BOOST_TEST(read("10s") == ms(10s));
    BOOST_TEST(read("250ms") == ms(250ms));
    BOOST_TEST(read("1d12h") == ms(36h));
    BOOST_TEST(read("1m30s500ms") == ms(90500ms));
    BOOST_TEST(read("0s") == ms(0ms));
    BOOST_TEST(read("90m") == ms(90min));
}

// Forms of System.TimeSpan.Parse, "Standard TimeSpan format strings" (c).
BOOST_AUTO_TEST_CASE(dotnet_time_spans) {
    BOOST_TEST(read("00:10:00") == ms(10min));
    BOOST_TEST(read("2.00:00:00") == ms(48h));
    BOOST_TEST(read("00:00:00.2500000") == ms(250ms));
    BOOST_TEST(read("00:00:00.25") == ms(250ms));
    BOOST_TEST(read("12:30") == ms(12h + 30min));
    BOOST_TEST(read("1.23:59:59.9999999") == ms(48h - 1ms));
}

BOOST_AUTO_TEST_CASE(other_forms_are_refused) {
    for (const auto* text : {"",
                             "5",
                             "m",
                             "5 m",
                             "1.5h",
                             "5x",
                             "5M",
                             "1d,2h",
                             "1d 2h",
                             "+5m",
                             "5m-",
                             "24:00:00",
                             "00:60:00",
                             "00:00:60",
                             "1:2:3:4",
                             "00:10:00.",
                             "00:10:00.12345678",
                             "00:10:00.2x",
                             "1.2.00:00:00",
                             ":10:00",
                             "10:",
                             "00:10:00Z"})
        BOOST_TEST(!parse_duration(text), text);
}

BOOST_AUTO_TEST_CASE(a_negative_duration_is_called_so) {
    BOOST_TEST(parse_duration("-5m").error.find("negative") != std::string::npos);
    BOOST_TEST(parse_duration("-00:10:00").error.find("negative") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_no_time_span_can_hold_is_refused) {
    BOOST_TEST(!!parse_duration("10675199d"));
    BOOST_TEST(!parse_duration("10675199d1ms"));
    BOOST_TEST(!parse_duration("10675200d"));
    BOOST_TEST(!parse_duration("10675200.00:00:00"));
    BOOST_TEST(!parse_duration("99999999999999999999d"));
    BOOST_TEST(!parse_duration("9223372036854775807ms"));
}

BOOST_AUTO_TEST_CASE(durations_print_as_dotnet_prints_them) {
    BOOST_TEST(format_duration(10min) == "00:10:00");
    BOOST_TEST(format_duration(48h) == "2.00:00:00");
    BOOST_TEST(format_duration(250ms) == "00:00:00.2500000");
    BOOST_TEST(format_duration(0ms) == "00:00:00");
    BOOST_TEST(format_duration(24h * 30 + 1h + 2min + 3s + 4ms) == "30.01:02:03.0040000");
    BOOST_TEST(format_duration(-90s) == "-00:01:30");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab
