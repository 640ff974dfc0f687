#include "sim/report/text.hpp"

#include "sim/report/layout.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::report {

namespace {

/// What a reader wants beside the outcome: how it went over the wire, or the error.
std::string detail(const trace::flow_record& f) {
    if (f.outcome != trace::flow_outcome::delivered)
        return f.reply.empty() ? f.decided_by : f.reply + (f.our_text ? "  (our wording)" : "");
    const auto* session = trace::main_session(f);
    if (session == nullptr)
        return {};
    const auto& h = session->handshake;
    return h.completed ? fmt::format("{} {}", h.version, h.suite) : std::string("in clear");
}

/// Of one flow, or of the step itself when `flow` is empty.
std::string judged(const trace::step_record& s, const std::string& flow, const paint& p) {
    if (s.expectations.empty())
        return "    ";
    const bool met = std::all_of(s.expectations.begin(), s.expectations.end(),
                                 [&](const auto& e) { return e.met || (!e.flow.empty() && e.flow != flow); });
    return met ? p.good("ok  ") : p.bad("FAIL");
}

std::string outcome_word(const trace::flow_record& f, const paint& p) {
    const auto word = pad(to_string(f.outcome), 9);
    return f.outcome == trace::flow_outcome::delivered ? p.good(word) : p.warn(word);
}

std::string flow_line(const trace::step_record& s, const trace::flow_record& f, const paint& p) {
    auto line = fmt::format("  {} {} {}  {}  {}", judged(s, f.id, p), pad(f.id, 4), way_of(f.from, f.to),
                            outcome_word(f, p), detail(f));
    if (!f.assumptions.empty())
        line += p.faint("  ~assumed");
    while (line.back() == ' ')
        line.pop_back();
    return line + '\n';
}

std::string report_line(const trace::flow_record& f, const paint& p) {
    return fmt::format("       {} {} to {}  {}  {}\n", p.faint("reported:"), f.kind, f.to, outcome_word(f, p),
                       f.reply);
}

std::string failed_expectation(const trace::expectation_record& e, bool with_reason, const paint& p) {
    std::string out = fmt::format("         {}  {}\n", p.bad(e.what), p.faint(to_string(e.mark)));
    out += wrapped("expected  " + e.expected, 11, 10);
    out += wrapped("actual    " + e.actual, 11, 10);
    if (with_reason && !e.why.empty())
        out += wrapped("why       " + e.why, 11, 10);
    return out;
}

std::string step_lines(const trace::step_record& s, const paint& p) {
    std::string out;
    if (s.flows.empty() || s.verb != "Send")
        out += fmt::format("  {} {}\n", s.flows.empty() ? judged(s, {}, p) : "    ",
                           p.faint(s.verb + "  " + below(s.text, 9 + s.verb.size())));
    if (!s.refusal.empty())
        out += wrapped("refused: " + s.refusal, 12, 9);
    for (const auto& e : s.synchronizations)
        out += fmt::format("       {} {} → {}  {}\n", p.faint("EdgeSync:"), e.client, e.server, e.end);
    if (!s.output.empty())
        out += console_text(s.output, 9);
    for (const auto& f : s.flows)
        out += flow_line(s, f, p);
    for (const auto& f : s.reports)
        out += report_line(f, p);
    const trace::expectation_record* before = nullptr;
    for (const auto& e : s.expectations) {
        if (e.met)
            continue;
        const bool said = before != nullptr && before->flow == e.flow && before->why == e.why;
        out += failed_expectation(e, !said, p);
        before = &e;
    }
    return out;
}

} // namespace

std::string title_line(std::string_view title, std::string_view path, const paint& p) {
    return fmt::format("{}{}{}\n", p.strong(title), title.empty() ? "" : "  ", p.faint(path));
}

std::string text(const trace::run_record& run, const paint& p) {
    std::string out = title_line(run.title, run.path, p);
    for (const auto& s : run.steps)
        out += step_lines(s, p);
    if (run.stopped_at > 0)
        out += "  " +
               p.bad(fmt::format("STOPPED at step {}: its cmdlet was refused, nothing was played after it\n",
                                 run.stopped_at));
    return p.finished(out);
}

std::string summary(const std::vector<trace::run_record>& runs, const paint& p) {
    std::size_t flows = 0;
    std::size_t expectations = 0;
    std::size_t unmet = 0;
    std::size_t assumed = 0;
    std::vector<std::string> failed;
    for (const auto& run : runs) {
        for (const auto& s : run.steps) {
            flows += s.flows.size();
            expectations += s.expectations.size();
            unmet += static_cast<std::size_t>(std::count_if(s.expectations.begin(), s.expectations.end(),
                                                            [](const auto& e) { return !e.met; }));
            assumed += static_cast<std::size_t>(std::count_if(
                s.flows.begin(), s.flows.end(), [](const auto& f) { return !f.assumptions.empty(); }));
        }
        if (!run.as_expected())
            failed.push_back(run.path);
    }
    std::string out = fmt::format("\n{} scenario{}, {} flow{}, {} expectation{}: ", runs.size(),
                                  runs.size() == 1 ? "" : "s", flows, flows == 1 ? "" : "s", expectations,
                                  expectations == 1 ? "" : "s");
    const bool stopped =
        std::any_of(runs.begin(), runs.end(), [](const auto& r) { return r.stopped_at > 0; });
    out += unmet > 0           ? p.bad(fmt::format("{} not met", unmet))
           : stopped           ? p.bad("not played to the end")
           : expectations == 0 ? std::string("nothing was expected")
                               : p.good("all as expected");
    out += ".\n";
    if (assumed > 0)
        out += p.faint(
            fmt::format("~assumed: {} flow{} rest{} on rules that no public source settles; `explain` names "
                        "them.\n",
                        assumed, assumed == 1 ? "" : "s", assumed == 1 ? "s" : ""));
    for (const auto& path : failed)
        out += fmt::format("  {} {}\n", p.bad("FAIL"), path);
    return out;
}

std::string text(const trace::rule& rule, const paint& p) {
    std::string out = fmt::format("{}  [{}]\n", p.strong(rule.id), to_string(rule.level));
    out += wrapped(rule.statement, 2, 0, 100);
    out += wrapped("Source: " + rule.source, 2, 8, 100);
    if (!rule.remedy.empty())
        out += wrapped("What helps: " + rule.remedy, 2, 12, 100);
    return out;
}

} // namespace connlab::report
