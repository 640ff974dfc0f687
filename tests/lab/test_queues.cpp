// Queues and virtual time: on-premises sheet 2.7, 5.1; S-QP (queue properties).
#include "tests/lab/worlds.hpp"

#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

using namespace connlab;
using namespace connlab::lab::tests;
using namespace std::chrono_literals;
using trace::flow_outcome;

namespace {

const std::string refused = "  - Fault: {Server: MX1, Kind: Refused}\n";
const std::string send = "  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}\n";
const instant submitted = *parse_instant("2024-06-03T09:00:00Z");

std::string advance(std::string_view length) {
    return fmt::format("  - Advance: {}\n", length);
}

/// Attempts in the step, and when the queue tries next.
struct progress {
    int attempts = 0;
    duration next{}; // after submission
};

progress progress_of(const trace::step_record& s) {
    BOOST_REQUIRE(s.flows.size() == 1U);
    BOOST_REQUIRE(s.queues.size() == 1U);
    BOOST_TEST((s.flows.front().outcome == flow_outcome::retry));
    return {s.flows.front().attempts, *s.queues.front().next_retry - submitted};
}

void check(const trace::step_record& s, int attempts, duration next) {
    const auto is = progress_of(s);
    BOOST_TEST(is.attempts == attempts, "step " << s.number);
    BOOST_TEST((is.next == next), "step " << s.number << ": next after " << format_duration(is.next));
}

} // namespace

BOOST_AUTO_TEST_SUITE(queues)

BOOST_AUTO_TEST_CASE(
    a_mailbox_server_retries_on_the_documented_intervals) { // 4 × 1, 6 × 5, then every 10 minutes
    const auto run = record_of("Steps:\n" + refused + send + advance("30s") + advance("4m") + advance("30m") +
                               advance("30m") + advance("1d"));
    BOOST_TEST((run.steps[1].queues.at(0).next_retry == submitted + 1min));
    BOOST_TEST(run.steps[2].flows.empty());        // 0:30
    check(run.steps[3], 4, 9min);                  // 4:30: after 1, 2, 3, 4
    check(run.steps[4], 6, 44min);                 // 34:30: after 9, 14, 19, 24, 29, 34
    check(run.steps[5], 3, 74min);                 // 64:30: after 44, 54, 64
    check(run.steps[6], 144, 74min + 144 * 10min); // a day
    BOOST_TEST((run.steps[6].ended == submitted + 64min + 30s + 24h));
}

BOOST_AUTO_TEST_CASE(a_retry_at_the_very_end_of_an_advance_belongs_to_it) {
    const auto run = record_of("Steps:\n" + refused + send + advance("1m") + advance("1m"));
    check(run.steps[2], 1, 2min);
    check(run.steps[3], 1, 3min);
}

BOOST_AUTO_TEST_CASE(an_edge_server_retries_less_often) { // 4 × 1, 6 × 10, then every 30 minutes
    const auto run =
        record_of("Organizations:\n  Varunagroup:\n    Servers:\n      TESTMS05: {Role: Edge}\nSteps:\n" +
                  refused + send + advance("4m30s") + advance("60m") + advance("60m"));
    check(run.steps[2], 4, 14min);
    check(run.steps[3], 6, 94min);
    check(run.steps[4], 2, 154min);
}

BOOST_AUTO_TEST_CASE(a_message_expires_after_two_days) { // E25
    const auto run =
        record_of("Steps:\n" + refused + send + advance("47h59m") + advance("2m") + advance("1d"));
    BOOST_TEST((run.steps[2].flows.at(0).outcome == flow_outcome::retry));
    const auto& f = run.steps[3].flows.at(0);
    BOOST_TEST((f.outcome == flow_outcome::failed));
    BOOST_TEST(f.reply == "550 4.4.7 QUEUE.Expired; message expired");
    BOOST_TEST((f.ended == submitted + 48h));
    BOOST_TEST(run.steps[3].queues.empty());
    BOOST_TEST(run.steps[4].flows.empty());
}

