#include "sim/net/address_plan.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace connlab;

namespace {

ip_address numbered(unsigned i) {
    return *parse_ip_address("10." + std::to_string(i >> 16U) + "." + std::to_string((i >> 8U) & 255U) + "." +
                             std::to_string(i & 255U));
}

} // namespace

BOOST_AUTO_TEST_SUITE(address_plan)

BOOST_AUTO_TEST_CASE(no_two_of_many_addresses_share_a_loopback_address) {
    net::address_plan plan(0);
    std::set<ip_address> seen;
    for (unsigned i = 0; i < 65000; ++i) {
        const auto real = plan.real(numbered(i));
        BOOST_REQUIRE(!real.v6);
        BOOST_REQUIRE(real.bytes[0] == 127);
        BOOST_REQUIRE(real.bytes[3] != 0);   // the network's
        BOOST_REQUIRE(real.bytes[3] != 255); // the broadcast address
        BOOST_REQUIRE_MESSAGE(seen.insert(real).second, to_string(real) << " stands for two");
    }
    BOOST_CHECK_THROW(plan.real(numbered(65000)), std::length_error);
    BOOST_TEST((plan.real(numbered(0)) == *seen.begin()));
}

BOOST_AUTO_TEST_CASE(the_same_questions_get_the_same_answers) {
    net::address_plan one(3);
    net::address_plan other(3);
    const std::vector<std::string> declared{"192.168.10.5", "2001:db8::5", "203.0.113.9", "127.0.0.1"};
    for (const auto& text : declared)
        BOOST_TEST((one.real(*parse_ip_address(text)) == other.real(*parse_ip_address(text))));
    for (const auto& text : declared) // seen before: order does not matter any more
        BOOST_TEST((one.real(*parse_ip_address(text)) == other.real(*parse_ip_address(text))));
}

BOOST_AUTO_TEST_CASE(workers_do_not_share_addresses) {
    std::set<ip_address> seen;
    for (unsigned lane = 0; lane <= 199; ++lane)
        BOOST_TEST(seen.insert(net::address_plan(lane).real(numbered(1))).second, "lane " << lane);
}

BOOST_AUTO_TEST_SUITE_END()
