#include "sim/report/explain.hpp"
#include "tests/report/records.hpp"

#include <boost/test/unit_test.hpp>

using namespace connlab;
using namespace connlab::report;
using namespace connlab::report::test;

namespace {

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

const paint plain(false);

} // namespace

BOOST_AUTO_TEST_SUITE(explain_report)

BOOST_AUTO_TEST_CASE(every_decision_has_its_rule_its_losers_and_the_line_that_decided) {
    const auto out = explain(refused_run(), {}, plain);
    for (const auto* part :
         {"? Is the certificate good enough?", "queued: SubjectMismatch",
          "left  mail.contoso.com  is not mx.contoso.com", "took  mx.contoso.com    TlsDomain",
          "because  TlsDomain of Send connector To Contoso: mx.contoso.com  case.yaml:11:81",
          "rule exchange.name.mismatch [assumed]"})
        BOOST_TEST(says(out, part), part << " is not in:\n" << out);
}

BOOST_AUTO_TEST_CASE(assumptions_and_our_own_wording_are_disclosed) {
    const auto out = explain(refused_run(), {}, plain);
    for (const auto* part :
         {"This outcome rests on assumptions", "exchange.name.mismatch: The name must be there.",
          "(our wording; Exchange's is not"})
        BOOST_TEST(says(out, part), part << " is not in:\n" << out);
    BOOST_TEST(!says(explain(delivered_run(), {}, plain), "rests on assumptions"));
}

BOOST_AUTO_TEST_CASE(the_administrator_sees_queue_and_event) {
    const auto out = explain(refused_run(), {}, plain);
    for (const auto* part : {"The queue viewer shows", "TESTMS05\\3", "LastError", "[{LED=454 4.7.5}]",
                             "TESTMS05  Error MSExchangeTransport 2015, SmtpSend"})
        BOOST_TEST(says(out, part), part << " is not in:\n" << out);
    BOOST_TEST(!says(explain(delivered_run(), {}, plain), "queue viewer"));
}

BOOST_AUTO_TEST_CASE(the_dialogue_says_where_tls_begins_and_can_be_left_out) {
    const auto told = explain(refused_run(), {}, plain);
    const auto clear = told.find("C: STARTTLS");
    const auto change = told.find("from here on inside TLS");
    const auto inside = told.find("C: EHLO testms05");
    BOOST_TEST(clear < change);
    BOOST_TEST(change < inside);
    BOOST_TEST(inside != std::string::npos);
    BOOST_TEST(says(told, "162 bytes  legacy_version TLS 1.2"));
    explain_options without;
    without.wire = false;
    without.handshake = handshake_depth::result;
    const auto shorter = explain(refused_run(), without, plain);
    BOOST_TEST(!says(shorter, "C: STARTTLS"));
    BOOST_TEST(!says(shorter, "ClientHello"));
    BOOST_TEST(says(shorter, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
}

BOOST_AUTO_TEST_CASE(one_flow_can_be_told_alone) {
    auto run = refused_run();
    auto second = run.steps.front().flows.front();
    second.id = "2";
    second.to = "carol@fabrikam.com";
    run.steps.front().flows.push_back(second);
    explain_options only;
    only.flow = "2";
    const auto out = explain(run, only, plain);
    BOOST_TEST(says(out, "carol@fabrikam.com"));
    BOOST_TEST(!says(out, "bob@contoso.com"));
}

BOOST_AUTO_TEST_CASE(keys_of_a_session_are_never_told) {
    BOOST_TEST(!says(explain(refused_run(), {}, plain), "CLIENT_RANDOM"));
}

BOOST_AUTO_TEST_CASE(a_peer_cannot_steer_the_terminal) {
    auto run = delivered_run();
    auto& session = run.steps.front().flows.front().sessions.front();
    session.lines.front().text = "220 \x1b[2J mail";
    session.handshake.server_chain.front().subject = "CN=\x1b]0;evil\x07";
    for (const bool colour : {false, true}) {
        const auto out = explain(run, {}, paint(colour));
        BOOST_TEST(!says(out, "\x1b[2J"));
        BOOST_TEST(!says(out, "\x1b]"));
        BOOST_TEST(!says(out, "\x07"));
    }
}

BOOST_AUTO_TEST_SUITE_END()