BOOST_AUTO_TEST_CASE(messages_that_expire_together_stay_apart) {
    const auto run =
        record_of("Steps:\n" + refused + "  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}\n" +
                  "  - Send: {From: anna@varunagroup.de, To: carol@contoso.com}\n" + advance("3d"));
    const auto& flows = run.steps[3].flows;
    BOOST_REQUIRE(flows.size() == 2U);
    BOOST_TEST(flows[0].to == "bob@contoso.com");
    BOOST_TEST(flows[1].to == "carol@contoso.com");
    for (const auto& f : flows)
        BOOST_TEST((f.outcome == flow_outcome::failed), f.to);
}

BOOST_AUTO_TEST_CASE(advance_delivers_at_the_first_retry_after_the_peer_is_mended) {
    const auto run = record_of("Steps:\n" + refused + send + advance("90s") +
                               "  - Fault: {Server: MX1, Kind: None}\n" + advance("1d"));
    const auto& f = run.steps[4].flows.at(0);
    BOOST_TEST((f.outcome == flow_outcome::delivered));
    BOOST_TEST((f.begun == submitted + 2min));
    BOOST_TEST(f.attempts == 1);
    BOOST_TEST(run.steps[4].queues.empty());
    BOOST_TEST((run.steps[4].ended == submitted + 90s + 24h)); // time goes on although nothing is left to do
}

BOOST_AUTO_TEST_CASE(retry_tries_at_once_and_only_where_it_is_told) {
    const auto run = record_of("Steps:\n" + refused + send +
                               "  - Retry: Contoso\n  - Retry: Varunagroup\n  - Retry: TESTMS05\n");
    BOOST_TEST(run.steps[2].flows.empty());
    for (const auto step : {3U, 4U}) {
        BOOST_REQUIRE(run.steps[step].flows.size() == 1U);
        BOOST_TEST((run.steps[step].flows.front().begun == submitted));
    }
    BOOST_TEST(
        (run.steps[4].queues.at(0).next_retry == submitted + 1min)); // three failures: still the first stage
}

BOOST_AUTO_TEST_CASE(a_queue_shows_what_get_queue_shows) { // 5.1, S-QP
    const auto run = record_of("Steps:\n" + refused + "  - Fault: {Server: FAB, Kind: Reset}\n" + send +
                               send + "  - Send: {From: anna@varunagroup.de, To: carol@fabrikam.com}\n");
    const auto& queues = run.steps.back().queues;
    BOOST_REQUIRE(queues.size() == 2U);
    const auto& q = queues[0];
    BOOST_TEST(q.identity.starts_with("TESTMS05\\"));
    BOOST_TEST(q.identity != queues[1].identity);
    BOOST_TEST(q.delivery_type == "DnsConnectorDelivery");
    BOOST_TEST(q.next_hop_domain == "contoso.com");
    BOOST_TEST(q.status == "Retry");
    BOOST_TEST(q.message_count == 2);
    BOOST_TEST(q.tls_domain.empty());
    BOOST_TEST(q.last_error.find(
                   "{LED=451 4.4.395 Target host responded with error. -> 421 4.2.1 Unable to connect}") !=
               std::string::npos);
    BOOST_TEST(queues[1].next_hop_domain == "fabrikam.com");
    BOOST_TEST(queues[1].last_error.find("421 4.4.2 Connection dropped due to SocketError") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_domain_secured_destination_has_its_own_queue) { // 2.7, last sentence; 4.2
    const auto run = record_of(
        "Organizations:\n  Varunagroup:\n    TransportConfig: {TLSSendDomainSecureList: [contoso.com]}\n"
        "    SendConnectors:\n      To Contoso: {DomainSecureEnabled: true}\nSteps:\n" +
        refused + send);
    BOOST_REQUIRE(run.steps.back().queues.size() == 1U);
    BOOST_TEST(run.steps.back().queues.front().tls_domain == "contoso.com");
}

BOOST_AUTO_TEST_CASE(smart_hosts_name_the_queue) {
    const auto run = record_of("Organizations:\n  Varunagroup:\n    SendConnectors:\n      To Contoso: "
                               "{DNSRoutingEnabled: false, SmartHosts: [mx1.contoso.com]}\nSteps:\n" +
                               refused + send);
    const auto& q = run.steps.back().queues.at(0);
    BOOST_TEST(q.delivery_type == "SmartHostConnectorDelivery");
    BOOST_TEST(q.next_hop_domain == "mx1.contoso.com");
}

BOOST_AUTO_TEST_SUITE_END()
