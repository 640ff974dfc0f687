#include "sim/base/ip.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

namespace connlab {

namespace {

ip_range range(std::string_view text) {
    const auto read = parse_ip_range(text);
    BOOST_REQUIRE_MESSAGE(read, read.error);
    return *read;
}

/// `low-high` of what was read.
std::string ends(std::string_view text) {
    const auto r = range(text);
    return to_string(r.low) + '-' + to_string(r.high);
}

bool holds(std::string_view in, std::string_view what) {
    return range(in).contains(*parse_ip_address(what));
}

const auto* const all_v4 = "0.0.0.0-255.255.255.255";
const auto* const all_v6 = "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";

} // namespace

BOOST_AUTO_TEST_SUITE(ip_ranges)

BOOST_AUTO_TEST_CASE(one_address_is_a_range) {
    BOOST_TEST(ends("192.168.10.5") == "192.168.10.5-192.168.10.5");
    BOOST_TEST(ends("2001:db8::1") == "2001:db8::1-2001:db8::1");
}

BOOST_AUTO_TEST_CASE(low_high_of_either_family) {
    BOOST_TEST(ends("192.168.1.1-192.168.1.254") == "192.168.1.1-192.168.1.254");
    BOOST_TEST(ends("192.168.1.1 - 192.168.1.254") == "192.168.1.1-192.168.1.254");
    BOOST_TEST(ends(all_v4) == all_v4);
    BOOST_TEST(ends(all_v6) == all_v6);
}

// Ends by `ipcalc`; the forms are those of the New-ReceiveConnector page, host bits included.
BOOST_AUTO_TEST_CASE(cidr_ends_at_the_borders_of_the_block) {
    BOOST_TEST(ends("192.168.1.0/24") == "192.168.1.0-192.168.1.255");
    BOOST_TEST(ends("192.168.1.1/24") == "192.168.1.0-192.168.1.255");
    BOOST_TEST(ends("10.20.30.40/20") == "10.20.16.0-10.20.31.255");
    BOOST_TEST(ends("10.0.0.0/8") == "10.0.0.0-10.255.255.255");
    BOOST_TEST(ends("1.2.3.4/32") == "1.2.3.4-1.2.3.4");
    BOOST_TEST(ends("1.2.3.4/0") == all_v4);
    BOOST_TEST(ends("2001:db8::/32") == "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff");
    BOOST_TEST(ends("2001:0DB8::CD3/60") == "2001:db8::-2001:db8:0:f:ffff:ffff:ffff:ffff");
    BOOST_TEST(ends("::1/128") == "::1-::1");
    BOOST_TEST(ends("::/0") == all_v6);
}

BOOST_AUTO_TEST_CASE(net_and_mask_in_parentheses) {
    BOOST_TEST(ends("10.0.0.0(255.0.0.0)") == "10.0.0.0-10.255.255.255");
    BOOST_TEST(ends("192.168.1.77(255.255.255.192)") == "192.168.1.64-192.168.1.127");
    BOOST_TEST(ends("1.2.3.4(255.255.255.255)") == "1.2.3.4-1.2.3.4");
    BOOST_TEST(ends("1.2.3.4(0.0.0.0)") == all_v4);
    BOOST_TEST(ends("2001:db8::1(ffff:ffff::)") == "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff");
}

BOOST_AUTO_TEST_CASE(what_was_written_is_kept) {
    BOOST_TEST(range(" 10.0.0.0(255.0.0.0) ").text == "10.0.0.0(255.0.0.0)");
}

BOOST_AUTO_TEST_CASE(malformed_ranges_are_refused) {
    for (const auto* text : {"",
                             "/8",
                             "10.0.0.0/",
                             "10.0.0.0/33",
                             "::/129",
                             "10.0.0.0/-1",
                             "10.0.0.0/8/8",
                             "10.0.0.0/255.0.0.0",
                             "-",
                             "10.0.0.1-",
                             "-10.0.0.1",
                             "10.0.0.2-10.0.0.1",
                             "10.0.0.1-::1",
                             "1.1.1.1-2.2.2.2-3.3.3.3",
                             "10.0.0.0(",
                             "10.0.0.0()",
                             "10.0.0.0(255.0.255.0)",
                             "10.0.0.0(255.0.0.0",
                             "10.0.0.0(ffff::)",
                             "(255.0.0.0)",
                             "contoso.com"})
        BOOST_TEST(!parse_ip_range(text), text);
}

BOOST_AUTO_TEST_CASE(the_error_says_what_is_wrong) {
    BOOST_TEST(parse_ip_range("10.0.0.2-10.0.0.1").error.find("below") != std::string::npos);
    BOOST_TEST(parse_ip_range("10.0.0.1-::1").error.find("families") != std::string::npos);
    BOOST_TEST(parse_ip_range("10.0.0.0/33").error.find("0 to 32") != std::string::npos);
    BOOST_TEST(parse_ip_range("10.0.0.0(255.0.255.0)").error.find("not a net mask") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_range_holds_its_ends_and_what_lies_between) {
    BOOST_TEST(holds("10.0.0.1-10.0.1.0", "10.0.0.1"));
    BOOST_TEST(holds("10.0.0.1-10.0.1.0", "10.0.0.255"));
    BOOST_TEST(holds("10.0.0.1-10.0.1.0", "10.0.1.0"));
    BOOST_TEST(!holds("10.0.0.1-10.0.1.0", "10.0.0.0"));
    BOOST_TEST(!holds("10.0.0.1-10.0.1.0", "10.0.1.1"));
    BOOST_TEST(holds("2001:db8::/32", "2001:db8:ffff::1"));
    BOOST_TEST(!holds("2001:db8::/32", "2001:db9::"));
}

BOOST_AUTO_TEST_CASE(families_do_not_mix) {
    BOOST_TEST(!holds(all_v6, "1.2.3.4"));
    BOOST_TEST(!holds(all_v4, "::1"));
    BOOST_TEST(!holds("0.0.0.0/0", "::ffff:1.2.3.4"));
    BOOST_TEST(!range(all_v6).contains(range("1.2.3.4")));
}

BOOST_AUTO_TEST_CASE(a_range_holds_a_range_when_it_holds_both_ends) {
    BOOST_TEST(range("10.0.0.0/8").contains(range("10.1.0.0/16")));
    BOOST_TEST(range("10.0.0.0/8").contains(range("10.0.0.0/8")));
    BOOST_TEST(!range("10.1.0.0/16").contains(range("10.0.0.0/8")));
    BOOST_TEST(!range("10.0.0.0-10.0.0.9").contains(range("10.0.0.5-10.0.0.10")));
}

BOOST_AUTO_TEST_CASE(fewer_addresses_are_more_specific) {
    const std::vector<const char*> by_size = {"1.2.3.4",       "10.0.0.9-10.0.0.10", "10.0.0.255-10.0.1.1",
                                              "10.0.0.0/24",   "10.0.0.0/8",         all_v4,
                                              "2001:db8::/64", "2001:db8::/32",      all_v6};
    for (std::size_t i = 0; i < by_size.size(); ++i)
        for (std::size_t j = 0; j < by_size.size(); ++j) {
            const int found = range(by_size[i]).compare_size(range(by_size[j]));
            BOOST_TEST((i < j   ? found < 0
                        : i > j ? found > 0
                                : found == 0),
                       by_size[i] << " and " << by_size[j]);
        }
    BOOST_TEST(range("1.2.3.4").compare_size(range("::1")) == 0);
    BOOST_TEST(range("10.0.0.0/24").compare_size(range("10.0.9.0-10.0.9.255")) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab
