#include "sim/report/explain.hpp"

#include "sim/base/ascii.hpp"
#include "sim/report/layout.hpp"
#include "sim/report/retrievals.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::report {

namespace {

constexpr std::size_t text_width = 110;

const trace::rule* find_rule(const trace::run_record& run, std::string_view id) {
    const auto found =
        std::find_if(run.rules.begin(), run.rules.end(), [&](const auto& r) { return r.id == id; });
    return found == run.rules.end() ? nullptr : &*found;
}

std::string heading(std::string_view words, const paint& p) {
    return "\n" + p.strong(words) + "\n";
}

// ---- decisions ----

std::string rule_line(const trace::run_record& run, const std::string& id, const paint& p) {
    const auto* r = find_rule(run, id);
    if (r == nullptr)
        return p.faint("rule " + id);
    const auto level = fmt::format("[{}]", to_string(r->level));
    return p.faint(fmt::format("rule {} ", id)) +
           (r->level == trace::confidence::assumed ? p.warn(level) : p.faint(level));
}

std::string causes(const trace::decision& d, const paint& p) {
    std::string out;
    for (const auto& c : d.because) {
        out += fmt::format("       because  {}: {}", c.what, c.value);
        if (c.mark.known())
            out += "  " + p.faint(to_string(c.mark));
        out += '\n';
    }
    return out;
}

std::string candidates(const trace::decision& d, const paint& p) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& c : d.considered)
        rows.push_back({c.chosen ? p.good("took") : p.faint("left"), c.name, c.why});
    return columns(rows, 7);
}

std::string decision_text(const trace::run_record& run, const trace::decision& d, const paint& p) {
    std::string out = fmt::format("  {} {}\n", p.faint("?"), d.question);
    out += wrapped(p.strong(d.answer), 4, 0, text_width);
    out += candidates(d, p) + causes(d, p);
    out += "       " + rule_line(run, d.rule, p) + '\n';
    return out;
}

// ---- wire ----

std::string dialogue(const trace::session_record& s, const paint& p) {
    std::string out;
    bool encrypted = false;
    for (const auto& l : s.lines) {
        if (l.encrypted != encrypted) {
            encrypted = l.encrypted;
            out += p.faint("       ~~~~ from here on inside TLS ~~~~\n");
        }
        out += fmt::format("    {} {}\n", p.wire(l.way == trace::direction::client_to_server ? "C:" : "S:"),
                           l.text);
    }
    return out;
}

std::string status_words(const std::vector<std::string>& words, const paint& p) {
    if (words.empty())
        return p.good("good");
    std::string out;
    for (const auto& w : words)
        out += (out.empty() ? "" : ", ") + p.bad(w);
    return out;
}

std::string chain_text(const trace::chain_view& c, const paint& p) {
    std::string out = heading(c.question, p);
    std::size_t depth = c.elements.size();
    for (auto e = c.elements.rbegin(); e != c.elements.rend(); ++e) {
        --depth;
        const auto indent = 2 + 2 * (c.elements.size() - 1 - depth);
        out += std::string(indent, ' ') +
               fmt::format("{}  {}\n", e->certificate.subject, status_words(e->error_status, p));
        if (!e->note.empty())
            out += std::string(indent + 4, ' ') + p.faint(e->note) + '\n';
    }
    out += fmt::format("  Windows answers: {}\n",
                       c.policy_error.empty() ? p.good("the chain is trusted") : p.bad(c.policy_error));
    for (const auto& r : c.rejected_paths)
        out += wrapped(fmt::format("another path, not taken: {}: {}", r.name, r.why), 2, 4, text_width);
    return out;
}

/// The rows of the protocol logs that no dialogue shows.
std::string information_rows(const trace::session_record& s, const paint& p) {
    std::string out;
    for (const auto* log : {&s.send_log, &s.receive_log})
        for (const auto& row : log->rows)
            if (row.event == '*' && !log->service.empty())
                out += fmt::format("  {}: {}{}{}\n", log->server, row.data, row.data.empty() ? "" : "  ",
                                   row.context);
    return out.empty() ? out : heading("Information lines for the protocol logs", p) + out;
}

/// The message between one server and the next.
std::string header_text(const trace::session_record& s, const paint& p) {
    if (s.header_kept.empty())
        return {};
    std::string out = heading(fmt::format("The header of the message, as {} keeps it", s.server), p);
    for (const auto& line : split(s.header_kept, '\n'))
        if (!trim(line).empty())
            out += fmt::format("    {}\n", std::string_view(line).substr(0, line.find('\r')));
    return out;
}

std::string of_service(std::string_view service) {
    const auto words = trace::service_words(service);
    return words.empty() ? std::string{} : " " + std::string(words);
}

std::string session_text(const trace::run_record& run, const trace::session_record& s,
                         const explain_options& how, const paint& p) {
    std::string out =
        heading(fmt::format("Session: {}{} [{}] → {}{} [{}]", s.client, of_service(s.client_service),
                            s.client_endpoint, s.server, of_service(s.server_service), s.server_endpoint),
                p);
    if (!s.client_connector.empty())
        out += p.faint(fmt::format("  Send connector {}\n", s.client_connector));
    if (!s.server_connector.empty())
        out += p.faint(fmt::format("  Receive connector {}\n", s.server_connector));
    if (how.wire)
        out += dialogue(s, p);
    out += handshake_text(s, how.handshake, p);
    if (!s.retrievals.empty())
        out += heading("What Windows fetched", p) + retrieval_text(s.retrievals, p);
    for (const auto& c : s.chains)
        out += chain_text(c, p);
    if (!s.decisions.empty())
        out += heading("What was decided in this session", p);
    for (const auto& d : s.decisions)
        out += decision_text(run, d, p);
    if (how.wire)
        out += information_rows(s, p) + header_text(s, p);
    out += fmt::format("  {} {}\n", p.faint("the session ended:"), s.end);
    return out;
}

// ---- what the administrator sees ----

std::string event_text(const trace::event_record& e, const paint& p) {
    std::string out = fmt::format("  {}  {} {} {}, {}\n", e.server, e.level, e.source,
                                  e.id == 0 ? "(id not public)" : std::to_string(e.id), e.category);
    out += wrapped(e.text, 4, 0, text_width);
    if (e.our_text)
        out += p.faint("    (our wording; Exchange's is not public)\n");
    return out;
}

std::string queue_text(const trace::step_record& s, const trace::flow_record& f, const paint& p) {
    std::string out;
    for (const auto& q : s.queues) {
        if (q.server != (f.holder.empty() ? f.server : f.holder) || q.next_hop_domain != f.next_hop ||
            q.message_count == 0)
            continue;
        out += heading("The queue viewer shows", p);
        std::vector<std::vector<std::string>> rows = {{"Identity", q.identity},
                                                      {"DeliveryType", q.delivery_type},
                                                      {"NextHopDomain", q.next_hop_domain}};
        if (!q.tls_domain.empty())
            rows.push_back({"TlsDomain", q.tls_domain});
        rows.push_back({"Status", q.status});
        rows.push_back({"MessageCount", std::to_string(q.message_count)});
        rows.push_back({"NextRetryTime", q.next_retry ? format_instant(*q.next_retry) : std::string{}});
        rows.push_back({"LastError", q.last_error});
        out += columns(rows, 2);
    }
    return out;
}

std::string assumption_text(const trace::run_record& run, const trace::flow_record& f, const paint& p) {
    if (f.assumptions.empty())
        return {};
    std::string out = heading("This outcome rests on assumptions", p);
    for (const auto& id : f.assumptions) {
        const auto* r = find_rule(run, id);
        out += wrapped(
            fmt::format("{}: {}", p.warn(id), r != nullptr ? r->statement : "a switch under Behavior"), 2, 4,
            text_width);
    }
    return out;
}

std::string outcome_word(const trace::flow_record& f, const paint& p) {
    const auto word = std::string(to_string(f.outcome));
    return f.outcome == trace::flow_outcome::delivered ? p.good(word) : p.bad(word);
}

std::string reason_text(const trace::run_record& run, const trace::flow_record& f, const paint& p) {
    const auto* why = trace::deciding_decision(f);
    if (why == nullptr)
        return f.summary.empty() ? std::string{} : wrapped(f.summary, 2, 0, text_width);
    return decision_text(run, *why, p);
}

std::string remedy_text(const trace::run_record& run, const trace::flow_record& f, const paint& p) {
    const auto* r = find_rule(run, f.rule);
    if (r == nullptr || r->remedy.empty())
        return {};
    return heading("What helps", p) + wrapped(r->remedy, 2, 0, text_width);
}

std::string outcome_text(const trace::run_record& run, const trace::flow_record& f, const paint& p) {
    std::string out = heading("Outcome", p);
    out += "  " + outcome_word(f, p) + '\n';
    if (!f.reply.empty())
        out += wrapped(f.reply + (f.our_text ? "  (our wording; Exchange's is not public)" : ""), 2, 2,
                       text_width);
    out += reason_text(run, f, p);
    if (!f.holder.empty() && f.holder != f.server)
        out += wrapped(fmt::format("{} has the message now.", f.holder), 2, 2, text_width);
    for (const auto& d : f.deliveries)
        out += fmt::format("  {} took {} bytes, {}{}{}\n", d.server, d.bytes,
                           d.encrypted ? "inside TLS" : "in clear",
                           d.auth_as.empty() ? "" : ", AuthAs " + d.auth_as,
                           d.auth_domain.empty() ? "" : ", AuthDomain " + d.auth_domain);
    for (const auto& d : f.deliveries)
        if (!d.auth_domain.empty())
            out += fmt::format("  Outlook shows the message as Domain Secured ({}).\n", d.auth_domain);
    for (const auto& finding : f.findings)
        out += wrapped(p.warn("note: ") + finding, 2, 6, text_width);
    return out;
}

std::string flow_text(const trace::run_record& run, const trace::step_record& s, const trace::flow_record& f,
                      const explain_options& how, const paint& p) {
    const std::string_view submitted = s.verb == "Send" ? "submitted on" : "waiting on";
    const std::string_view attempted = s.verb == "Send" ? "at" : "and tried again at";
    std::string out = heading(fmt::format("Flow {}: {}, {} {} {} {}", f.id, way_of(f.from, f.to), submitted,
                                          f.server, attempted, format_instant(f.begun)),
                              p);
    if (f.mark.known())
        out += p.faint("  " + to_string(f.mark) + "\n");
    if (f.attempts > 1)
        out += p.faint(fmt::format("  the last of {} attempts in this step\n", f.attempts));
    out += fmt::format("  {}{}\n", outcome_word(f, p), f.reply.empty() ? "" : "  " + f.reply);
    if (!f.decisions.empty())
        out += heading("Before any connection", p);
    out += retrieval_text(f.retrievals, p);
    for (const auto& d : f.decisions)
        out += decision_text(run, d, p);
    for (const auto& session : f.sessions)
        out += session_text(run, session, how, p);
    out += outcome_text(run, f, p);
    if (f.outcome == trace::flow_outcome::retry)
        out += queue_text(s, f, p);
    const bool failed = f.outcome != trace::flow_outcome::delivered;
    if (failed || !f.events.empty())
        out += heading("The event logs show", p);
    if (failed && f.events.empty())
        out += "  nothing of it\n";
    for (const auto& e : f.events)
        out += event_text(e, p);
    return out + remedy_text(run, f, p) + assumption_text(run, f, p);
}

std::string step_events_text(const trace::step_record& s, const paint& p) {
    std::string out;
    if (!s.events.empty())
        out += heading(s.number == 1 ? "When the services start, the event logs show" : "The event logs show",
                       p);
    for (const auto& e : s.events)
        out += event_text(e, p);
    return out;
}

/// Of the rules that refused a cmdlet or ended a session of EdgeSync.
std::string step_remedies_text(const trace::run_record& run, const trace::step_record& s, const paint& p) {
    std::vector<std::string> remedies;
    const auto take = [&](const std::vector<trace::decision>& decisions) {
        for (const auto& d : decisions)
            if (const auto* r = find_rule(run, d.rule);
                r != nullptr && !r->remedy.empty() &&
                std::find(remedies.begin(), remedies.end(), r->remedy) == remedies.end())
                remedies.push_back(r->remedy);
    };
    take(s.decisions);
    for (const auto& session : s.synchronizations)
        take(session.decisions);
    std::string out = remedies.empty() ? std::string{} : heading("What helps", p);
    for (const auto& r : remedies)
        out += wrapped(r, 2, 0, text_width);
    return out;
}

/// What the step itself decided, and the sessions of EdgeSync in it.
std::string step_decisions_text(const trace::run_record& run, const trace::step_record& s,
                                const explain_options& how, const paint& p) {
    std::string out;
    if (!s.decisions.empty())
        out += heading("What was decided", p);
    for (const auto& d : s.decisions)
        out += decision_text(run, d, p);
    for (const auto& session : s.synchronizations)
        out += session_text(run, session, how, p);
    return out + step_remedies_text(run, s, p);
}

} // namespace

std::string explain(const trace::run_record& run, const explain_options& options, const paint& p) {
    std::string out = p.strong(run.title) + "\n" + p.faint(run.path) + "\n";
    if (!run.about.empty() && options.flow.empty())
        out += "\n" + wrapped(unwrapped(run.about), 0, 0, text_width);
    for (const auto& s : run.steps) {
        if (options.flow.empty())
            out += heading(fmt::format("Step {}: {} {}", s.number, s.verb, below(s.text, 4)), p);
        if (options.flow.empty())
            out += retrieval_text(s.retrievals, p);
        if (!s.output.empty() && options.flow.empty())
            out += console_text(s.output, 2, text_width);
        if (options.flow.empty())
            out += step_decisions_text(run, s, options, p) + step_events_text(s, p);
        if (!s.refusal.empty() && options.flow.empty())
            out += wrapped("refused: " + s.refusal, 2, 2, text_width);
        for (const auto& f : s.flows)
            if (options.flow.empty() || options.flow == f.id)
                out += flow_text(run, s, f, options, p);
        for (const auto& f : s.reports)
            if (options.flow.empty() || options.flow == f.id)
                out += flow_text(run, s, f, options, p);
    }
    return p.finished(out);
}

std::string explain(const trace::session_record& session, const std::vector<trace::event_record>& events,
                    const paint& p) {
    auto out = session_text({}, session, {}, p);
    if (!events.empty())
        out += heading("The event logs show", p);
    for (const auto& e : events)
        out += event_text(e, p);
    return p.finished(out);
}

} // namespace connlab::report
