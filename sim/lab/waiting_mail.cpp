#include "sim/lab/waiting_mail.hpp"

#include "sim/base/date_texts.hpp"
#include "sim/exchange/directory_id.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::lab {

namespace {

/// The key of the queue, its name and its delivery type.
constexpr const char* unreachable = "Unreachable";

const exchange::retry_settings& settings_of(const message& m, const world& w) {
    return w.server_named(m.server)->retry;
}

bool is_online(const message& m, const world& w) {
    return w.server_named(m.server)->role == exchange::server_role::exchange_online;
}

/// A message whose time is over comes back to its sender.
trace::flow_record expired(const message& m, duration after, instant now, bool online) {
    trace::flow_record f;
    f.id = m.id;
    f.message_id = m.message_id;
    f.kind = m.kind;
    f.about = m.about;
    f.from = m.from;
    f.to = m.to;
    f.server = m.server;
    f.mark = m.mark;
    f.begun = f.ended = now;
    f.outcome = trace::flow_outcome::failed;
    f.reply = online ? "550 5.4.300 Message expired" : "550 4.4.7 QUEUE.Expired; message expired";
    f.decided_by = "Expired in the queue";
    trace::decision why;
    why.rule = f.rule = "exchange.queue.expired";
    why.question = "How long may the message wait?";
    why.answer = "its time is over: it goes back to its sender";
    why.because = {{"MessageExpirationTimeOut of " + m.server, format_duration(after), {}}};
    why.at = now;
    f.decisions = {std::move(why)};
    f.summary = fmt::format("The message waited for {} and was returned to {}.",
                            format_duration(now - m.retry.submitted), m.from);
    return f;
}

} // namespace

void waiting_mail::add(message m, const attempt& last) {
    waiting_.push_back({std::move(m), last});
}

void waiting_mail::add_unreachable(message m, attempt last) {
    last.queue = unreachable;
    last.delivery_type = unreachable;
    last.record.next_hop = "Unreachable Domain";
    add(std::move(m), last);
}

instant waiting_mail::next_due(const world& w) const {
    auto due = instant::max();
    for (const auto& q : waiting_)
        due = std::min(due, this->due(q, w));
    return due;
}

/// Of a queue that rests only delay notice and expiry are left.
instant waiting_mail::due(const queued& q, const world& w) const {
    const auto& settings = settings_of(q.what, w);
    const auto& r = q.what.retry;
    if (!rests(q))
        return r.next_event(settings);
    return r.submitted + (r.delay_told ? settings.message_expiration
                                       : std::min(settings.delay_notification, settings.message_expiration));
}

bool waiting_mail::is_suspended(const queued& q) const {
    if (q.last.queue == unreachable)
        return suspended_.count(fmt::format("{}\\{}", q.what.server, unreachable)) > 0;
    for (const auto& n : names_)
        if (n.server == q.what.server && n.key == q.last.queue)
            return suspended_.count(fmt::format("{}\\{}", n.server, n.number)) > 0;
    return false;
}

bool waiting_mail::rests(const queued& q) const {
    return q.last.queue == unreachable || is_suspended(q);
}

std::string waiting_mail::identity_of(const queued& q) {
    if (q.last.queue == unreachable)
        return fmt::format("{}\\{}", q.what.server, unreachable);
    return fmt::format("{}\\{}", q.what.server, queue_number(q.what.server, q.last.queue));
}

void waiting_mail::suspend(const std::string& identity, bool suspended) {
    if (suspended)
        suspended_.insert(identity);
    else
        suspended_.erase(identity);
}

std::set<std::string> waiting_mail::suspended_queues() const {
    std::set<std::string> out;
    for (const auto& n : names_)
        if (suspended_.count(fmt::format("{}\\{}", n.server, n.number)) > 0)
            out.insert(full_queue_name(n.server, n.key));
    return out;
}

std::vector<message> waiting_mail::take_queue(const std::string& identity) {
    std::set<std::string> ids;
    for (const auto& q : waiting_)
        if (identity_of(q) == identity)
            ids.insert(q.what.id);
    return take([&](const message& m) { return ids.count(m.id) > 0; });
}

std::vector<message> waiting_mail::take_unreachable() {
    std::set<std::string> ids;
    for (const auto& q : waiting_)
        if (q.last.queue == unreachable && !is_suspended(q))
            ids.insert(q.what.id);
    return take([&](const message& m) { return ids.count(m.id) > 0; });
}

waiting_mail::due_messages waiting_mail::take_due(const world& w, instant now) {
    due_messages out;
    for (auto& q : waiting_) {
        const auto& settings = settings_of(q.what, w);
        if (q.what.retry.expires_at(now, settings)) {
            out.expired.push_back(
                {q.what, expired(q.what, settings.message_expiration, now, is_online(q.what, w))});
            out.expired.back().fate.last_error = q.last.record.last_error;
            out.expired.back().fate.next_hop = q.last.record.next_hop;
        } else if (q.what.retry.is_delayed_at(now, settings)) {
            q.what.retry.delay_told = true;
            out.delayed.push_back({q.what, q.last.record});
        }
    }
    take([&](const message& m) { return m.retry.expires_at(now, settings_of(m, w)); });
    std::set<std::string> resting;
    for (const auto& q : waiting_)
        if (rests(q))
            resting.insert(q.what.id);
    out.to_try = take([&](const message& m) {
        return resting.count(m.id) == 0 && m.retry.next_attempt(settings_of(m, w)) <= now;
    });
    return out;
}

std::vector<message> waiting_mail::take(const std::function<bool(const message&)>& which) {
    std::vector<message> out;
    std::vector<queued> staying;
    for (auto& q : waiting_)
        if (which(q.what))
            out.push_back(std::move(q.what));
        else
            staying.push_back(std::move(q));
    waiting_ = std::move(staying);
    return out;
}

int waiting_mail::queue_number(const std::string& server, const std::string& key) {
    int highest = 2; // Exchange's own queues (submission, poison) come first
    for (const auto& n : names_) {
        if (n.server == server && n.key == key)
            return n.number;
        if (n.server == server)
            highest = std::max(highest, n.number);
    }
    names_.push_back({server, key, highest + 1});
    return highest + 1;
}

/// As the first message in it makes it. A queue that was resumed after its time is tried next.
trace::queue_record waiting_mail::first_record(const queued& q, std::string identity, const world& w,
                                               instant now) const {
    const auto& s = *w.server_named(q.what.server);
    const auto& retry = q.what.retry;
    trace::queue_record r;
    r.server = q.what.server;
    r.identity = std::move(identity);
    r.delivery_type = q.last.delivery_type;
    r.next_hop_domain = q.last.record.next_hop;
    if (!q.last.record.connector.empty())
        r.next_hop_connector = exchange::directory_id(s.organization + "/" + q.last.record.connector);
    r.tls_domain = q.last.tls_domain;
    r.last_retry = retry.last_attempt;
    r.last_retry_local = date_time(r.last_retry, s.where);
    r.status = is_suspended(q) ? "Suspended" : rests(q) ? "Ready" : "Retry";
    if (!rests(q)) {
        r.next_retry = std::min(std::max(retry.next_attempt(s.retry), now),
                                retry.submitted + s.retry.message_expiration);
        r.next_retry_local = date_time(*r.next_retry, s.where);
    }
    return r;
}

/// Each message keeps a schedule of its own; the queue shows the latest attempt and the next one.
void waiting_mail::take_latest(trace::queue_record& r, const queued& q, const world& w) const {
    const auto& s = *w.server_named(q.what.server);
    const auto& retry = q.what.retry;
    if (retry.last_attempt >= r.last_retry) {
        r.last_retry = retry.last_attempt;
        r.last_retry_local = date_time(r.last_retry, s.where);
        r.last_error = q.last.record.last_error;
    }
    if (r.next_retry && retry.next_attempt(s.retry) < *r.next_retry) {
        r.next_retry = retry.next_attempt(s.retry);
        r.next_retry_local = date_time(*r.next_retry, s.where);
    }
    r.retry_count = std::max(r.retry_count, retry.attempts);
}

std::vector<trace::queue_record> waiting_mail::queues(const world& w, instant now) {
    std::vector<trace::queue_record> out;
    for (const auto& q : waiting_) {
        const auto identity = identity_of(q);
        auto r =
            std::find_if(out.begin(), out.end(), [&](const auto& one) { return one.identity == identity; });
        if (r == out.end())
            r = out.insert(out.end(), first_record(q, identity, w, now));
        ++r->message_count;
        take_latest(*r, q, w);
    }
    return out;
}

std::vector<trace::queue_record> submission_queues(const exchange::organization& o) {
    std::vector<trace::queue_record> out;
    for (const auto& s : o.servers) {
        if (!s.is_exchange())
            continue;
        trace::queue_record r;
        r.server = s.name;
        r.identity = s.name + "\\Submission";
        r.delivery_type = "Undefined";
        r.next_hop_domain = "Submission";
        r.status = "Ready";
        out.push_back(std::move(r));
    }
    return out;
}

} // namespace connlab::lab
