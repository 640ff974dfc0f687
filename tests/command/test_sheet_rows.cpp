// Every row of the on-premises sheet's tables, and of the hybrid sheet's on Edge subscriptions, has a
// scenario that shows what the row says one sees: the texts are the sheets', in tests/cases/onprem-rows.txt
// and edge-rows.txt.
#include "sim/base/ascii.hpp"
#include "sim/lab/run.hpp"
#include "tools/connlab/scenario_files.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <set>

using namespace connlab;

namespace {

struct sheet_row {
    std::string id;       // 2.4/7, E13, F2
    std::string scenario; // empty: elsewhere
    std::vector<std::string> evidence;
};

std::vector<std::string> trimmed(const std::string& text, char separator) {
    std::vector<std::string> out;
    for (const auto& part : split(text, separator))
        out.emplace_back(trim(part));
    return out;
}

std::vector<sheet_row> sheet_rows(const std::string& name) {
    std::ifstream file(CONNLAB_SOURCE_DIR "/tests/cases/" + name);
    BOOST_REQUIRE(file.good());
    std::vector<sheet_row> out;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#')
            continue;
        const auto columns = trimmed(line, '|');
        BOOST_REQUIRE_MESSAGE(columns.size() == 3, line);
        sheet_row row{columns[0], columns[1], trimmed(columns[2], ';')};
        if (row.scenario == "elsewhere")
            row.scenario.clear();
        out.push_back(std::move(row));
    }
    return out;
}

const trace::run_record& played(const std::string& scenario) {
    static std::map<std::string, trace::run_record> known;
    if (const auto found = known.find(scenario); found != known.end())
        return found->second;
    const auto path = CONNLAB_SOURCE_DIR "/scenarios/" + scenario + ".yaml";
    const auto loaded = scenario::load(path, command::disk_reader());
    BOOST_REQUIRE_MESSAGE(loaded.value, path);
    const auto keys = certs::key_pool::open(certs::key_pool::default_folder());
    auto result = lab::run(*loaded.value, **keys, {});
    BOOST_REQUIRE_MESSAGE(result.record, path);
    return known.emplace(scenario, std::move(*result.record)).first->second;
}

using flow_test = std::function<bool(const trace::flow_record&)>;

bool any_flow(const trace::run_record& run, const flow_test& is) {
    return std::any_of(run.steps.begin(), run.steps.end(), [&](const trace::step_record& s) {
        return std::any_of(s.flows.begin(), s.flows.end(), is) ||
               std::any_of(s.reports.begin(), s.reports.end(), is);
    });
}

bool any_session(const trace::run_record& run, const std::function<bool(const trace::session_record&)>& is) {
    return any_flow(run, [&](const trace::flow_record& f) {
        return std::any_of(f.sessions.begin(), f.sessions.end(), is);
    });
}

bool logs(const trace::protocol_log& log, const std::string& text) {
    return std::any_of(log.rows.begin(), log.rows.end(), [&](const trace::protocol_row& r) {
        return r.data.find(text) != std::string::npos || r.context.find(text) != std::string::npos;
    });
}

bool event_logged(const trace::run_record& run, int id) {
    const auto has = [&](const std::vector<trace::event_record>& events) {
        return std::any_of(events.begin(), events.end(),
                           [&](const trace::event_record& e) { return e.id == id; });
    };
    return any_flow(run, [&](const trace::flow_record& f) { return has(f.events); }) ||
           std::any_of(run.steps.begin(), run.steps.end(),
                       [&](const trace::step_record& s) { return has(s.events); });
}

/// The reply to the first EHLO lists other keywords and not this one.
bool not_offered(const trace::session_record& s, std::string_view keyword) {
    bool asked = false;
    bool answered = false;
    for (const auto& line : s.lines) {
        const bool from_client = line.way == trace::direction::client_to_server;
        if (from_client && asked)
            break;
        asked = asked || (from_client && ascii_istarts_with(line.text, "EHLO"));
        if (!asked || from_client || !line.text.starts_with("250"))
            continue;
        answered = true;
        if (ascii_iequal(trim(std::string_view(line.text).substr(4)), keyword))
            return false;
    }
    return answered;
}

bool delivered(const trace::flow_record& f, bool encrypted) {
    return f.outcome == trace::flow_outcome::delivered && !f.deliveries.empty() &&
           f.deliveries.back().encrypted == encrypted;
}

