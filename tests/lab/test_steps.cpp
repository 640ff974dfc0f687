// What a run leaves behind: order, threads, expectations, and what a step changes for the next.
#include "sim/report/json.hpp"
#include "tests/lab/worlds.hpp"

#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

using namespace connlab;
using namespace connlab::lab::tests;
using trace::flow_outcome;

namespace {

/// Every third goes to a host that refuses, every fifth to Fabrikam.
std::string many(std::size_t count) {
    std::string out = "Steps:\n  - Fault: {Server: MX1, Kind: Refused}\n  - Send:\n";
    for (std::size_t i = 0; i < count; ++i)
        out += fmt::format("      - {{From: anna@varunagroup.de, To: user{}@{}}}\n", i,
                           i % 3 == 0 ? "contoso.com" : "fabrikam.com");
    return out;
}

const std::string send = "  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}\n";

} // namespace

BOOST_AUTO_TEST_SUITE(steps)

BOOST_AUTO_TEST_CASE(a_thousand_flows_keep_their_order_and_all_happen) {
    constexpr std::size_t count = 1000;
    const auto result = play(many(count), 4);
    BOOST_REQUIRE(result.record.has_value());
    BOOST_TEST(result.most_at_once > 1U, "no two sessions were in progress at the same time");
    const auto& flows = result.record->steps.back().flows;
    BOOST_REQUIRE(flows.size() == count);
    std::set<std::string> message_ids;
    for (std::size_t i = 0; i < count; ++i) {
        const bool refused = i % 3 == 0;
        BOOST_REQUIRE(flows[i].id == fmt::format("2.{}", i + 1));
        BOOST_REQUIRE(flows[i].to.starts_with(fmt::format("user{}@", i)));
        BOOST_REQUIRE((flows[i].outcome == (refused ? flow_outcome::retry : flow_outcome::delivered)));
        BOOST_REQUIRE(flows[i].deliveries.size() == (refused ? 0U : 1U));
        BOOST_REQUIRE(message_ids.insert(flows[i].message_id).second);
    }
    const auto& queues = result.record->steps.back().queues;
    BOOST_REQUIRE(queues.size() == 1U);
    BOOST_TEST(queues.front().message_count == 334);
}

BOOST_AUTO_TEST_CASE(the_record_does_not_depend_on_the_threads) {
    const auto text = many(60) + "  - Advance: 3m\n  - Retry: all\n";
    const auto one = play(text, 1);
    BOOST_TEST(one.most_at_once == 1U);
    const auto expected = report::json(std::vector{*one.record});
    for (const unsigned threads : {2U, 4U})
        BOOST_TEST((report::json(std::vector{*play(text, threads).record}) == expected));
}

BOOST_AUTO_TEST_CASE(every_message_arrives_byte_for_byte) {
    const auto run =
        record_of("Steps:\n"
                  "  - Send: {From: anna@varunagroup.de, To: bob@contoso.com, Body: \".\\n..\\n.x\"}\n"
                  "  - Send: {From: anna@varunagroup.de, To: bob@contoso.com, Body: \"a\\nbb\\ncx\"}\n");
    const auto& dots = run.steps[0].flows.at(0).deliveries.at(0);
    const auto& letters = run.steps[1].flows.at(0).deliveries.at(0);
    BOOST_TEST(dots.bytes == letters.bytes); // the dots that were added on the way are gone
    BOOST_TEST(dots.sha256 != letters.sha256);
    BOOST_TEST(dots.sha256.size() == 64U);
    BOOST_TEST(dots.encrypted);
}

