// On-premises sheet 3.3.
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;

namespace {

exchange::receive_connector with_ranges(std::string name, std::vector<ip_range> ranges) {
    auto c = internet_connector(std::move(name));
    c.remote_ip_ranges = std::move(ranges);
    return c;
}

const std::string chosen(const exchange::server& s, std::string_view local, std::string_view remote) {
    const auto d = exchange::select_receive_connector(s, where(local), ip(remote));
    is_complete(d.why);
    return d.value == nullptr ? "" : d.value->name;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_receive_connector)

BOOST_AUTO_TEST_CASE(single_address_wins_over_range_wins_over_all) {
    auto s = testms05();
    s.receive_connectors = {internet_connector("Default"),
                            with_ranges("Partner net", {range("203.0.113.0/24")}),
                            with_ranges("Partner host", {range("203.0.113.9")})};
    BOOST_TEST(chosen(s, "192.168.10.5:25", "203.0.113.9") == "Partner host");
    BOOST_TEST(chosen(s, "192.168.10.5:25", "203.0.113.10") == "Partner net");
    BOOST_TEST(chosen(s, "192.168.10.5:25", "198.51.100.1") == "Default");
}

BOOST_AUTO_TEST_CASE(losers_say_why) {
    auto s = testms05();
    s.receive_connectors = {internet_connector("Default"),
                            with_ranges("Partner host", {range("203.0.113.9")}),
                            with_ranges("Elsewhere", {range("198.51.100.0/24")}), internet_connector("Off"),
                            internet_connector("Client")};
    s.receive_connectors[3].enabled = false;
    s.receive_connectors[4].bindings = std::vector<endpoint>{where("0.0.0.0:587")};
    const auto d = exchange::select_receive_connector(s, where("192.168.10.5:25"), ip("203.0.113.9"));
    is_complete(d.why);
    BOOST_TEST(d.why.rule == "exchange.receive-connector.most-specific-range");
    BOOST_TEST(d.why.answer == "Partner host");
    BOOST_TEST(fate(d.why, "Partner host") == "chosen");
    BOOST_TEST(fate(d.why, "Default").find("less specific") != std::string::npos);
    BOOST_TEST(fate(d.why, "Elsewhere") == "its RemoteIPRanges do not hold 203.0.113.9");
    BOOST_TEST(fate(d.why, "Off") == "not enabled");
    BOOST_TEST(fate(d.why, "Client") == "its Bindings do not cover 192.168.10.5:25");
    BOOST_TEST(d.why.assumed.empty());
}

BOOST_AUTO_TEST_CASE(unspecified_binding_covers_its_own_family_only) {
    auto s = testms05();
    s.receive_connectors = {internet_connector("IPv4")};
    s.receive_connectors[0].bindings = std::vector<endpoint>{where("0.0.0.0:25")};
    BOOST_TEST(chosen(s, "192.168.10.5:25", "203.0.113.9") == "IPv4");
    BOOST_TEST(chosen(s, "[2001:db8::5]:25", "2001:db8::9") == "");
}

BOOST_AUTO_TEST_CASE(specific_binding_covers_that_address_only) {
    auto s = testms05();
    s.receive_connectors = {internet_connector("One")};
    s.receive_connectors[0].bindings = std::vector<endpoint>{where("192.168.10.5:25")};
    BOOST_TEST(chosen(s, "192.168.10.5:25", "203.0.113.9") == "One");
    BOOST_TEST(chosen(s, "192.168.10.6:25", "203.0.113.9") == "");
}

BOOST_AUTO_TEST_CASE(no_connector_serves_nobody) {
    const auto s = testms05();
    const auto d = exchange::select_receive_connector(s, where("192.168.10.5:25"), ip("203.0.113.9"));
    is_complete(d.why);
    BOOST_TEST(d.value == nullptr);
    BOOST_TEST(d.why.rule == "exchange.receive-connector.none");
}

BOOST_AUTO_TEST_CASE(equal_ranges_are_an_assumption) {
    auto s = testms05();
    s.receive_connectors = {internet_connector("B"), internet_connector("A")};
    const auto d = exchange::select_receive_connector(s, where("192.168.10.5:25"), ip("203.0.113.9"));
    is_complete(d.why);
    BOOST_TEST(d.value->name == "A");
    BOOST_TEST(d.why.rule == "exchange.receive-connector.equal-ranges");
    BOOST_TEST(rests_on(d.why, "exchange.receive-connector.equal-ranges"));
}

BOOST_AUTO_TEST_CASE(the_deciding_range_is_cited_with_its_line) {
    auto s = testms05();
    auto c = with_ranges("Partner host", {range("203.0.113.9")});
    c.remote_ip_ranges.mark = {"s.yaml", 12, 5, 3};
    s.receive_connectors = {c};
    const auto d = exchange::select_receive_connector(s, where("192.168.10.5:25"), ip("203.0.113.9"));
    BOOST_REQUIRE(!d.why.because.empty());
    BOOST_TEST(d.why.because[0].value == "203.0.113.9");
    BOOST_TEST(d.why.because[0].mark.line == 12);
}

BOOST_AUTO_TEST_SUITE_END()
