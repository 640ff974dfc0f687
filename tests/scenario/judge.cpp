#include "sim/scenario/judge.hpp"

#include <boost/test/unit_test.hpp>

namespace connlab::scenario {

namespace {

/// A message refused for its certificate's name: what TESTMS05's queue shows then.
trace::flow_record refused() {
    trace::flow_record f;
    f.id = "1";
    f.message_id = "<1@testms05.varunagroup.de>";
    f.to = "bob@contoso.com";
    f.server = "TESTMS05";
    f.connector = "To Contoso";
    f.next_hop = "mail.contoso.com";
    f.outcome = trace::flow_outcome::retry;
    f.reply = "454 4.7.5 Certificate validation failure, Reason:SubjectMismatch";
    f.last_error =
        "[{LRT=6/3/2024 9:00:00 AM};{LED=" + f.reply + "};{FQDN=mail.contoso.com};{IP=203.0.113.9}]";
    f.decided_by = "SubjectMismatch";
    trace::session_record s;
    s.server_connector = "TESTMS05\\Default Frontend TESTMS05";
    s.handshake.attempted = s.handshake.completed = true;
    s.handshake.version = "TLS1_2";
    s.handshake.suite = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    s.handshake.server_chain.push_back({});
    s.handshake.server_chain[0].subject = "CN=www.contoso.com";
    s.handshake.server_chain[0].thumbprint = "00112233445566778899AABBCCDDEEFF00112233";
    s.decisions.push_back({"exchange.tls.name", "Is the name right?", "no: SubjectMismatch", {}, {}, {}, {}});
    s.decisions.push_back({"exchange.queue.retry", "What now?", "queued", {}, {}, {}, {}});
    f.sessions.push_back(s);
    f.events.push_back({});
    f.events[0].id = 2015;
    f.findings.push_back("Domain Security is not in force: the list is empty");
    return f;
}

trace::flow_record delivered() {
    auto f = refused();
    f.outcome = trace::flow_outcome::delivered;
    f.reply = f.last_error = f.decided_by = {};
    f.events.clear();
    f.deliveries.push_back({"MX", 100, "", true, "Partner", "varunagroup.de", "Subject: x\r\n\r\n"});
    return f;
}

/// One expectation of a step without further ado.
trace::expectation_record judged(const trace::flow_record& f, std::string key,
                                 std::vector<std::string> values) {
    step s;
    s.what = retry_step{};
    s.expect = expectation{{{std::move(key), std::move(values), {}}}, {}};
    trace::step_record happened;
    happened.flows.push_back(f);
    trace::queue_record q;
    q.server = "TESTMS05";
    q.identity = "TESTMS05\\3";
    q.delivery_type = "DnsConnectorDelivery";
    q.next_hop_domain = "contoso.com";
    q.status = "Retry";
    q.message_count = 1;
    q.last_error = f.last_error;
    q.next_retry = *parse_instant("2024-06-03T09:01:00Z");
    happened.queues.push_back(std::move(q));
    const auto all = judge(s, happened);
    BOOST_TEST_REQUIRE(all.size() == 1U);
    return all.front();
}

bool met(const trace::flow_record& f, std::string key, std::vector<std::string> values) {
    return judged(f, std::move(key), std::move(values)).met;
}

} // namespace

BOOST_AUTO_TEST_SUITE(judging)

BOOST_AUTO_TEST_CASE(each_key_is_compared_with_what_happened) {
    const auto f = refused();
    BOOST_TEST(met(f, "Outcome", {"Retry"}));
    BOOST_TEST(!met(f, "Outcome", {"Delivered"}));
    BOOST_TEST(met(f, "LastError", {f.reply}));
    BOOST_TEST(met(f, "LastError", {f.last_error}));
    BOOST_TEST(!met(f, "LastError", {"454 4.7.5 Certificate validation failure"})); // not the whole reply
    BOOST_TEST(met(f, "Decision", {"SubjectMismatch"}));
    BOOST_TEST(met(f, "Decision", {"exchange.tls.name"}));
    BOOST_TEST(!met(f, "Decision", {"UntrustedRoot"}));
    BOOST_TEST(met(f, "Tls.Version", {"TLS1_2"}));
    BOOST_TEST(!met(f, "Tls", {"none"}));
    BOOST_TEST(met(f, "ServerCertificate", {"CN=www.contoso.com"}));
    BOOST_TEST(met(f, "ServerCertificate", {"00112233445566778899aabbccddeeff00112233"}));
    BOOST_TEST(met(f, "ClientCertificate", {"none"}));
    BOOST_TEST(met(f, "Connector", {"To Contoso"}));
    BOOST_TEST(met(f, "ReceiveConnector", {"TESTMS05\\Default Frontend TESTMS05"}));
    BOOST_TEST(met(f, "ReceiveConnector", {"Default Frontend TESTMS05"}));
    BOOST_TEST(met(f, "NextHop", {"mail.contoso.com"}));
    BOOST_TEST(met(f, "Server", {"none"}));
    BOOST_TEST(met(f, "Finding", {"not in force"}));
    BOOST_TEST(!met(f, "Finding", {"not in force", "wildcard"}));
    BOOST_TEST(met(delivered(), "Server", {"MX"}));
    BOOST_TEST(met(delivered(), "AuthAs", {"Partner"}));
    BOOST_TEST(met(delivered(), "AuthDomain", {"varunagroup.de"}));
    BOOST_TEST(met(delivered(), "Tls.Encrypted", {"true"}));
    BOOST_TEST(!met(f, "AuthAs", {"Partner"})); // not delivered
}

BOOST_AUTO_TEST_CASE(headers_are_looked_at_hop_by_hop) {
    auto f = delivered();
    for (const auto* kept : {"X-A: first\r\nX-B: 1\r\n", "X-A: second\r\n"}) {
        trace::session_record s;
        s.server = "FAB01";
        s.server_service = "Hub";
        s.header_sent = "X-Sent: yes\r\n";
        s.header_kept = kept;
        f.sessions.push_back(s);
    }
    BOOST_TEST(met(f, "HopHeaders.FAB01 Transport.1.Kept.X-A", {"first"}));
    BOOST_TEST(!met(f, "HopHeaders.FAB01 Transport.1.Kept.X-A", {"second"}));
    BOOST_TEST(met(f, "HopHeaders.FAB01 Transport.2.Kept.X-A", {"second"}));
    BOOST_TEST(met(f, "HopHeaders.FAB01 Transport.1.Sent.X-Sent", {"yes"}));
    BOOST_TEST(met(f, "HopHeaders.FAB01 Transport.1.Sent.X-A", {"none"}));
    BOOST_TEST(judged(f, "HopHeaders.FAB01 Transport.1.Kept.X-*", {"X-B"}).actual == "X-A, X-B");
    BOOST_TEST(met(f, "HopHeaders.FAB01 Transport.2.Kept.X-B*", {"none"}));
    BOOST_TEST(judged(f, "HopHeaders.FAB01 Transport.3.Kept.X-A", {"none"}).actual == "no such hop");
    f.sessions.back().header_kept.clear(); // it did not take the message
    BOOST_TEST(!met(f, "HopHeaders.FAB01 Transport.2.Kept.X-A", {"none"}));
}

BOOST_AUTO_TEST_CASE(events_that_are_named_were_logged_and_none_means_none) {
    BOOST_TEST(met(refused(), "Events", {"2015"}));
    BOOST_TEST(!met(refused(), "Events", {"2015", "12014"}));
    BOOST_TEST(!met(refused(), "Events", {"none"}));
    BOOST_TEST(met(delivered(), "Events", {"none"}));
}

BOOST_AUTO_TEST_CASE(the_queue_is_that_of_the_recipients_domain) {
    const auto f = refused();
    BOOST_TEST(met(f, "Queue.Status", {"Retry"}));
    BOOST_TEST(met(f, "Queue.MessageCount", {"1"}));
    BOOST_TEST(met(f, "Queue.LastError", {f.reply}));
    BOOST_TEST(met(f, "Queue.LastError", {f.last_error}));
    BOOST_TEST(met(f, "Queue.NextRetry", {"2024-06-03T09:01:00Z"}));
    BOOST_TEST(!met(f, "Queue.NextRetry", {"2024-06-03T09:02:00Z"}));
}

BOOST_AUTO_TEST_CASE(a_failed_expectation_says_what_was_and_why) {
    const auto failed = judged(refused(), "Outcome", {"Delivered"});
    BOOST_TEST(failed.expected == "Delivered");
    BOOST_TEST(failed.actual == "Retry");
    BOOST_TEST(failed.why == "no: SubjectMismatch [exchange.tls.name]");
    BOOST_TEST(failed.flow == "1");
    BOOST_TEST(judged(refused(), "Outcome", {"Retry"}).why.empty());
}

BOOST_AUTO_TEST_CASE(a_handshake_that_failed_is_no_tls_and_no_version) {
    auto f = refused();
    f.sessions[0].handshake.completed = false;
    f.sessions[0].handshake.failure = "no common version";
    BOOST_TEST(met(f, "Tls", {"none"}));
    const auto version = judged(f, "Tls.Version", {"TLS1_2"});
    BOOST_TEST(!version.met);
    BOOST_TEST(version.actual == "handshake failed: no common version");
    f.sessions.clear();
    BOOST_TEST(judged(f, "Tls", {"none"}).actual == "no connection");
}

BOOST_AUTO_TEST_CASE(each_message_of_a_list_has_its_own_expectation_and_the_steps) {
    step s;
    send_step send;
    send.flows.resize(2);
    send.flows[0].expect = expectation{{{"Outcome", {"Retry"}, {}}}, {}};
    send.flows[1].expect = expectation{{{"Outcome", {"Delivered"}, {}}}, {}};
    s.what = send;
    s.expect = expectation{{{"Tls.Version", {"TLS1_2"}, {}}}, {}};
    trace::step_record happened;
    happened.flows = {refused(), delivered()};
    happened.flows[1].message_id = "<2@testms05.varunagroup.de>";
    const auto all = judge(s, happened);
    BOOST_TEST(all.size() == 4U);
    for (const auto& one : all)
        BOOST_TEST(one.met, one.what);
}

BOOST_AUTO_TEST_CASE(of_several_attempts_the_last_counts_and_the_events_of_all) {
    step s;
    s.what = advance_step{};
    s.expect = expectation{{{"Outcome", {"Delivered"}, {}}, {"Events", {"2015"}, {}}}, {}};
    trace::step_record happened;
    happened.flows = {refused(), delivered()};
    const auto all = judge(s, happened);
    BOOST_TEST_REQUIRE(all.size() == 2U);
    BOOST_TEST(all[0].met);
    BOOST_TEST(all[1].met);
}

BOOST_AUTO_TEST_CASE(without_a_message_nothing_is_met_but_events_and_output) {
    step s;
    s.what = run_step{};
    s.expect = expectation{
        {{"Outcome", {"Delivered"}, {}}, {"Events", {"none"}, {}}, {"Output", {"TlsDomain"}, {}}}, {}};
    trace::step_record happened;
    happened.output = "Send connector To Contoso: TlsDomain";
    const auto all = judge(s, happened);
    BOOST_TEST_REQUIRE(all.size() == 3U);
    BOOST_TEST(all[0].actual == "nothing was sent");
    BOOST_TEST(!all[0].met);
    BOOST_TEST(all[1].met);
    BOOST_TEST(all[2].met);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_expected_by_its_rule_or_by_its_words) {
    const auto met = [](const std::string& expected, const std::string& refusal) {
        step s;
        s.what = run_step{};
        s.expect = expectation{{{"Refused", {expected}, {}}}, {}};
        trace::step_record happened;
        happened.refusal = refusal;
        const auto all = judge(s, happened);
        BOOST_TEST_REQUIRE(all.size() == 1U);
        return all[0].met;
    };
    const std::string refusal =
        "TlsAuthLevel CertificateValidation needs RequireTLS $true (our wording) [V2]";
    BOOST_TEST(met("V2", refusal));
    BOOST_TEST(met("needs RequireTLS $true", refusal));
    BOOST_TEST(!met("V3", refusal));
    BOOST_TEST(!met("V1", "Port is a number from 0 to 65535 [V10]"));
    BOOST_TEST(!met("V2", ""));
    BOOST_TEST(met("none", ""));
    BOOST_TEST(!met("none", refusal));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace connlab::scenario
