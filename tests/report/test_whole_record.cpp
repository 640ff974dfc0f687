// Nothing of a record gets lost in the renderings that promise to be whole; widths and colours of all of
// them.
#include "sim/report/explain.hpp"
#include "sim/report/json.hpp"
#include "sim/report/layout.hpp"
#include "sim/report/text.hpp"
#include "tests/report/records.hpp"
#include "tests/report/whole_record.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <set>
#include <sstream>

using namespace connlab;
using namespace connlab::report;
using namespace connlab::report::test;

namespace {

const paint plain(false);
const paint coloured(true);
constexpr std::size_t widest = 110;

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string without_colours(const std::string& text) {
    std::string out;
    bool in_code = false; // ESC [ number m
    for (const char c : text) {
        in_code = in_code || c == '\x1b';
        if (!in_code)
            out += c;
        in_code = in_code && c != 'm';
    }
    return out;
}

/// `<group.field>`, as whole_record.cpp spells them.
std::set<std::string> names(const std::vector<std::pair<std::string, std::vector<std::string>>>& groups) {
    std::set<std::string> out;
    for (const auto& [group, fields] : groups)
        for (const auto& field : fields)
            out.insert("<" + group + "." + field + ">");
    return out;
}

const std::vector<std::string> of_a_decision{"rule",   "question",   "answer", "loser",      "loser.why",
                                             "winner", "winner.why", "cause",  "cause.value"};
const std::vector<std::string> of_a_certificate{"subject", "issuer", "serial", "thumbprint",
                                                "name1",   "name2",  "key",    "signature"};
const std::vector<std::string> of_a_retrieval{"server", "what", "url", "by", "answer"};
const std::vector<std::string> of_an_event{"server", "source", "level", "category", "text"};

/// Both renderings tell these.
std::set<std::string> told_everywhere() {
    return names(
        {{"run", {"path", "title"}},
         {"step", {"verb", "text", "output"}},
         {"flow", {"id", "from", "to", "server", "holder", "reply", "summary", "assumption", "finding"}},
         {"before", of_a_decision},
         {"in_session", of_a_decision},
         {"session",
          {"client", "client_endpoint", "client_connector", "server", "server_endpoint", "server_connector",
           "end"}},
         {"handshake", {"failure", "client_error", "server_error"}},
         {"server", {"subject", "issuer", "thumbprint", "name1", "name2", "key", "signature"}},
         {"client", {"subject", "issuer", "thumbprint", "name1", "name2", "key", "signature"}},
         {"message", {"type", "detail"}},
         {"element", {"subject", "error", "note"}},
         {"chain", {"question", "policy_error"}},
         {"retrieval", of_a_retrieval},
         {"own_retrieval", of_a_retrieval},
         {"rejected", {"name", "why"}},
         {"note", {"server", "data", "context"}},
         {"delivery", {"server", "auth_as", "auth_domain"}},
         {"flow_event", of_an_event},
         {"queue", {"identity", "delivery_type", "tls_domain", "status", "last_error"}}});
}

std::set<std::string> in_json_too() {
    return names(
        {{"run", {"shows"}},
         {"flow", {"message_id", "kind", "about", "next_hop", "connector", "last_error", "decided_by"}},
         {"before", {"assumed"}},
         {"in_session", {"assumed"}},
         {"session", {"client_service", "server_service"}},
         {"handshake", {"version", "suite", "group", "sni"}},
         {"message", {"field", "value1", "value2"}},
         {"server", {"serial"}},
         {"client", {"serial"}},
         {"element", of_a_certificate},
         {"element", {"info"}},
         {"chain", {"error"}},
         {"delivery", {"sha256"}},
         {"flow_event", {"log"}},
         {"step_event", of_an_event},
         {"expectation", {"what", "expected", "actual", "why"}},
         {"rule", {"statement", "source"}},
         {"finding", {"message", "hint", "rule"}}});
}

void check_widths(const std::string& report) {
    std::istringstream lines(report);
    for (std::string line; std::getline(lines, line);)
        BOOST_TEST(display_width(line) <= widest, line);
}

std::string prose() {
    std::string out = "Sentence";
    for (int i = 0; i < 60; ++i)
        out += " of words";
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(renderings)

BOOST_AUTO_TEST_CASE(the_story_tells_every_field_that_it_is_about) {
    const auto out = explain(whole_record(), {}, plain);
    for (const auto& name : told_everywhere())
        BOOST_TEST(says(out, name), name);
    BOOST_TEST(says(out, "<run.about>"));
    BOOST_TEST(says(out, "NextHopDomain  <flow.next_hop>")); // which ties the queue to the flow
    BOOST_TEST(says(out, "<line>"));
    explain_options every_field;
    every_field.handshake = handshake_depth::fields;
    for (const auto* part : {"<message.field>", "<message.value1>", "<message.value2>"})
        BOOST_TEST(says(explain(whole_record(), every_field, plain), part), part);
    for (const auto* part : {"case.yaml:13:1", "case.yaml:7:1", "4711", "162 bytes", "2024-06-03T12:01:00Z"})
        BOOST_TEST(says(out, part), part);
}

BOOST_AUTO_TEST_CASE(json_holds_every_field_but_the_keys) {
    const auto out = report::json(std::vector{whole_record()});
    BOOST_CHECK_NO_THROW(boost::json::parse(out));
    for (const auto& all : {told_everywhere(), in_json_too()})
        for (const auto& name : all)
            BOOST_TEST(says(out, name), name);
    BOOST_TEST(says(out, "<line>"));
    BOOST_TEST(!says(out, "CLIENT_RANDOM"));
    const auto read = boost::json::parse(out);
    const auto& flow = read.at_pointer("/runs/0/steps/0/flows/0");
    BOOST_TEST(flow.at("attempts").as_int64() == 17);
    BOOST_TEST(flow.at("at").as_string() == "case.yaml:13:1");
    BOOST_TEST(flow.at("begun").as_string() == "2024-06-03T12:01:00.000Z");
    BOOST_TEST(flow.at("deliveries").at(0).at("bytes").as_int64() == 4711);
    BOOST_TEST(flow.at("deliveries").at(0).at("encrypted").as_bool());
    const auto& shaken = flow.at("sessions").at(0).at("handshake");
    BOOST_TEST(shaken.at("clientCompleted").as_bool());
    BOOST_TEST(!shaken.at("serverCompleted").as_bool());
    BOOST_TEST(shaken.at("roundTrips").at("client").as_int64() == 2);
    BOOST_TEST(shaken.at("roundTrips").at("server").is_null());
    BOOST_TEST(shaken.at("messages").at(0).at("number").as_int64() == 23);
    BOOST_TEST(shaken.at("messages").at(0).at("flight").as_int64() == 1);
    BOOST_TEST(shaken.at("messages").at(0).at("encrypted").as_bool());
    BOOST_TEST(read.at_pointer("/runs/0/steps/0/queues/0/messageCount").as_int64() == 3);
    BOOST_TEST(!read.at_pointer("/runs/0/asExpected").as_bool());
    BOOST_TEST(!read.at_pointer("/runs/0/byteStable").as_bool());
    BOOST_TEST(read.at_pointer("/runs/0/generatedKeys").as_bool());
}

BOOST_AUTO_TEST_CASE(colours_change_no_letter) {
    const std::vector runs{whole_record(), refused_run(), delivered_run()};
    for (const auto& run : runs) {
        BOOST_TEST(text(run, coloured) != text(run, plain));
        BOOST_TEST(without_colours(text(run, coloured)) == text(run, plain));
        BOOST_TEST(explain(run, {}, coloured) != explain(run, {}, plain));
        BOOST_TEST(without_colours(explain(run, {}, coloured)) == explain(run, {}, plain));
    }
    BOOST_TEST(without_colours(summary(runs, coloured)) == summary(runs, plain));
    const auto& rule = runs.front().rules.front();
    BOOST_TEST(without_colours(text(rule, coloured)) == text(rule, plain));
}

BOOST_AUTO_TEST_CASE(prose_is_wrapped_wherever_it_stands) { // replies are quoted as they are
    auto run = refused_run();
    auto& step = run.steps.front();
    auto& flow = step.flows.front();
    run.about = flow.summary = step.output = run.rules.front().statement = prose();
    flow.findings = {prose()};
    flow.events.front().text = prose();
    auto& session = flow.sessions.front();
    session.decisions.front().answer = prose();
    trace::chain_view chain;
    chain.rejected_paths = {{"a path", false, prose()}};
    session.chains = {chain};
    for (const auto& p : {plain, coloured})
        check_widths(explain(run, {}, p));
    flow.reply.clear();
    step.expectations.front().expected = step.expectations.front().actual = step.expectations.front().why =
        prose();
    for (const auto& p : {plain, coloured})
        check_widths(text(run, p));
    check_widths(text(run.rules.front(), coloured));
}

BOOST_AUTO_TEST_CASE(an_assumed_rule_is_marked_and_a_documented_one_is_not) {
    auto run = whole_record();
    BOOST_TEST(says(explain(run, {}, plain), "rule <before.rule> [assumed]"));
    run.rules.front().level = trace::confidence::documented;
    const auto out = explain(run, {}, plain);
    BOOST_TEST(says(out, "rule <before.rule> [documented]"));
    BOOST_TEST(!says(out, "[assumed]"));
    BOOST_TEST(says(out, "rule <in_session.rule>\n")); // not in the catalogue: named all the same
}

BOOST_AUTO_TEST_SUITE_END()
