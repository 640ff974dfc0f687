#include "sim/lab/steps.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/cmdlet/cmdlet.hpp"
#include "sim/lab/certificate_office.hpp"
#include "sim/lab/edge_sync_clock.hpp"
#include "sim/lab/own_certificates.hpp"
#include "sim/lab/pki.hpp"
#include "sim/lab/prefetch.hpp"
#include "sim/scenario/judge.hpp"
#include "sim/transport/session_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <iterator>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

namespace connlab::lab {

namespace {

/// Exchange alone does, as TransportConfig says for senders of the organization and for others.
bool tells_of_delays(const party& by, const std::string& sender) {
    const auto& o = *by.organization;
    return by.server->is_exchange() &&
           *(o.accepts(mail_domain(sender)) ? o.transport.internal_delay_dsn_enabled
                                            : o.transport.external_delay_dsn_enabled);
}

/// Of an attempt that is not told: what the servers wrote down.
trace::flow_record logs_of(trace::flow_record f) {
    trace::flow_record out;
    out.id = std::move(f.id);
    out.events = std::move(f.events);
    for (auto& s : f.sessions) {
        trace::session_record kept;
        kept.client_endpoint = std::move(s.client_endpoint);
        kept.server_endpoint = std::move(s.server_endpoint);
        kept.begun = s.begun;
        kept.handshake.key_log = std::move(s.handshake.key_log);
        kept.send_log = std::move(s.send_log);
        kept.receive_log = std::move(s.receive_log);
        out.sessions.push_back(std::move(kept));
    }
    return out;
}

/// The last attempt of each message, in the order in which they first came due; and the logs of the others.
class last_attempts {
  public:
    void keep(const std::string& message_id, trace::flow_record f) {
        const auto known = std::find_if(all_.begin(), all_.end(),
                                        [&](const auto& kept) { return kept.first == message_id; });
        if (known == all_.end()) {
            all_.emplace_back(message_id, std::move(f));
            return;
        }
        f.attempts = known->second.attempts + 1;
        earlier_.push_back(logs_of(std::exchange(known->second, std::move(f))));
    }

    std::vector<trace::flow_record> take_earlier() { return std::move(earlier_); }

    /// The flows of a step, named as its flows are.
    std::vector<trace::flow_record> numbered(int step) && {
        const auto ids = flow_ids(step, all_.size());
        std::vector<trace::flow_record> out;
        for (std::size_t i = 0; i < all_.size(); ++i) {
            out.push_back(std::move(all_[i].second));
            out.back().id = ids[i];
        }
        return out;
    }

  private:
    std::vector<std::pair<std::string, trace::flow_record>> all_;
    std::vector<trace::flow_record> earlier_;
};

} // namespace

std::vector<std::string> flow_ids(int step, std::size_t count, std::size_t before) {
    std::vector<std::string> out;
    for (std::size_t i = 1; i <= count; ++i)
        out.push_back(before + count == 1 ? std::to_string(step) : fmt::format("{}.{}", step, before + i));
    return out;
}

player::player(world w, const run_options& options)
    : world_(std::move(w)), now_(world_.plan.clock), contexts_(options.for_artifacts),
      for_artifacts_(options.for_artifacts) {
    for (unsigned lane = 0; lane < std::max(1U, options.threads); ++lane)
        crew_.push_back(std::make_unique<worker>(lane, contexts_));
}

bool player::play(const scenario::step& s, trace::step_record& record, diagnostics& findings) {
    record.mark = s.mark;
    record.at = now_;
    record.ended = now_;
    if (record.number == 1)
        start_services(record);
    const auto before = static_cast<std::ptrdiff_t>(findings.size());
    bool played = std::visit([&](const auto& what) { return play_step(what, record, findings); }, s.what);
    if (!played && expects_refusal(s)) { // as the scenario wanted it
        findings.erase(findings.begin() + before, findings.end());
        played = true;
    }
    now_ = record.ended;
    record.queues = waiting_.queues(world_, now_);
    if (for_artifacts_)
        keep_views(record);
    record.expectations = scenario::judge(s, record);
    return played;
}

/// The transport services of all Exchange servers start as the clock of the scenario does.
void player::start_services(trace::step_record& record) const {
    for (const auto& o : world_.organizations)
        for (const auto& s : o.servers) {
            if (!s.is_exchange())
                continue;
            transport::session_log log;
            log.server = s.name;
            log.now = now_;
            log.add(exchange::service_start_events(s, now_, world_.plan.behavior));
            std::move(log.events.begin(), log.events.end(), std::back_inserter(record.events));
        }
}

/// The certificates of each server as table and list, when they show something new. What Windows fetches for
/// their status is not remembered: nobody has really looked.
void player::keep_views(trace::step_record& record) {
    std::vector<trace::retrieval_record> records;
    std::vector<trace::decision> decisions;
    retriever fetches(world_, crew_.front()->lookups, crew_.front()->published);
    for (auto& o : world_.organizations) {
        const auto known =
            known_about_certificates(fetches, crew_.front()->memo, o, now_, {records, decisions});
        for (const auto& s : o.servers) {
            if (!s.is_exchange())
                continue;
            for (const auto* how : {"", " | fl"}) {
                const auto command = fmt::format("Get-ExchangeCertificate -Server {}{}", s.name, how);
                auto printed = cmdlet::run(command, {}, cmdlet::shell{o, now_, {}, {}, &known}).output;
                if (auto& shown = shown_[command]; shown != printed) {
                    record.views.push_back({s.name, command, printed});
                    shown = std::move(printed);
                }
            }
        }
    }
}

/// The flows of one step, on all workers; results in the order of the messages, whatever the threads do.
std::vector<attempt> player::deliver(const std::vector<message>& messages,
                                     const std::vector<std::string>& ids, instant at) {
    std::vector<attempt> out(messages.size());
    std::atomic<std::size_t> next{0};
    std::mutex guard;
    std::exception_ptr failure;
    const auto work = [&](worker& with) {
        for (std::size_t i = next++; i < messages.size(); i = next++) {
            const unsigned now_at_once = ++at_once_;
            for (unsigned seen = most_at_once_;
                 seen < now_at_once && !most_at_once_.compare_exchange_weak(seen, now_at_once);) {
            }
            try {
                out[i] = try_to_deliver(world_, messages[i], ids[i], at, with);
            } catch (...) {
                const std::lock_guard lock(guard);
                failure = std::current_exception();
                next = messages.size();
            }
            --at_once_;
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t t = 1; t < std::min(crew_.size(), messages.size()); ++t)
        threads.emplace_back(work, std::ref(*crew_[t]));
    work(*crew_.front());
    for (auto& t : threads)
        t.join();
    if (failure)
        std::rethrow_exception(failure);
    return out;
}

/// Merges what the flows came to, in their order: delivered and failed ones are done, the others wait.
void player::settle(std::vector<message> messages, std::vector<attempt> attempts,
                    trace::step_record& record) {
    for (std::size_t i = 0; i < messages.size(); ++i) {
        auto& a = attempts[i];
        auto& m = messages[i];
        record.ended = std::max(record.ended, a.record.ended);
        remember(a.fetched);
        record.flows.push_back(std::move(a.record));
        const auto& f = record.flows.back();
        if (f.outcome == trace::flow_outcome::failed)
            report(report_kind::failure, a.onward, f, record);
        const bool unreachable =
            f.outcome == trace::flow_outcome::undeliverable && world_.server_named(m.server)->is_exchange();
        if (f.outcome != trace::flow_outcome::retry && !unreachable)
            continue;
        m = std::move(a.onward);
        m.clear_hosts = a.clear_hosts;
        if (a.made) {
            m.retry.last_attempt = f.ended;
            ++m.retry.attempts;
        }
        a.record = {}; // what the queue viewer needs
        a.record.reply = f.reply;
        a.record.last_error = f.last_error;
        a.record.next_hop = f.next_hop;
        a.record.connector = f.connector;
        a.onward = {};
        if (unreachable)
            waiting_.add_unreachable(std::move(m), std::move(a));
        else
            waiting_.add(std::move(m), a);
    }
}

void player::remember(const std::vector<remembered>& fetched) {
    for (const auto& f : fetched)
        if (f.what.asked.what == chain::retrieval::kind::root)
            add_updated_root(world_, f);
        else if (!f.what.failure.empty())
            chain::remember_failure(world_.url_caches[f.server], f.what, f.at);
        else
            chain::remember(world_.url_caches[f.server], f.what, f.at);
}

/// What CryptSvc of each server fetches on its own until then.
void player::fetch_ahead(instant until, trace::step_record& record) {
    if (!world_.plan.behavior.is("CryptnetPrefetch", "true"))
        return;
    while (const auto due = next_prefetch(world_, until)) {
        retriever fetches(world_, crew_.front()->lookups, crew_.front()->published);
        fetches.fetch(
            *due->server,
            {{chain::retrieval::kind::crl, due->url}, due->server->stores.engine.timeouts.url, due->etag},
            due->at, {record.retrievals, record.decisions}, false);
        auto& why = record.decisions.back();
        why.assumed = {due->by_max_age ? "lab.retrieval.max-age" : "lab.retrieval.prefetch"};
        why.because.push_back({"pre-fetch of " + due->url, "due " + format_instant(due->at), {}});
        remember(fetches.fetched());
        if (!record.retrievals.back().fetched)
            chain::remember_attempt(world_.url_caches[due->server->name], due->url, due->at);
    }
}

/// Tells the sender, by a message that travels as every other one; nobody is told about a message without
/// sender, and nobody but Exchange tells of delays.
void player::report(report_kind kind, const message& m, const trace::flow_record& fate,
                    trace::step_record& record) {
    const auto by = world_.party_named(m.server);
    if (m.from.empty() || (kind == report_kind::delay && !tells_of_delays(by, m.from)))
        return;
    const auto at = std::max(fate.ended, now_);
    std::vector<message> reports{compose_report(kind, m, fate, by, at)};
    auto attempts = deliver(reports, {reports.front().id}, at);
    trace::step_record settled;
    settle(std::move(reports), std::move(attempts), settled);
    record.ended = std::max(record.ended, settled.ended);
    record.reports.push_back(std::move(settled.flows.front()));
}

const exchange::server& player::submitting_server(const scenario::send_flow& f) const {
    if (!f.server.empty())
        if (const auto* named = world_.server_named(f.server))
            return *named;
    const auto* o = exchange::organization_of_sender(world_.organizations, f.from);
    if (o == nullptr || o->servers.empty())
        throw std::logic_error("no organization sends for " + f.from);
    const auto* home = o->mailbox_server(f.from);
    return home != nullptr ? *home : o->servers.front();
}

bool player::play_step(const scenario::send_step& s, trace::step_record& record, diagnostics& /*findings*/) {
    record.verb = "Send";
    const auto ids = flow_ids(record.number, s.flows.size());
    std::vector<message> messages;
    for (std::size_t i = 0; i < s.flows.size(); ++i) {
        const auto& f = s.flows[i];
        messages.push_back(compose(ids[i], f.from, f.to, submitting_server(f).name, f.body, now_));
        submit(messages.back(), submitting_server(f), now_);
        messages.back().mark = f.mark;
        record.text += fmt::format("{}{} → {}", i == 0 ? "" : ", ", f.from.empty() ? "<>" : f.from, f.to);
    }
    auto attempts = deliver(messages, ids, now_);
    settle(std::move(messages), std::move(attempts), record);
    return true;
}

bool player::concerns(const message& m, const std::string& who) const {
    if (who.empty() || ascii_iequal(m.server, who))
        return true;
    const auto* s = world_.server_named(m.server);
    return s != nullptr && ascii_iequal(s->organization, who);
}

bool player::play_step(const scenario::retry_step& s, trace::step_record& record, diagnostics& /*findings*/) {
    record.verb = "Retry";
    record.text = s.organization->empty() ? "every queue" : "the queues of " + *s.organization;
    auto messages = waiting_.take([&](const message& m) { return concerns(m, *s.organization); });
    auto attempts = deliver(messages, flow_ids(record.number, messages.size()), now_);
    settle(std::move(messages), std::move(attempts), record);
    return true;
}

bool player::play_step(const scenario::advance_step& s, trace::step_record& record,
                       diagnostics& /*findings*/) {
    record.verb = "Advance";
    record.text = format_duration(s.length);
    const auto until = now_ + s.length;
    last_attempts last;
    edge_sync_clock edge_sync(world_, now_);
    const auto next_due = [&] { return std::min(waiting_.next_due(world_), edge_sync.next_due()); };
    for (auto due = next_due(); due <= until; due = next_due()) {
        now_ = std::max(now_, due);
        fetch_ahead(now_, record);
        keep(edge_sync.run_due(now_, *crew_.front()), record);
        auto taken = waiting_.take_due(world_, now_);
        for (const auto& d : taken.delayed)
            report(report_kind::delay, d.what, d.fate, record);
        for (auto& e : taken.expired) {
            report(report_kind::failure, e.what, e.fate, record);
            last.keep(e.what.id, std::move(e.fate));
        }
        std::vector<std::string> ids;
        for (const auto& m : taken.to_try)
            ids.push_back(m.id);
        auto attempts = deliver(taken.to_try, ids, now_);
        trace::step_record merged;
        settle(std::move(taken.to_try), std::move(attempts), merged);
        std::move(merged.reports.begin(), merged.reports.end(), std::back_inserter(record.reports));
        for (std::size_t i = 0; i < merged.flows.size(); ++i)
            last.keep(ids[i], std::move(merged.flows[i]));
    }
    fetch_ahead(until, record);
    for (auto& d : edge_sync.finish(until))
        record.decisions.push_back(std::move(d));
    record.earlier = last.take_earlier();
    record.flows = std::move(last).numbered(record.number);
    record.ended = std::max(until, now_);
    return true;
}

} // namespace connlab::lab
