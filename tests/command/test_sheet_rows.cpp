// Every row of the on-premises sheet's tables, and of the hybrid sheet's on Edge subscriptions, replies of
// Exchange Online, failures of hybrid mail and what makes it internal, has a scenario that shows what the row
// says one sees: the texts are the sheets', in the files of tests/cases that `tables` names.
#include "sim/base/ascii.hpp"
#include "sim/exchange/deciding.hpp"
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

constexpr const char* tables[] = {"onprem-rows.txt", "edge-rows.txt", "online-replies.txt",
                                  "hybrid-failures.txt", "internal-or-anonymous.txt"};

constexpr const char* kinds[] = {"LastError", "Event",     "SendLog",  "ReceiveLog", "Decision", "No",
                                 "Delivered", "Refused",   "Output",   "Queue",      "Report",   "Diagnostic",
                                 "Ehlo",      "Anonymous", "Internal", "Field"};

/// At each `;` behind which evidence begins: Exchange's texts hold semicolons too.
std::vector<std::string> evidence_in(const std::string& text) {
    std::vector<std::string> out;
    for (const auto& part : split(text, ';')) {
        const auto word = std::string(trim(part)).substr(0, std::string(trim(part)).find(' '));
        const bool begins = std::find(std::begin(kinds), std::end(kinds), word) != std::end(kinds);
        if (begins || out.empty())
            out.emplace_back(trim(part));
        else
            out.back() += ";" + std::string(part);
    }
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
        sheet_row row{columns[0], columns[1], evidence_in(columns[2])};
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

/// Every reply of 250 to one EHLO, without what stands behind a keyword.
std::vector<std::vector<std::string>> keyword_lists(const trace::session_record& s) {
    std::vector<std::vector<std::string>> out;
    bool greets = false;
    for (const auto& line : s.lines) {
        if (line.way == trace::direction::client_to_server) {
            greets = ascii_istarts_with(line.text, "EHLO");
            if (greets)
                out.emplace_back();
        } else if (greets && line.text.starts_with("250") && line.text.find(" Hello ") == std::string::npos) {
            const auto text = line.text.substr(4);
            out.back().push_back(std::string(trim(text)).substr(0, std::string(trim(text)).find(' ')));
        }
    }
    return out;
}

bool offers_exactly(const trace::session_record& s, const std::string& keywords) {
    auto wanted = split(keywords, ',');
    for (const auto& list : keyword_lists(s)) {
        auto offered = list; // AUTH NTLM and AUTH=… are one keyword here
        offered.erase(std::unique(offered.begin(), offered.end()), offered.end());
        if (offered == std::vector<std::string>(wanted.begin(), wanted.end()))
            return true;
    }
    return false;
}

bool delivered_as(const trace::flow_record& f, std::string_view auth_as) {
    return f.outcome == trace::flow_outcome::delivered && !f.deliveries.empty() &&
           f.deliveries.back().auth_as == auth_as;
}

bool says(const trace::decision& d, const std::string& text) {
    const auto has = [&](const std::string& where) { return where.find(text) != std::string::npos; };
    return has(d.answer) ||
           std::any_of(d.because.begin(), d.because.end(),
                       [&](const trace::cause& c) { return has(c.what) || has(c.value); }) ||
           std::any_of(d.considered.begin(), d.considered.end(),
                       [&](const trace::candidate& c) { return has(c.name) || has(c.why); });
}

/// A decision on the message's way, or the log of a session, has the text.
bool cites(const trace::flow_record& f, const std::string& text) {
    const auto in = [&](const std::vector<trace::decision>& all) {
        return std::any_of(all.begin(), all.end(), [&](const trace::decision& d) { return says(d, text); });
    };
    return in(f.decisions) ||
           std::any_of(f.sessions.begin(), f.sessions.end(), [&](const trace::session_record& s) {
               return in(s.decisions) || logs(s.receive_log, text);
           });
}

/// A refusal that a rule explains and says how to get out of.
bool fails_with_help(const trace::flow_record& f, const std::string& text) {
    if (!f.reply.starts_with(text))
        return false;
    const auto* rule = exchange::find_rule(f.rule);
    return rule == nullptr || !rule->remedy.empty();
}

bool shows(const trace::run_record& run, const std::string& evidence) {
    const auto blank = evidence.find(' ');
    const auto kind = evidence.substr(0, blank);
    const auto text = blank == std::string::npos ? std::string{} : evidence.substr(blank + 1);
    if (kind == "LastError")
        return any_flow(run, [&](const auto& f) { return fails_with_help(f, text); });
    if (kind == "Ehlo")
        return any_session(run, [&](const auto& s) { return offers_exactly(s, text); });
    if (kind == "Internal")
        return any_flow(run, [&](const auto& f) { return delivered_as(f, kind); });
    if (kind == "Anonymous")
        return any_flow(run, [&](const auto& f) {
            return delivered_as(f, kind) && cites(f, text.substr(std::string("because ").size()));
        });
    if (kind == "Field")
        return any_flow(run, [&](const auto& f) {
            return std::any_of(f.deliveries.begin(), f.deliveries.end(), [&](const auto& d) {
                return d.content.find("\r\n" + text + "\r\n") != std::string::npos ||
                       d.content.starts_with(text + "\r\n");
            });
        });
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

/// `decided`: by a certificate, TLS, a connector or attribution: these have a scenario, whatever the file
/// says.
void need_rows(const std::string& table, std::initializer_list<const char*> decided,
               std::initializer_list<const char*> others) {
    std::set<std::string> shown;
    std::set<std::string> listed;
    for (const auto& row : sheet_rows(table)) {
        listed.insert(row.id);
        if (!row.scenario.empty())
            shown.insert(row.id);
    }
    for (const auto* id : decided)
        BOOST_TEST(shown.count(id) == 1U, table << " " << id);
    for (const auto* id : others)
        BOOST_TEST(listed.count(id) == 1U, table << " " << id);
    BOOST_TEST(listed.size() == decided.size() + others.size(), table);
}

BOOST_AUTO_TEST_CASE(every_reply_of_exchange_online_is_there) { // hybrid sheet 1.8
    need_rows("online-replies.txt",
              {"5.7.64", "5.7.51", "5.7.68", "5.4.1", "4.4.62", "5.7.12", "5.7.57", "5.4.14", "5.4.6",
               "4.7.230", "5.7.230", "4.7.66", "4.5.3", "5.1.1", "PRX5"},
              {"5.7.51-Rejecting", "5.4.1-newer", "5.4.1-older", "4.7.500", "4.7.850", "4.7.650", "4.7.26",
               "5.7.25", "5.7.606", "5.7.509", "5.7.515", "5.7.1", "5.7.124", "5.7.232", "5.7.233", "5.7.236",
               "5.7.705"});
}

BOOST_AUTO_TEST_CASE(every_failure_of_hybrid_mail_is_there) { // hybrid sheet 3.8
    need_rows("hybrid-failures.txt",
              {"12014", "own-chain", "4.7.5", "NoCredentials", "UnknownCredentials", "root-missing", "5.7.64",
               "5.7.51", "remove", "newest", "issuer", "capability-key"},
              {});
}

BOOST_AUTO_TEST_CASE(every_condition_of_internal_mail_is_there) { // hybrid sheet 3.6
    need_rows("internal-or-anonymous.txt",
              {"out/all", "out/1", "out/2", "out/3", "out/4", "out/5", "out/6", "out/7", "in/all",
               "in/connector", "in/tls", "in/device", "in/root", "in/capability", "in/remote-domain"},
              {});
}

BOOST_AUTO_TEST_CASE(every_row_shows_what_the_sheet_says) {
    for (const auto* name : tables)
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
          "SendLog TLS negotiation failed", "Delivered in clear", "Report NDR", "No STARTTLS", "Internal",
          "Anonymous because TlsDomainCapabilities", "Ehlo STARTTLS", "Field X-Nothing: at all"})
        BOOST_TEST(!shows(run, wrong), wrong);
}

BOOST_AUTO_TEST_SUITE_END()
