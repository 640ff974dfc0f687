// Steps at a shell: cmdlets, what they order of the queues, a file that somebody changes.
#include "sim/base/ascii.hpp"
#include "sim/cmdlet/cmdlet.hpp"
#include "sim/lab/certificate_office.hpp"
#include "sim/lab/own_certificates.hpp"
#include "sim/lab/pki.hpp"
#include "sim/lab/steps.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace connlab::lab {

namespace {

/// The parts of a text between the occurrences of another.
std::vector<std::string> split_by(const std::string& text, const std::string& separator) {
    std::vector<std::string> out;
    std::size_t begin = 0;
    for (auto at = text.find(separator); at != std::string::npos; at = text.find(separator, begin)) {
        out.push_back(text.substr(begin, at - begin));
        begin = at + separator.size();
    }
    out.push_back(text.substr(begin));
    return out;
}

} // namespace

/// Those of the organization that a fault keeps from answering, but for the one on which the shell runs.
std::set<std::string> player::unreachable_from(const std::string& console,
                                               const exchange::organization& o) const {
    const auto runs_on = !console.empty()    ? console
                         : o.servers.empty() ? std::string{}
                                             : o.servers.front().name;
    std::set<std::string> out;
    for (const auto& s : o.servers) {
        const auto found = world_.faults.find(s.name);
        if (found != world_.faults.end() && !ascii_iequal(s.name, runs_on) &&
            (found->second.kind == scenario::fault_kind::refused ||
             found->second.kind == scenario::fault_kind::silent))
            out.insert(s.name);
    }
    return out;
}

bool player::play_step(const scenario::run_step& s, trace::step_record& record, diagnostics& findings) {
    record.verb = "Run";
    record.text = std::string(trim(s.text));
    auto& administered = world_.administered(s);
    auto queues = submission_queues(administered);
    for (auto& q : waiting_.queues(world_, now_))
        if (const auto by = world_.party_named(q.server); by.organization == &administered)
            queues.push_back(std::move(q));
    certificate_office office(world_);
    const auto issue = [&](const certs::certificate_recipe& r) { return office.issue(r); };
    std::vector<trace::decision> decisions; // that nobody asks for: the cmdlet shows their result
    retriever fetches(world_, crew_.front()->lookups, crew_.front()->published);
    const auto known = ascii_lower(s.text).find("exchangecertificate") == std::string::npos
                           ? std::map<std::string, chain::evidence>{}
                           : known_about_certificates(fetches, crew_.front()->memo, administered, now_,
                                                      {record.retrievals, decisions});
    remember(fetches.fetched());
    edge_sync_report edge_sync;
    const auto synchronize = [&](exchange::organization& draft, const exchange::edge_sync_order& order) {
        auto played = synchronize_edges(world_, draft, order, now_, *crew_.front());
        auto results = played.results;
        edge_sync.append(std::move(played));
        return results;
    };
    auto result = cmdlet::run(s.text, s.at,
                              cmdlet::shell{administered, now_, std::move(queues), issue, &known, s.server,
                                            &world_.plan.behavior, unreachable_from(s.server, administered),
                                            s.tenant, synchronize});
    for (auto& d : result.decisions) {
        d.at = now_;
        record.decisions.push_back(std::move(d));
    }
    if (!has_errors(result.findings)) {
        std::move(office).hand_over(world_);
        keep(std::move(edge_sync), record);
    }
    findings.insert(findings.end(), result.findings.begin(), result.findings.end());
    for (const auto& d : result.findings)
        if (d.level == severity::error)
            record.refusal += (record.refusal.empty() ? "" : "; ") + d.message +
                              (d.rule.empty() ? "" : " [" + d.rule + "]");
    record.output = result.told;
    for (const auto& order : result.queue_commands)
        carry_out(order, record);
    if (!result.changed.empty())
        try_unreachable(record);
    return !has_errors(result.findings);
}

/// What the change has made reachable goes; of the rest nothing is said again.
void player::try_unreachable(trace::step_record& record) {
    auto messages = waiting_.take_unreachable();
    auto attempts = deliver(messages, flow_ids(record.number, messages.size(), record.flows.size()), now_);
    trace::step_record tried;
    settle(std::move(messages), std::move(attempts), tried);
    for (auto& f : tried.flows)
        if (f.outcome != trace::flow_outcome::undeliverable)
            record.flows.push_back(std::move(f));
    std::move(tried.reports.begin(), tried.reports.end(), std::back_inserter(record.reports));
    record.ended = std::max(record.ended, tried.ended);
}

void player::keep(edge_sync_report report, trace::step_record& record) {
    std::move(report.sessions.begin(), report.sessions.end(), std::back_inserter(record.synchronizations));
    std::move(report.events.begin(), report.events.end(), std::back_inserter(record.events));
}

bool player::play_step(const scenario::tamper_step& s, trace::step_record& record, diagnostics& findings) {
    record.verb = "Tamper";
    record.text = fmt::format("somebody changes the file {}", *s.file);
    for (auto& o : world_.organizations)
        for (auto& f : o.files) {
            if (!ascii_iequal(f.name, *s.file))
                continue;
            if (!s.replace->empty() && f.content.find(*s.replace) == std::string::npos) {
                findings.push_back({severity::error,
                                    s.replace.mark,
                                    fmt::format("`Tamper`: `{}` does not occur in {}", *s.replace, f.name),
                                    "nothing would be changed",
                                    {}});
                return false;
            }
            f.content = s.replace->empty() ? s.with : join(split_by(f.content, *s.replace), s.with);
            return true;
        }
    findings.push_back({severity::error,
                        s.file.mark,
                        fmt::format("`Tamper`: no cmdlet has written a file `{}`", *s.file),
                        {},
                        {}});
    return false;
}

void player::carry_out(const cmdlet::queue_command& order, trace::step_record& record) {
    if (order.what != cmdlet::queue_verb::retry) {
        waiting_.suspend(order.identity, order.what == cmdlet::queue_verb::suspend);
        world_.suspended_queues = waiting_.suspended_queues();
        return;
    }
    auto messages = waiting_.take_queue(order.identity);
    auto attempts = deliver(messages, flow_ids(record.number, messages.size(), record.flows.size()), now_);
    settle(std::move(messages), std::move(attempts), record);
}

} // namespace connlab::lab