/// The report of a failure names it in its Diagnostic-Code.
bool diagnoses(const trace::flow_record& report, const std::string& text) {
    return std::any_of(report.deliveries.begin(), report.deliveries.end(), [&](const auto& d) {
        const auto field = d.content.find("Diagnostic-Code: smtp;");
        return field != std::string::npos &&
               d.content.substr(field, d.content.find("\r\n", field) - field).find(text) != std::string::npos;
    });
}

bool shows(const trace::run_record& run, const std::string& evidence) {
    const auto blank = evidence.find(' ');
    const auto kind = evidence.substr(0, blank);
    const auto text = blank == std::string::npos ? std::string{} : evidence.substr(blank + 1);
    if (kind == "LastError")
        return any_flow(run, [&](const auto& f) { return f.reply.starts_with(text); });
    if (kind == "Event")
        return event_logged(run, std::stoi(text));
    if (kind == "SendLog")
        return any_session(run, [&](const auto& s) { return logs(s.send_log, text); });
    if (kind == "ReceiveLog")
        return any_session(run, [&](const auto& s) { return logs(s.receive_log, text); });
    if (kind == "Decision")
        return any_flow(run, [&](const auto& f) { return f.decided_by == text; });
    if (kind == "No")
        return any_session(run, [&](const auto& s) { return not_offered(s, text); });
    if (kind == "Delivered")
        return any_flow(run, [&](const auto& f) { return delivered(f, text == "in TLS"); });
    if (kind == "Refused")
        return std::any_of(run.steps.begin(), run.steps.end(),
                           [&](const auto& s) { return s.refusal.find(text) != std::string::npos; });
    if (kind == "Output")
        return std::any_of(run.steps.begin(), run.steps.end(),
                           [&](const auto& s) { return s.output.find(text) != std::string::npos; });
    if (kind == "Queue")
        return std::any_of(run.steps.begin(), run.steps.end(), [&](const auto& s) {
            return std::any_of(s.queues.begin(), s.queues.end(),
                               [&](const auto& q) { return q.last_error.find(text) != std::string::npos; });
        });
    if (kind == "Report")
        return any_flow(run, [&](const auto& f) { return f.kind == text; });
    if (kind == "Diagnostic")
        return any_flow(run, [&](const auto& f) { return diagnoses(f, text); });
    BOOST_ERROR("no such evidence: " << evidence);
    return false;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sheet_rows_of_on_premises)

BOOST_AUTO_TEST_CASE(every_row_is_there) {
    std::set<std::string> known;
    std::set<std::string> elsewhere;
    for (const auto& row : sheet_rows("onprem-rows.txt"))
        (row.scenario.empty() ? elsewhere : known).insert(row.id);
    const auto need = [&](const std::string& prefix, int last) {
        for (int i = 1; i <= last; ++i) {
            const auto id = prefix + std::to_string(i);
            BOOST_TEST((known.count(id) + elsewhere.count(id)) > 0U, id);
        }
    };
    need("2.4/", 14);
    need("E", 25);
    need("F", 20);
    BOOST_TEST(elsewhere.empty());
}

BOOST_AUTO_TEST_CASE(every_row_of_a_changed_certificate_is_there) { // hybrid sheet 4.7
    std::set<std::string> known;
    for (const auto& row : sheet_rows("edge-rows.txt"))
        known.insert(row.id);
    for (const auto* id : {"10104", "1036", "2018", "1004", "1006", "12014", "queue", "put-back"})
        BOOST_TEST(known.count(std::string("4.7/") + id) == 1U, id);
}

BOOST_AUTO_TEST_CASE(every_row_shows_what_the_sheet_says) {
    for (const auto* name : {"onprem-rows.txt", "edge-rows.txt"})
        for (const auto& row : sheet_rows(name))
            if (!row.scenario.empty())
                for (const auto& evidence : row.evidence)
                    BOOST_TEST(shows(played(row.scenario), evidence),
                               row.id << " " << row.scenario << ": " << evidence);
}

BOOST_AUTO_TEST_CASE(what_is_not_so_is_not_shown) {
    const auto& run = played("levels/encryption-only");
    for (const auto* wrong :
         {"LastError 451 5.7.3 STARTTLS is required to send mail", "Event 2015",
          "SendLog TLS negotiation failed", "Delivered in clear", "Report NDR", "No STARTTLS"})
        BOOST_TEST(!shows(run, wrong), wrong);
}

BOOST_AUTO_TEST_SUITE_END()
