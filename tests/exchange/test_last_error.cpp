// On-premises sheet 5.1, reference README item 14.
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;

namespace {

exchange::server product(const std::string& name) {
    exchange::server s;
    s.version.product = name;
    return s;
}

std::string shown(const std::string& name, std::string_view reply, bool bare,
                  const exchange::behavior& b = {}) {
    return exchange::queue_last_error(product(name), reply, bare, at("2024-06-03T09:00:00Z"),
                                      "mail.contoso.com", where("203.0.113.9:25"), b);
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_last_error)

BOOST_AUTO_TEST_CASE(own_tls_verdicts_stand_bare) {
    BOOST_TEST(shown("Exchange2019", "451 5.7.3 STARTTLS is required to send mail", true) ==
               "[{LRT=6/3/2024 9:00:00 AM};{LED=451 5.7.3 STARTTLS is required to send "
               "mail};{FQDN=mail.contoso.com};{IP=203.0.113.9}]");
}

BOOST_AUTO_TEST_CASE(socket_errors_are_wrapped_by_version) {
    const std::string reply = "421 4.4.2 Connection dropped due to SocketError";
    BOOST_TEST(shown("Exchange2019", reply, false) ==
               "[{LRT=6/3/2024 9:00:00 AM};{LED=451 4.4.395 Target host responded with error. -> 421 4.4.2 "
               "Connection "
               "dropped due to SocketError};{FQDN=mail.contoso.com};{IP=203.0.113.9}]");
    BOOST_TEST(
        shown("Exchange2016", reply, false) ==
        "[{LRT=6/3/2024 9:00:00 AM};{LED=451 4.4.0 Primary target IP address responded with: \"421 4.4.2 "
        "Connection dropped due to SocketError.\" Attempted failover to alternate host, but that did not "
        "succeed. "
        "Either there are no alternate hosts, or delivery failed to all alternate hosts. The last endpoint "
        "attempted was 203.0.113.9:25};{FQDN=mail.contoso.com};{IP=203.0.113.9}]");
    BOOST_TEST(shown("ExchangeSE", reply, false) == shown("Exchange2019", reply, false));
}

BOOST_AUTO_TEST_CASE(builds_of_2013_end_after_the_alternate_hosts) {
    const auto text = shown("Exchange2013", "421 4.2.1 Unable to connect", false);
    BOOST_TEST(text.find("all alternate hosts.}") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(afternoon_and_midnight_print_as_in_en_us) {
    const auto shown_at = [](std::string_view when) {
        return exchange::queue_last_error(product("Exchange2019"), "x", true, at(when), "", {}, {})
            .substr(0, 28);
    };
    BOOST_TEST(shown_at("2024-12-31T00:05:09Z") == "[{LRT=12/31/2024 12:05:09 AM");
    BOOST_TEST(shown_at("2024-12-31T12:05:09Z") == "[{LRT=12/31/2024 12:05:09 PM");
    BOOST_TEST(shown_at("2024-12-31T23:05:09Z") == "[{LRT=12/31/2024 11:05:09 PM");
}

// README item 18.
BOOST_AUTO_TEST_CASE(the_time_is_the_servers_in_its_culture) {
    auto s = product("Exchange2019");
    s.where = {*parse_time_zone("Europe/Berlin"), *parse_culture("de-DE")};
    const auto text = exchange::queue_last_error(s, "x", true, at("2024-08-14T23:59:59Z"), "", {}, {});
    BOOST_TEST(text.substr(0, 26) == "[{LRT=15.08.2024 01:59:59}");
}

BOOST_AUTO_TEST_CASE(nothing_connected_leaves_host_and_address_empty) {
    const auto text =
        exchange::queue_last_error(product("Exchange2019"), "454 4.7.5 x", true, at(noon), "", {}, {});
    BOOST_TEST(text.find("{FQDN=};{IP=}") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(switch_chooses_the_wrapper) {
    const std::string reply = "421 4.2.1 Unable to connect";
    exchange::behavior b;
    BOOST_REQUIRE(b.set("LastErrorWrapper", "Bare", {}));
    BOOST_TEST(shown("Exchange2019", reply, false, b).find("{LED=" + reply + "}") != std::string::npos);
    BOOST_REQUIRE(b.set("LastErrorWrapper", "Primary440", {}));
    BOOST_TEST(shown("Exchange2019", reply, false, b).find("451 4.4.0 Primary target") != std::string::npos);
    BOOST_REQUIRE(b.set("LastErrorWrapper", "Target44395", {}));
    BOOST_TEST(shown("Exchange2016", reply, false, b).find("451 4.4.395") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
