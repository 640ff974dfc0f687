// What an attempt comes to: the reply, the queue it waits in, the sentence that tells why.
#include "sim/exchange/limits.hpp"
#include "sim/lab/assumptions.hpp"
#include "sim/lab/delivery.hpp"
#include "sim/trace/repeated_events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace connlab::lab {

namespace {

/// The answer, and the values that decided it.
std::string sentence(const trace::decision& d) {
    std::string out = d.question + " " + d.answer;
    for (const auto& c : d.because)
        out += fmt::format("; {}: {}", c.what, c.value);
    return out + ".";
}

} // namespace

void delivery::refuse(const exchange::inbound_verdict& verdict) {
    deciding_here_ = out_.record.decisions.size() - 1;
    last_.permanent = true;
    last_.reply = verdict.reply;
    last_.bare = true;
    last_.our_text = verdict.our_text;
    last_.reason = verdict.reason;
}

void delivery::stay(const exchange::send_verdict& verdict) {
    last_ = queued(verdict);
    log_events(verdict.events);
}

bool delivery::joins_suspended_queue() {
    if (w_.suspended_queues.count(full_queue_name(holder_.server->name, out_.queue)) == 0)
        return false;
    trace::decision d;
    d.rule = "exchange.queue.suspended";
    d.question = fmt::format("Does {} try to deliver the message?", holder_.server->name);
    d.answer = "no: its queue is suspended";
    d.because = {
        {"next hop of the queue", out_.record.next_hop.empty() ? inner_next_hop_ : out_.record.next_hop, {}}};
    d.at = now_;
    out_.record.decisions.push_back(std::move(d));
    deciding_here_ = out_.record.decisions.size() - 1;
    last_.reason = "QueueSuspended";
    out_.made = false;
    return true;
}

delivery::attempt_outcome delivery::queued(const exchange::send_verdict& verdict) {
    attempt_outcome out;
    out.reply = verdict.reply;
    out.bare = verdict.bare;
    out.our_text = verdict.our_text;
    out.reason = verdict.reason;
    deciding_here_ = out_.record.decisions.size() - 1;
    return out;
}

delivery::attempt_outcome delivery::without_hops(const next_hops& hops, const exchange::send_connector& c) {
    attempt_outcome out;
    const bool unknown = hops.failure == lookup_failure::no_such_domain;
    out.permanent =
        unknown && (!holder_.server->is_exchange() || kept(exchange::is_permanent_dns_failure(c, domain_)));
    out.reply = unknown
                    ? fmt::format("{} {} does not exist", out.permanent ? "550 5.4.4" : "451 4.4.4", domain_)
                    : fmt::format("451 4.4.0 no address is known for {}", out_.record.next_hop);
    out.our_text = true;
    out.reason = "DnsFailure";
    return out;
}

void delivery::undeliverable(std::string rule, std::string question, std::string answer, std::string why) {
    trace::decision d;
    d.rule = std::move(rule);
    d.question = std::move(question);
    d.answer = std::move(answer);
    d.because = {{"recipient's domain", domain_, {}}};
    d.at = now_;
    out_.record.decisions.push_back(std::move(d));
    unreachable(std::move(why));
}

void delivery::unreachable(std::string why) {
    out_.record.outcome = trace::flow_outcome::undeliverable;
    out_.record.summary = std::move(why);
    out_.record.rule = out_.record.decisions.back().rule;
    unreachable_ = true;
}

void delivery::conclude() {
    auto& r = out_.record;
    r.ended = now_;
    trace::fold_repeated(r.events);
    if (!unreachable_)
        tell_outcome();
    if (const auto* main = trace::main_session(r))
        accepted_.receipt.encrypted = main->handshake.completed;
    if (last_.delivered && !unreachable_)
        r.deliveries.push_back(std::move(accepted_.receipt));
    else
        r.holder = holder_.server->name;
    r.assumptions = assumptions_of(r);
    std::sort(r.findings.begin(), r.findings.end());
    r.findings.erase(std::unique(r.findings.begin(), r.findings.end()), r.findings.end());
    out_.onward = std::move(m_);
}

void delivery::tell_outcome() {
    auto& r = out_.record;
    r.outcome = last_.delivered   ? trace::flow_outcome::delivered
                : last_.permanent ? trace::flow_outcome::failed
                                  : trace::flow_outcome::retry;
    if (r.next_hop.empty() || (!last_.delivered && !inner_next_hop_.empty()))
        r.next_hop = inner_next_hop_;
    r.reply = last_.reply;
    r.our_text = last_.our_text;
    r.decided_by = last_.reason;
    const trace::decision* why = last_.delivered ? nullptr : deciding_decision();
    r.summary = last_.delivered ? told_delivery() : why != nullptr ? sentence(*why) : std::string{};
    r.rule = why != nullptr ? why->rule : std::string{};
    if (!last_.delivered && out_.made)
        r.last_error = last_error();
}

std::string delivery::last_error() const {
    if (!holder_.server->is_exchange())
        return last_.reply;
    return exchange::queue_last_error(*holder_.server, last_.reply, last_.bare, now_, host_.host, host_.where,
                                      w_.plan.behavior);
}

const trace::decision* delivery::deciding_decision() const {
    const auto& r = out_.record;
    if (deciding_)
        return &r.sessions[deciding_->session].decisions[deciding_->decision];
    if (deciding_here_)
        return &r.decisions[*deciding_here_];
    return r.sessions.empty() && !r.decisions.empty() ? &r.decisions.back() : nullptr;
}

std::string delivery::told_delivery() const {
    const auto* session = trace::main_session(out_.record);
    if (session == nullptr)
        return "The message is for a user of the server itself.";
    const auto& s = *session;
    auto out = fmt::format("{} accepted the message {}.", s.server,
                           s.handshake.completed ? "inside " + s.handshake.version : "in clear");
    if (accepted_.service == exchange::transport_role::mailbox_delivery)
        out += fmt::format(" It is in the mailbox on {}.", accepted_.server->name);
    return out;
}

} // namespace connlab::lab
