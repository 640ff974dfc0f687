// On-premises sheet 2.1 (AddressSpaces), "Send connectors".
#include "tests/exchange/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace fixtures;

namespace {

exchange::organization with(std::vector<exchange::send_connector> connectors) {
    auto o = varunagroup();
    o.send_connectors = std::move(connectors);
    return o;
}

std::string chosen(const exchange::organization& o, std::string_view domain) {
    const auto d = exchange::select_send_connector(o, testms05(), domain);
    is_complete(d.why);
    return d.value == nullptr ? "" : d.value->name;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchange_send_connector)

BOOST_AUTO_TEST_CASE(longest_match_wins_whatever_the_cost) {
    const auto o =
        with({sending_to("Internet", {{"SMTP", "*", 1}}), sending_to("Com", {{"SMTP", "*.com", 1}}),
              sending_to("Contoso and below", {{"SMTP", "*.contoso.com", 1}}),
              sending_to("Contoso", {{"SMTP", "contoso.com", 100}})});
    BOOST_TEST(chosen(o, "contoso.com") == "Contoso");
    BOOST_TEST(chosen(o, "eu.contoso.com") == "Contoso and below");
    BOOST_TEST(chosen(o, "a.b.contoso.com") == "Contoso and below");
    BOOST_TEST(chosen(o, "fabrikam.com") == "Com");
    BOOST_TEST(chosen(o, "fabrikam.de") == "Internet");
}

BOOST_AUTO_TEST_CASE(wildcard_space_holds_the_domain_itself) {
    const auto o = with({sending_to("Contoso and below", {{"SMTP", "*.contoso.com", 1}})});
    BOOST_TEST(chosen(o, "contoso.com") == "Contoso and below");
    BOOST_TEST(chosen(o, "notcontoso.com") == "");
}

BOOST_AUTO_TEST_CASE(plain_space_holds_that_domain_only) {
    const auto o = with({to_contoso()});
    BOOST_TEST(chosen(o, "CONTOSO.com") == "To Contoso");
    BOOST_TEST(chosen(o, "eu.contoso.com") == "");
}

BOOST_AUTO_TEST_CASE(lower_cost_wins_between_equal_matches) {
    const auto o = with({sending_to("A", {{"SMTP", "*", 10}}), sending_to("B", {{"SMTP", "*", 5}})});
    const auto d = exchange::select_send_connector(o, testms05(), "contoso.com");
    is_complete(d.why);
    BOOST_TEST(d.value->name == "B");
    BOOST_TEST(d.why.rule == "exchange.send-connector.cost");
    BOOST_TEST(fate(d.why, "A") == "cost 10 is higher than 5");
    BOOST_TEST(d.why.assumed.empty());
}

BOOST_AUTO_TEST_CASE(same_match_and_cost_is_an_assumption) {
    const auto o = with({sending_to("B", {{"SMTP", "*", 1}}), sending_to("A", {{"SMTP", "*", 1}})});
    const auto d = exchange::select_send_connector(o, testms05(), "contoso.com");
    is_complete(d.why);
    BOOST_TEST(d.value->name == "A");
    BOOST_TEST(rests_on(d.why, "exchange.send-connector.tie"));
}

BOOST_AUTO_TEST_CASE(disabled_foreign_and_non_smtp_connectors_do_not_take_part) {
    auto off = to_contoso();
    off.name = "Off";
    off.enabled = false;
    auto foreign = to_contoso();
    foreign.name = "Foreign";
    foreign.source_transport_servers = std::vector<std::string>{"TESTMS06"};
    const auto o = with({off, foreign, sending_to("X400", {{"X400", "contoso.com", 1}}),
                         sending_to("All", {{"smtp", "*", 1}})});
    const auto d = exchange::select_send_connector(o, testms05(), "contoso.com");
    is_complete(d.why);
    BOOST_TEST(d.value->name == "All");
    BOOST_TEST(fate(d.why, "Off") == "not enabled");
    BOOST_TEST(fate(d.why, "Foreign") == "its SourceTransportServers are TESTMS06, not TESTMS05");
    BOOST_TEST(fate(d.why, "X400") == "no address space of it covers contoso.com");
}

BOOST_AUTO_TEST_CASE(source_servers_are_compared_without_case) {
    auto c = to_contoso();
    c.source_transport_servers = std::vector<std::string>{"testms05"};
    BOOST_TEST(chosen(with({c}), "contoso.com") == "To Contoso");
}

BOOST_AUTO_TEST_CASE(nothing_covers_the_recipient) {
    const auto d = exchange::select_send_connector(varunagroup(), testms05(), "contoso.com");
    is_complete(d.why);
    BOOST_TEST(d.value == nullptr);
    BOOST_TEST(d.why.rule == "exchange.send-connector.none");
}

BOOST_AUTO_TEST_SUITE_END()
