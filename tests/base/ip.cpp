#include "sim/base/ip.hpp"

#include <boost/test/unit_test.hpp>

#include <utility>
#include <vector>

namespace connlab {

namespace {

ip_address address(std::string_view text) {
    const auto read = parse_ip_address(text);
    BOOST_REQUIRE_MESSAGE(read, read.error);
    return *read;
}

std::string reprinted(std::string_view text) {
    return to_string(address(text));
}

std::string endpoint_of(std::string_view text) {
    const auto read = parse_endpoint(text, 25);
    return read ? to_string(*read) : "error: " + read.error;
}

} // namespace

BOOST_AUTO_TEST_SUITE(ip)

BOOST_AUTO_TEST_CASE(dotted_quads_are_ipv4) {
    BOOST_TEST(reprinted("192.168.10.5") == "192.168.10.5");
    BOOST_TEST(reprinted("0.0.0.0") == "0.0.0.0");
    BOOST_TEST(reprinted("255.255.255.255") == "255.255.255.255");
    BOOST_TEST(!address("1.2.3.4").v6);
}

BOOST_AUTO_TEST_CASE(other_spellings_of_ipv4_are_refused) {
    for (const auto* text :
         {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4 ", " 1.2.3.4", "1..2.3", "1.2.3.", "+1.2.3.4",
          "0x1.2.3.4", "01.2.3.4", "1.2.3.010", "1.2.3.4/24", "3232238085", "a.b.c.d", "contoso.com"})
        BOOST_TEST(!parse_ip_address(text), text);
}

// The examples of RFC 4291 2.2 and RFC 5952.
BOOST_AUTO_TEST_CASE(ipv6_prints_by_rfc_5952) {
    const std::vector<std::pair<const char*, const char*>> cases = {
        {"2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"}, // the first of two equal runs
        {"2001:DB8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},                 // a single zero group stays
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},                          // the longest run
        {"2001:db8:0:0:0:0:2:1", "2001:db8::2:1"},
        {"2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"},
        {"ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "abcd:ef01:2345:6789:abcd:ef01:2345:6789"},
        {"0:0:0:0:0:0:0:0", "::"},
        {"0:0:0:0:0:0:0:1", "::1"},
        {"1:0:0:0:0:0:0:0", "1::"},
        {"FF01:0:0:0:0:0:0:101", "ff01::101"},
        {"1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"},
        {"0:0:3:4:5:6:7:8", "::3:4:5:6:7:8"},
        {"1:0:0:4:5:0:0:8", "1::4:5:0:0:8"},
        {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
        {"0:0:0:0:0:FFFF:129.144.52.38", "::ffff:129.144.52.38"},
        {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
    };
    for (const auto& [text, printed] : cases)
        BOOST_TEST(reprinted(text) == printed);
}

BOOST_AUTO_TEST_CASE(malformed_ipv6_is_refused) {
    for (const auto* text :
         {":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3",
          "::1::", "12345::", "g::", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "1:2:3:4::5:6:7:8",
          "1:2:3:4:5:6:7:8::", "::1.2.3", "::1.2.3.4:5", "1.2.3.4::", "fe80::1%12", "[::1]", "::-1"})
        BOOST_TEST(!parse_ip_address(text), text);
}

BOOST_AUTO_TEST_CASE(the_error_quotes_the_text) {
    BOOST_TEST(parse_ip_address("mx.contoso.com").error.find("`mx.contoso.com`") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(unspecified_addresses) {
    BOOST_TEST(address("0.0.0.0").is_unspecified());
    BOOST_TEST(address("::").is_unspecified());
    BOOST_TEST(!address("::1").is_unspecified());
    BOOST_TEST(!address("0.0.0.1").is_unspecified());
}

BOOST_AUTO_TEST_CASE(endpoints_as_bindings_write_them) {
    BOOST_TEST(endpoint_of("192.168.10.5:587") == "192.168.10.5:587");
    BOOST_TEST(endpoint_of("0.0.0.0:25") == "0.0.0.0:25");
    BOOST_TEST(endpoint_of("[::]:2525") == "[::]:2525");
    BOOST_TEST(endpoint_of("[2001:DB8::1]:25") == "[2001:db8::1]:25");
    BOOST_TEST(endpoint_of("192.168.10.5") == "192.168.10.5:25");
    BOOST_TEST(endpoint_of("::") == "[::]:25");
    BOOST_TEST(endpoint_of("[::1]") == "[::1]:25");
}

BOOST_AUTO_TEST_CASE(malformed_endpoints_are_refused) {
    for (const auto* text :
         {"", ":25", "1.2.3.4:", "1.2.3.4:0", "1.2.3.4:65536", "1.2.3.4:x", "1.2.3.4:25:25",
          "[::]:", "[::", "[::]25", "[1.2.3.4]:25", "[]:25", "mx.contoso.com:25", "1.2.3.4:-1"})
        BOOST_TEST(endpoint_of(text).rfind("error: ", 0) == 0U, text);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab
