// Which host comes next: RFC 5321 5.1, Set-SendConnector (SmartHosts), on-premises sheet 2.6 (last sentence).
#include "tests/lab/worlds.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::lab::tests;
using strings = std::vector<std::string>;
using trace::flow_outcome;

namespace {

const std::string send = "  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}\n";

std::string broken(const std::string& server, const std::string& kind = "Refused") {
    return "  - Fault: {Server: " + server + ", Kind: " + kind + "}\n";
}

/// The flow of a case's last step.
trace::flow_record flow_of(const std::string& text) {
    const auto run = record_of(text);
    BOOST_REQUIRE(run.steps.back().flows.size() == 1U);
    return run.steps.back().flows.front();
}

const std::string three =
    "Dns:\n  contoso.com: {MX: [30 mx3.contoso.com, 10 mx2.contoso.com, 20 mx1.contoso.com]}\n";

} // namespace

BOOST_AUTO_TEST_SUITE(routing)

BOOST_AUTO_TEST_CASE(the_lowest_preference_is_tried_first_and_alone_when_it_works) {
    const auto f = flow_of(three + "Steps:\n" + send);
    BOOST_TEST((f.outcome == flow_outcome::delivered));
    BOOST_TEST(hosts_tried(f) == strings{"MX2"}, boost::test_tools::per_element());
    BOOST_REQUIRE(f.deliveries.size() == 1U);
    BOOST_TEST(f.deliveries.front().server == "MX2");
}

BOOST_AUTO_TEST_CASE(the_next_preference_follows_each_failure) {
    auto f = flow_of(three + "Steps:\n" + broken("MX2") + send);
    BOOST_TEST(hosts_tried(f) == (strings{"MX2", "MX1"}), boost::test_tools::per_element());
    f = flow_of(three + "Steps:\n" + broken("MX2") + broken("MX1") + send);
    BOOST_TEST(hosts_tried(f) == (strings{"MX2", "MX1", "MX3"}), boost::test_tools::per_element());
    BOOST_TEST((f.outcome == flow_outcome::delivered));
    f = flow_of(three + "Steps:\n" + broken("MX2") + broken("MX1") + broken("MX3", "Reset") + send);
    BOOST_TEST((f.outcome == flow_outcome::retry));
    BOOST_TEST(f.sessions.size() == 3U);
    BOOST_TEST(f.reply == "421 4.4.2 Connection dropped due to SocketError"); // of the last
}