BOOST_AUTO_TEST_CASE(the_dialogue_is_recorded_with_who_spoke_and_where_tls_began) {
    const auto run = record_of("Steps:\n" + send);
    const auto& lines = run.steps[0].flows.at(0).sessions.at(0).lines;
    const auto find = [&](std::string_view text, bool encrypted) {
        return std::find_if(lines.begin(), lines.end(), [&](const trace::smtp_line& l) {
            return l.text.starts_with(text) && l.encrypted == encrypted;
        });
    };
    for (const auto* command : {"MAIL FROM:<anna@varunagroup.de>", "RCPT TO:<bob@contoso.com>", "QUIT"}) {
        BOOST_TEST((find(command, false) == lines.end()), command << " went in clear");
        BOOST_REQUIRE((find(command, true) != lines.end()));
        BOOST_TEST((find(command, true)->way == trace::direction::client_to_server));
    }
    BOOST_TEST((find("STARTTLS", false) < find("EHLO", true)));
    BOOST_TEST((find("220 ", false) == lines.begin()));
    BOOST_TEST((lines.front().way == trace::direction::server_to_client));
    BOOST_TEST(std::count_if(lines.begin(), lines.end(), [](const auto& l) { return l.content; }) == 1);
}

BOOST_AUTO_TEST_CASE(each_side_writes_its_protocol_log) { // on-premises sheet 2.3, 6.4, 6.5
    const auto run =
        record_of("Steps:\n" + send + "  - Send: {From: bob@contoso.com, To: anna@varunagroup.de}\n");
    const auto events = [](const trace::protocol_log& log) {
        std::string out;
        for (const auto& r : log.rows)
            out += r.event;
        return out;
    };
    const auto& out = run.steps[0].flows[0].sessions.front();
    BOOST_TEST(out.send_log.service == "Hub");
    BOOST_TEST(out.send_log.connector == "To Contoso");
    BOOST_TEST(out.send_log.rows.front().context == "attempting to connect");
    BOOST_TEST(events(out.send_log).find("*+<><") == 0U); // banner, EHLO, the reply line by line
    BOOST_TEST(out.send_log.rows.back().event == '-');
    BOOST_TEST(out.receive_log.rows.empty()); // MX1 is no Exchange server
    const auto& in = run.steps[1].flows[0].sessions.front();
    BOOST_TEST(in.send_log.rows.empty());
    BOOST_TEST(in.receive_log.service == "FrontEnd");
    BOOST_TEST(in.receive_log.connector == "TESTMS05\\Default Frontend TESTMS05");
    BOOST_TEST(events(in.receive_log).find("+><><>**") == 0U); // …, STARTTLS, 220, certificate, result
    const auto& hello = in.receive_log.rows[3].data;
    BOOST_TEST(hello.find("250  testms05.varunagroup.de Hello [203.0.113.1] SIZE ") == 0U);
    BOOST_TEST(hello.find(" STARTTLS ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_expected_and_did_not_happen_is_told_with_its_reason) {
    const auto run =
        record_of("Organizations:\n  Varunagroup:\n    SendConnectors:\n      To Contoso: "
                  "{RequireTLS: true, TlsAuthLevel: "
                  "DomainValidation, TlsDomain: mail.contoso.com}\nSteps:\n"
                  "  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}\n"
                  "    Expect: {Outcome: Delivered, Tls: {Version: TLS1_2}, LastError: \"451 5.7.3 "
                  "STARTTLS is required to send "
                  "mail\"}\n");
    BOOST_TEST(!run.as_expected());
    const auto& all = run.steps[0].expectations;
    BOOST_REQUIRE(all.size() == 3U);
    const auto of = [&](std::string_view what) {
        return *std::find_if(all.begin(), all.end(), [&](const auto& e) { return e.what == what; });
    };
    const auto outcome = of("Outcome");
    BOOST_TEST(outcome.expected == "Delivered");
    BOOST_TEST(outcome.actual == "Retry");
    BOOST_TEST(!outcome.met);
    BOOST_TEST(outcome.why.find("SubjectMismatch") != std::string::npos, outcome.why);
    BOOST_TEST(outcome.why.find("[exchange.") != std::string::npos, outcome.why); // the rule that decided
    BOOST_TEST(outcome.mark.file == "case.yaml");
    BOOST_TEST(outcome.mark.line == 9);
    BOOST_TEST(of("Tls.Version").met);
    BOOST_TEST(of("Tls.Version").why.empty());
    BOOST_TEST(!of("LastError").met);
    BOOST_TEST(of("LastError").actual == "454 4.7.5 Certificate validation failure, Reason:SubjectMismatch");
}

BOOST_AUTO_TEST_CASE(a_cmdlet_changes_what_the_next_step_meets) {
    const auto run = record_of("Steps:\n  - Fault: {Server: MX1, Kind: StartTlsStripped}\n" + send +
                               "  - Run: Set-SendConnector \"To Contoso\" -RequireTLS $true\n" + send);
    BOOST_TEST((run.steps[1].flows.at(0).outcome == flow_outcome::delivered));
    BOOST_TEST(run.steps[3].flows.at(0).reply == "451 5.7.3 STARTTLS is required to send mail");
}

BOOST_AUTO_TEST_CASE(
    a_cmdlet_that_is_refused_ends_the_run_and_says_why) { // V1: IgnoreSTARTTLS with RequireTLS
    const auto result =
        play("Steps:\n"
             "  - Run: Set-SendConnector \"To Contoso\" -RequireTLS $true -IgnoreSTARTTLS $true\n" +
             send);
    BOOST_REQUIRE(result.record.has_value());
    BOOST_TEST(result.record->steps.size() == 1U);
    BOOST_TEST(has_errors(result.findings));
}

BOOST_AUTO_TEST_CASE(a_file_is_not_tampered_with_by_a_text_that_is_not_in_it) {
    const auto result =
        play("Organizations:\n"
             "  Varunagroup:\n"
             "    Servers:\n"
             "      EDGE01: {Role: Edge, Fqdn: edge01.varunagroup.de, IPAddress: 192.0.2.25}\n"
             "Steps:\n"
             "  - Run: {Server: EDGE01, Cmdlet: New-EdgeSubscription -FileName edge01.xml -Force}\n"
             "  - Tamper: {File: edge01.xml, Replace: <AdamSslPort>1<, With: <AdamSslPort>2<}\n");
    BOOST_REQUIRE(result.findings.size() == 1U);
    BOOST_TEST(result.findings.front().message == "`Tamper`: `<AdamSslPort>1<` does not occur in edge01.xml");
    BOOST_TEST(result.findings.front().mark.line == 9);
}

BOOST_AUTO_TEST_CASE(time_decides_about_certificates) { // 2.4 row 10: the verdict is that of the moment
    const auto run = record_of("Organizations:\n  Varunagroup:\n    SendConnectors:\n      To Contoso: "
                               "{RequireTLS: true, TlsAuthLevel: "
                               "CertificateValidation}\n"
                               "  Contoso:\n    Servers:\n      MX1:\n        Certificates: [{Name: mx1, "
                               "Subject: CN=mx1.contoso.com, Issuer: "
                               "Public, NotBefore: 2024-01-01, NotAfter: 2024-06-10}]\n"
                               "Steps:\n" +
                               send + "  - Advance: 10d\n" + send);
    BOOST_TEST((run.steps[0].flows.at(0).outcome == flow_outcome::delivered));
    BOOST_TEST(run.steps[2].flows.at(0).reply == "454 4.7.5 Certificate validation failure, Reason:Expired");
}

BOOST_AUTO_TEST_CASE(rules_that_decided_are_in_the_record_with_their_source) {
    const auto run = record_of("Steps:\n" + send);
    std::set<std::string> known;
    for (const auto& r : run.rules) {
        BOOST_TEST(!r.statement.empty(), r.id);
        BOOST_TEST(!r.source.empty(), r.id);
        known.insert(r.id);
    }
    const auto& f = run.steps[0].flows.at(0);
    BOOST_REQUIRE(f.decisions.size() >= 3U);
    for (const auto& d : f.decisions)
        BOOST_TEST(known.count(d.rule) == 1U, d.rule);
    for (const auto& d : f.sessions.at(0).decisions)
        BOOST_TEST(known.count(d.rule) == 1U, d.rule);
}

BOOST_AUTO_TEST_SUITE_END()
