// What the queue shows for a peer that misbehaves: reference README items 8, 11 and 14, on-premises
// sheet 5.1, 5.2.
#include "tests/lab/worlds.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace connlab;
using namespace connlab::lab::tests;
using namespace std::chrono_literals;
using trace::flow_outcome;

namespace {

std::string with_fault(const std::string& kind, const std::string& connector = "{}") {
    return "Organizations:\n  Varunagroup:\n    SendConnectors:\n      To Contoso: " + connector +
           "\nSteps:\n  - Fault: {Server: MX1, Kind: " + kind +
           "}\n  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}\n"
           "  - Fault: {Server: MX1, Kind: None}\n  - Retry: all\n";
}

struct row {
    const char* kind;
    const char* reply;
    duration took; // of virtual time
    const char* logged;
};

const char* const unable = "421 4.2.1 Unable to connect";
const char* const dropped = "421 4.4.2 Connection dropped due to SocketError";
const char* const timed_out = "421 4.4.1 Connection timed out";

bool has_note(const trace::session_record& s, std::string_view context) {
    const auto& rows = s.send_log.rows;
    return std::any_of(rows.begin(), rows.end(),
                       [&](const trace::protocol_row& r) { return r.context == context; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(faults)

BOOST_AUTO_TEST_CASE(each_fault_has_its_text_takes_its_time_and_passes) {
    for (const auto& r :
         {row{"Refused", unable, 0min, ""}, row{"Reset", dropped, 0min, ""},
          row{"Silent", timed_out, 10min, ""}, row{"Garbage", dropped, 0min, ""},
          row{"ResetInHandshake", dropped, 0min, "TLS negotiation failed with error SocketError"},
          row{"GarbageInHandshake", dropped, 0min, "TLS negotiation failed with error InvalidToken"},
          row{"SilentInHandshake", timed_out, 10min, "TLS negotiation failed with error SocketError"}}) {
        BOOST_TEST_CONTEXT(r.kind) {
            const auto run = record_of(with_fault(r.kind));
            const auto& f = run.steps.at(1).flows.at(0);
            BOOST_TEST((f.outcome == flow_outcome::retry));
            BOOST_TEST(f.reply == r.reply);
            BOOST_TEST(!f.our_text);
            BOOST_TEST((f.ended - f.begun == r.took)); // ConnectionInactivityTimeOut, never real time
            BOOST_REQUIRE(f.sessions.size() == 1U);
            if (*r.logged != '\0')
                BOOST_TEST(has_note(f.sessions.front(), r.logged));
            for (const auto& line : f.sessions.front().lines)
                BOOST_TEST(!line.text.starts_with("MAIL"));
            const auto& again = run.steps.at(3).flows.at(0);
            BOOST_TEST((again.outcome == flow_outcome::delivered));
            BOOST_TEST((again.begun == f.ended));
            BOOST_TEST(again.message_id == f.message_id);
        }
    }
}

BOOST_AUTO_TEST_CASE(patience_is_what_the_connector_says) {
    const auto run = record_of(with_fault("Silent", "{ConnectionInactivityTimeOut: 00:03:00}"));
    const auto& f = run.steps.at(1).flows.at(0);
    BOOST_TEST((f.ended - f.begun == 3min));
}

BOOST_AUTO_TEST_CASE(a_stripped_starttls_goes_in_clear_unless_tls_is_required) { // E1, E11
    auto run = record_of(with_fault("StartTlsStripped"));
    const auto& clear = run.steps.at(1).flows.at(0);
    BOOST_TEST((clear.outcome == flow_outcome::delivered));
    BOOST_TEST(!clear.deliveries.at(0).encrypted);
    BOOST_TEST(!clear.sessions.at(0).handshake.attempted);
    run = record_of(with_fault("StartTlsStripped", "{RequireTLS: true}"));
    const auto& queued = run.steps.at(1).flows.at(0);
    BOOST_TEST(queued.reply == "451 5.7.3 STARTTLS is required to send mail");
    BOOST_TEST(event_ids(queued) == std::vector<int>{2015}, boost::test_tools::per_element());
    BOOST_TEST(run.steps.at(3).flows.at(0).deliveries.at(0).encrypted);
}

BOOST_AUTO_TEST_CASE(last_error_wraps_what_the_socket_says_and_not_the_own_verdict) { // item 14, 5.1
    const auto socket = record_of(with_fault("Reset")).steps.at(1).flows.at(0);
    BOOST_TEST(socket.last_error ==
               "[{LRT=6/3/2024 9:00:00 AM};{LED=451 4.4.395 Target host responded with error. -> 421 4.4.2 "
               "Connection dropped due to SocketError};{FQDN=mx1.contoso.com};{IP=203.0.113.1}]");
    const auto verdict =
        record_of(with_fault("StartTlsStripped", "{RequireTLS: true}")).steps.at(1).flows.at(0);
    BOOST_TEST(verdict.last_error == "[{LRT=6/3/2024 9:00:00 AM};{LED=451 5.7.3 STARTTLS is required to send "
                                     "mail};{FQDN=mx1.contoso.com};{IP=203.0.113.1}]");
}

BOOST_AUTO_TEST_CASE(a_failed_handshake_is_recorded_on_both_sides) {
    const auto run = record_of("Organizations:\n  Contoso:\n    Servers:\n      MX1: {TlsVersions: TLS1_3}\n"
                               "Steps:\n  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}\n");
    const auto& f = run.steps.at(0).flows.at(0);
    BOOST_TEST(f.reply == dropped); // E7
    const auto& h = f.sessions.at(0).handshake;
    BOOST_TEST(h.attempted);
    BOOST_TEST(!h.completed);
    BOOST_TEST(h.failure == "NoCommonVersion");
    BOOST_TEST(h.client_error == "SocketError");
    BOOST_REQUIRE(!h.messages.empty());
    BOOST_TEST(h.messages.back().detail == "fatal protocol_version (70)");
    BOOST_TEST((h.messages.back().way == trace::direction::server_to_client));
    const auto& lines = f.sessions.at(0).lines;
    BOOST_TEST(std::none_of(lines.begin(), lines.end(), [](const auto& l) { return l.encrypted; }));
}

// 2.8, KB 2989382
BOOST_AUTO_TEST_CASE(behind_port_717_the_front_end_looks_for_the_certificate) {
    const std::string connector =
        R"({FrontendProxyEnabled: true, RequireTLS: true, TlsCertificateName: "<I>CN=R3<S>CN=gone"})";
    const auto f = record_of(with_fault("None", connector)).steps.at(1).flows.at(0);
    BOOST_REQUIRE(f.sessions.size() == 1U); // nobody has talked to MX1
    BOOST_TEST(f.sessions[0].server_endpoint == "192.168.10.5:717");
    BOOST_TEST(f.reply.starts_with("450 4.4.101 Proxy session setup failed on Frontend with '"));
    BOOST_TEST(f.reply.find("454 4.7.5 The certificate specified in TlsCertificateName of the SendConnector "
                            "could not be found.\"") != std::string::npos);
    BOOST_TEST(f.rule == "exchange.client-certificate.unresolvable");
    BOOST_TEST(event_ids(f) == std::vector<int>{12014}, boost::test_tools::per_element());
    BOOST_TEST(f.events.at(0).source == "MSExchangeFrontEndTransport");
    BOOST_TEST(f.events.at(0).text.find("<I>CN=R3<S>CN=gone") != std::string::npos);

    const auto alone =
        record_of("Organizations:\n  Varunagroup:\n    SendConnectors:\n      To Contoso: " + connector +
                  "\nSteps:\n  - Fault: {Server: TESTMS05, Kind: Refused}\n"
                  "  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}\n")
            .steps.at(1)
            .flows.at(0);
    BOOST_TEST(alone.reply == unable);
    BOOST_TEST(alone.events.empty()); // a Front End that is not reached looks for nothing
}

BOOST_AUTO_TEST_SUITE_END()