BOOST_AUTO_TEST_CASE(every_kind_of_failure_lets_the_next_host_have_its_turn) {
    for (const auto* kind : {"Refused", "Reset", "Silent", "Garbage", "ResetInHandshake", "SilentInHandshake",
                             "GarbageInHandshake"}) {
        const auto f = flow_of(three + "Steps:\n" + broken("MX2", kind) + send);
        BOOST_TEST((f.outcome == flow_outcome::delivered), kind);
        BOOST_TEST(hosts_tried(f) == (strings{"MX2", "MX1"}), boost::test_tools::per_element());
        BOOST_TEST(f.deliveries.size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(a_host_without_starttls_is_passed_over_when_tls_is_required) {
    const auto f =
        flow_of(three +
                "Organizations:\n  Varunagroup:\n    SendConnectors:\n      To Contoso: {RequireTLS: true}\n"
                "Steps:\n" +
                broken("MX2", "StartTlsStripped") + send);
    BOOST_TEST(hosts_tried(f) == (strings{"MX2", "MX1"}), boost::test_tools::per_element());
    BOOST_TEST((f.outcome == flow_outcome::delivered));
    for (const auto& line : f.sessions.front().lines)
        BOOST_TEST(line.text.find("MAIL") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_permanent_reply_ends_the_attempt_at_once) {
    const auto f = flow_of(three +
                           "Organizations:\n  Varunagroup:\n    SendConnectors:\n      To Contoso: "
                           "{IgnoreSTARTTLS: true}\n"
                           "  Contoso:\n    Servers:\n      MX2: {RequireTls: true}\n" +
                           "Steps:\n" + send);
    BOOST_TEST(hosts_tried(f) == strings{"MX2"}, boost::test_tools::per_element());
    BOOST_TEST((f.outcome == flow_outcome::failed));
    BOOST_TEST(f.reply == "530 5.7.0 Must issue a STARTTLS command first"); // RFC 3207 section 4
    BOOST_TEST(!f.our_text);
}

BOOST_AUTO_TEST_CASE(equal_preferences_are_tried_in_the_order_of_the_file) {
    const auto f =
        flow_of("Dns:\n  contoso.com: {MX: [10 mx3.contoso.com, 10 mx1.contoso.com, 10 mx2.contoso.com]}\n"
                "Steps:\n" +
                broken("MX3") + broken("MX1") + send);
    BOOST_TEST(hosts_tried(f) == (strings{"MX3", "MX1", "MX2"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(all_addresses_of_a_host_come_before_the_next_host) {
    const auto f = flow_of("Dns:\n  contoso.com: {MX: [10 mail.contoso.com, 20 mx3.contoso.com]}\n"
                           "  mail.contoso.com: {CNAME: pool.contoso.com}\n"
                           "  pool.contoso.com: {A: [203.0.113.2, 203.0.113.1]}\n"
                           "Steps:\n" +
                           broken("MX2") + broken("MX1") + send);
    BOOST_TEST(hosts_tried(f) == (strings{"MX2", "MX1", "MX3"}), boost::test_tools::per_element());
    BOOST_REQUIRE(f.sessions.size() == 3U);
    BOOST_TEST(f.sessions[0].server_endpoint == "203.0.113.2:25");
}

BOOST_AUTO_TEST_CASE(without_mx_the_domains_own_address_takes_the_mail) {
    const auto f = flow_of("Dns:\n  elsewhere.example: {A: 198.51.100.7}\n"
                           "Organizations:\n  Fabrikam:\n    AcceptedDomains: [fabrikam.com]\n"
                           "Steps:\n  - Send: {From: anna@varunagroup.de, To: x@elsewhere.example}\n");
    BOOST_TEST(f.connector == "Internet");
    BOOST_TEST(hosts_tried(f) == strings{"FAB"}, boost::test_tools::per_element());
    BOOST_TEST((f.outcome == flow_outcome::failed)); // it does not relay
    BOOST_TEST(f.reply.starts_with("554 5.7.1"));
}

BOOST_AUTO_TEST_CASE(smart_hosts_are_tried_in_order_and_may_be_addresses) {
    const auto f = flow_of("Organizations:\n  Varunagroup:\n    SendConnectors:\n      To Contoso: "
                           "{DNSRoutingEnabled: false, SmartHosts: ['[203.0.113.3]', mx2.contoso.com]}\n"
                           "Steps:\n" +
                           broken("MX3") + send);
    BOOST_TEST(hosts_tried(f) == (strings{"MX3", "MX2"}), boost::test_tools::per_element());
    BOOST_TEST(f.sessions[0].handshake.sni.empty());
    BOOST_TEST(f.sessions[1].handshake.sni == "mx2.contoso.com");
}

BOOST_AUTO_TEST_CASE(a_smart_host_without_address_is_named) {
    const auto f = flow_of("Organizations:\n  Varunagroup:\n    SendConnectors:\n      To Contoso: "
                           "{DNSRoutingEnabled: false, SmartHosts: [relay.nowhere.example]}\n"
                           "Steps:\n" +
                           send);
    BOOST_TEST((f.outcome == flow_outcome::retry));
    BOOST_TEST(f.rule == "lab.routing.smart-host");
    BOOST_TEST(f.reply.find("relay.nowhere.example") != std::string::npos);
    BOOST_TEST(f.our_text);
}

BOOST_AUTO_TEST_CASE(a_domain_that_does_not_exist_fails_and_one_without_address_waits) {
    auto f = flow_of("Dns: {nowhere.example: NXDOMAIN}\n"
                     "Steps:\n  - Send: {From: anna@varunagroup.de, To: x@nowhere.example}\n");
    BOOST_TEST((f.outcome == flow_outcome::failed));
    BOOST_TEST(f.our_text);
    BOOST_TEST(f.sessions.empty());
    f = flow_of("Dns:\n  unreachable.example: {MX: [10 gone.unreachable.example]}\n"
                "Steps:\n  - Send: {From: anna@varunagroup.de, To: x@unreachable.example}\n");
    BOOST_TEST((f.outcome == flow_outcome::retry));
    BOOST_TEST(f.sessions.empty());
}

BOOST_AUTO_TEST_CASE(without_a_connector_the_message_is_unreachable) {
    const auto f = flow_of("Organizations:\n  Varunagroup:\n    SendConnectors:\n"
                           "      Internet: {AddressSpaces: [\"SMTP:fabrikam.com;1\"]}\n"
                           "Dns:\n  elsewhere.example: {A: 198.51.100.7}\n"
                           "Steps:\n  - Send: {From: anna@varunagroup.de, To: x@elsewhere.example}\n");
    BOOST_TEST((f.outcome == flow_outcome::undeliverable));
    BOOST_TEST(f.sessions.empty());
    BOOST_TEST(!f.summary.empty());
}

BOOST_AUTO_TEST_SUITE_END()
