// Local times: the changeovers are those of the zones' laws, the texts those of .NET's cultures.
#include "sim/base/date_texts.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab {

namespace {

instant at(std::string_view text) {
    const auto out = parse_instant(text);
    BOOST_REQUIRE_MESSAGE(out, out.error);
    return *out;
}

std::string shown(std::string_view when, std::string_view zone, std::string_view how = "en-US") {
    const auto z = parse_time_zone(zone);
    const auto c = parse_culture(how);
    BOOST_REQUIRE_MESSAGE(z, z.error);
    BOOST_REQUIRE_MESSAGE(c, c.error);
    return date_time(at(when), {*z, *c});
}

std::string wire(std::string_view when, std::string_view zone) {
    return rfc_date(at(when), *parse_time_zone(zone));
}

} // namespace

BOOST_AUTO_TEST_SUITE(time_zones)

// The certificate of the talk ends at 8/15/2024 1:59:59 AM, the clock of its server.
BOOST_AUTO_TEST_CASE(summer_and_winter_of_central_europe) {
    BOOST_TEST(shown("2024-08-14T23:59:59Z", "W. Europe Standard Time") == "8/15/2024 1:59:59 AM");
    BOOST_TEST(wire("2023-01-11T15:59:51Z", "Europe/Berlin") == "Wed, 11 Jan 2023 16:59:51 +0100");
    BOOST_TEST(wire("2024-03-31T00:59:59Z", "Europe/Berlin") == "Sun, 31 Mar 2024 01:59:59 +0100");
    BOOST_TEST(wire("2024-03-31T01:00:00Z", "Europe/Berlin") == "Sun, 31 Mar 2024 03:00:00 +0200");
    BOOST_TEST(wire("2024-10-27T00:59:59Z", "Europe/Berlin") == "Sun, 27 Oct 2024 02:59:59 +0200");
    BOOST_TEST(wire("2024-10-27T01:00:00Z", "Europe/Berlin") == "Sun, 27 Oct 2024 02:00:00 +0100");
}

BOOST_AUTO_TEST_CASE(europe_changes_at_the_same_instant_everywhere) {
    for (const auto* zone : {"Europe/London", "Europe/Paris", "Europe/Helsinki"}) {
        const auto z = *parse_time_zone(zone);
        BOOST_TEST(
            (z.offset_at(at("2024-03-31T01:00:00Z")) - z.offset_at(at("2024-03-31T00:59:59Z"))).count() == 60,
            zone);
        BOOST_TEST(
            (z.offset_at(at("2024-10-27T00:59:59Z")) - z.offset_at(at("2024-10-27T01:00:00Z"))).count() == 60,
            zone);
    }
}

BOOST_AUTO_TEST_CASE(north_america_changes_at_two_in_the_morning) {
    BOOST_TEST(wire("2024-03-10T06:59:59Z", "America/New_York") == "Sun, 10 Mar 2024 01:59:59 -0500");
    BOOST_TEST(wire("2024-03-10T07:00:00Z", "America/New_York") == "Sun, 10 Mar 2024 03:00:00 -0400");
    BOOST_TEST(wire("2024-11-03T05:59:59Z", "America/New_York") == "Sun, 3 Nov 2024 01:59:59 -0400");
    BOOST_TEST(wire("2024-11-03T06:00:00Z", "America/New_York") == "Sun, 3 Nov 2024 01:00:00 -0500");
}

BOOST_AUTO_TEST_CASE(summer_of_the_south_goes_over_the_new_year) {
    BOOST_TEST(wire("2024-12-31T14:00:00Z", "Australia/Sydney") == "Wed, 1 Jan 2025 01:00:00 +1100");
    BOOST_TEST(wire("2024-07-01T00:00:00Z", "Australia/Sydney") == "Mon, 1 Jul 2024 10:00:00 +1000");
}

BOOST_AUTO_TEST_CASE(fixed_offsets) {
    BOOST_TEST(wire("2024-06-03T09:00:00Z", "+05:30") == "Mon, 3 Jun 2024 14:30:00 +0530");
    BOOST_TEST(wire("2024-06-03T01:00:00Z", "-03:30") == "Sun, 2 Jun 2024 21:30:00 -0330");
    BOOST_TEST(wire("2024-06-03T09:00:00Z", "UTC") == "Mon, 3 Jun 2024 09:00:00 +0000");
    for (const auto* wrong : {"+5:30", "+15:00", "+14:01", "+05:60", "05:30", "", "+ab:cd"})
        BOOST_TEST(!parse_time_zone(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(an_unknown_zone_names_the_nearest) {
    BOOST_TEST(
        parse_time_zone("W. Europe Standart Time").error.find("did you mean `W. Europe Standard Time`?") !=
        std::string::npos);
    BOOST_TEST(parse_culture("de-DD").error.find("did you mean `de-DE`?") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(cultures_order_day_month_and_year) {
    const auto* when = "2028-02-02T04:22:23Z";
    BOOST_TEST(shown(when, "UTC", "en-US") == "2/2/2028 4:22:23 AM");
    BOOST_TEST(shown(when, "UTC", "de-DE") == "02.02.2028 04:22:23");
    BOOST_TEST(shown(when, "UTC", "ru-RU") == "02.02.2028 4:22:23");
    BOOST_TEST(shown(when, "UTC", "sv-SE") == "2028-02-02 04:22:23");
    BOOST_TEST(shown(when, "UTC", "nl-NL") == "2-2-2028 04:22:23");
    BOOST_TEST(shown("2028-02-02T00:22:23Z", "UTC", "en-US") == "2/2/2028 12:22:23 AM");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab
