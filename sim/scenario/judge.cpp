#include "sim/scenario/judge.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/message_headers.hpp"
#include "sim/scenario/hop_headers.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace connlab::scenario {

namespace {

using trace::expectation_record;
using trace::flow_record;
using trace::session_record;
using trace::step_record;

/// What happened to one message in the step: its attempts, the last of which counts.
struct message {
    std::vector<const flow_record*> attempts;

    const flow_record& last() const { return *attempts.back(); }
    const session_record* session() const { return trace::main_session(last()); }
    const trace::delivery_record* delivery() const {
        return last().deliveries.empty() ? nullptr : &last().deliveries.back();
    }
};

std::vector<message> messages_of(const step_record& s) {
    std::vector<message> out;
    for (const auto& f : s.flows) {
        const auto same = std::find_if(out.begin(), out.end(), [&](const message& m) {
            return !f.message_id.empty() && m.last().message_id == f.message_id && m.last().to == f.to;
        });
        if (same == out.end())
            out.push_back({{&f}});
        else
            same->attempts.push_back(&f);
    }
    return out;
}

struct finding {
    std::string actual;
    bool met = false;
};

std::string or_none(std::string text) {
    return text.empty() ? "none" : std::move(text);
}

finding compare(const std::string& expected, std::string actual) {
    actual = or_none(std::move(actual));
    const bool met = expected == actual;
    return {std::move(actual), met};
}

// ---- the connection ----

finding judge_tls(const std::string& key, const std::string& expected, const message& m) {
    const auto* session = m.session();
    if (session == nullptr)
        return {"no connection", false};
    const auto& h = session->handshake;
    if (key == "Tls.Encrypted")
        return m.delivery() == nullptr ? finding{"not delivered", false}
                                       : compare(expected, h.completed ? "true" : "false");
    if (key == "Tls.Stapled") {
        const auto said = or_none(h.stapled);
        return {said, said.starts_with(expected)};
    }
    if (!h.completed)
        return {h.attempted ? "handshake failed: " + h.failure : "none", key == "Tls"};
    if (key == "Tls.Version")
        return compare(expected, h.version);
    if (key == "Tls.Suite")
        return compare(expected, h.suite);
    if (key == "Tls.Group")
        return compare(expected, h.group);
    return {h.version, false}; // none was expected
}

bool is_thumbprint(std::string_view text) {
    return text.size() == 40 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

finding judge_certificate(const std::string& expected, const std::vector<trace::certificate_view>* chain) {
    if (chain == nullptr)
        return {"no connection", false};
    if (chain->empty())
        return compare(expected, {});
    const auto& leaf = chain->front();
    if (is_thumbprint(expected))
        return {leaf.thumbprint, ascii_iequal(leaf.thumbprint, expected)};
    return compare(expected, leaf.subject);
}

finding judge_receive_connector(const std::string& expected, const message& m) {
    if (m.session() == nullptr)
        return {"no connection", false};
    const auto identity = or_none(m.session()->server_connector);
    const auto name = identity.substr(identity.find('\\') + 1); // npos + 1: the whole
    return {identity, ascii_iequal(identity, expected) || ascii_iequal(name, expected)};
}

// ---- what the administrator sees ----

finding judge_last_error(const std::string& expected, const std::string& reply, const std::string& whole) {
    auto out = compare(expected, ascii_istarts_with(expected, "[{") ? whole : reply);
    out.met =
        out.met || reply.starts_with(expected + " ["); // Exchange Online's groups in brackets may be left out
    return out;
}

finding judge_events(const std::vector<std::string>& expected, const message* m, const step_record& s) {
    std::vector<std::string> logged;
    const auto take = [&](const std::vector<trace::event_record>& events) {
        for (const auto& e : events)
            if (const auto id = e.id == 0 ? std::string("without id") : std::to_string(e.id);
                std::find(logged.begin(), logged.end(), id) == logged.end())
                logged.push_back(id);
    };
    if (m != nullptr)
        for (const auto* attempt : m->attempts)
            take(attempt->events);
    take(s.events);
    const bool met = std::all_of(expected.begin(), expected.end(), [&](const std::string& id) {
        return id == "none" ? logged.empty() : std::find(logged.begin(), logged.end(), id) != logged.end();
    });
    return {or_none(join(logged, ", ")), met};
}

finding judge_findings(const std::vector<std::string>& expected, const flow_record& f) {
    const bool met = std::all_of(expected.begin(), expected.end(), [&](const std::string& part) {
        return std::any_of(f.findings.begin(), f.findings.end(),
                           [&](const std::string& one) { return one.find(part) != std::string::npos; });
    });
    return {or_none(join(f.findings, "; ")), met};
}

/// `X-MS-Exchange-CrossPremises-*` means all fields whose names begin so, and finds their names.
finding judge_field(const std::string& name, const std::string& expected, const std::string& content) {
    const auto value = name.ends_with('*')
                           ? join(exchange::fields_named(content, name.substr(0, name.size() - 1)), ", ")
                           : exchange::field_of(content, name);
    return {or_none(value), expected == "none" ? value.empty() : value.find(expected) != std::string::npos};
}

finding judge_header(const std::string& name, const std::string& expected, const trace::delivery_record* d) {
    return d == nullptr ? finding{"not delivered", false} : judge_field(name, expected, d->content);
}

finding judge_hop_field(const hop_field& where, const std::string& expected, const flow_record& f) {
    const auto* header = header_at(f, where);
    if (header == nullptr)
        return {"no such hop", false};
    return header->empty() ? finding{"not accepted there", false}
                           : judge_field(where.name, expected, *header);
}

/// Who took the message, in the order of the sessions that came about.
finding judge_hops(const std::vector<std::string>& expected, const flow_record& f) {
    std::vector<std::string> hops;
    for (const auto& s : f.sessions)
        hops.push_back(hop_name(s));
    return {or_none(join(hops, ", ")), hops == expected || (hops.empty() && expected.front() == "none")};
}

using retrievals = std::vector<trace::retrieval_record>;

/// `TESTMS05 CRL http://…: HTTP 404`, for each.
finding judge_retrievals(const std::vector<std::string>& expected,
                         const std::vector<const retrievals*>& all) {
    std::vector<std::string> told;
    for (const auto* some : all)
        for (const auto& r : *some)
            told.push_back(fmt::format("{} {} {}: {}", r.server, r.what, r.url, r.answer));
    const bool met = std::all_of(expected.begin(), expected.end(), [&](const std::string& part) {
        return part == "none" ? told.empty()
                              : std::any_of(told.begin(), told.end(), [&](const std::string& one) {
                                    return one.find(part) != std::string::npos;
                                });
    });
    return {or_none(join(told, "; ")), met};
}

finding judge_retrievals(const std::vector<std::string>& expected, const flow_record& f) {
    std::vector<const retrievals*> all{&f.retrievals};
    for (const auto& s : f.sessions)
        all.push_back(&s.retrievals);
    return judge_retrievals(expected, all);
}

finding judge_reports(const std::vector<std::string>& expected, const flow_record& f, const step_record& s) {
    std::vector<std::string> kinds;
    for (const auto& r : s.reports)
        if (r.about == f.message_id)
            kinds.push_back(r.outcome == trace::flow_outcome::delivered ? r.kind : r.kind + " not delivered");
    return {or_none(join(kinds, ", ")), kinds == expected || (kinds.empty() && expected.front() == "none")};
}

const trace::queue_record* queue_of(const flow_record& f, const step_record& s) {
    const trace::queue_record* of_server = nullptr;
    for (const auto& q : s.queues) {
        if (!ascii_iequal(q.server, f.holder.empty() ? f.server : f.holder))
            continue;
        if (ascii_iequal(q.next_hop_domain, f.next_hop) ||
            ascii_iequal(q.next_hop_domain, mail_domain(f.to)) ||
            ascii_iequal(q.next_hop_domain, f.connector))
            return &q;
        of_server = of_server == nullptr ? &q : of_server;
    }
    return of_server;
}

/// `Status: Retry`, `[{LRT=…};{LED=454 4.7.5 …};{FQDN=…};{IP=…}]`: the innermost reply stands behind the last
/// `->`.
std::string innermost(const std::string& last_error) {
    const auto begin = last_error.find("{LED=");
    if (begin == std::string::npos)
        return last_error;
    auto led = last_error.substr(begin + 5, last_error.find("};", begin) - begin - 5);
    if (const auto arrow = led.rfind("-> "); arrow != std::string::npos)
        led = led.substr(arrow + 3);
    return led;
}

finding judge_queue(const std::string& key, const std::string& expected, const flow_record& f,
                    const step_record& s) {
    const auto* q = queue_of(f, s);
    if (q == nullptr)
        return {"no queue", false};
    if (key == "Queue.Status")
        return compare(expected, q->status);
    if (key == "Queue.DeliveryType")
        return compare(expected, q->delivery_type);
    if (key == "Queue.NextHopDomain")
        return compare(expected, q->next_hop_domain);
    if (key == "Queue.TlsDomain")
        return compare(expected, q->tls_domain);
    if (key == "Queue.MessageCount")
        return compare(expected, std::to_string(q->message_count));
    if (key == "Queue.LastError")
        return judge_last_error(expected, innermost(q->last_error), q->last_error);
    const auto wanted = parse_instant(expected);
    return {q->next_retry ? format_instant(*q->next_retry) : "none", wanted && q->next_retry == *wanted};
}

// ---- the reason ----

bool speaks_of(const trace::decision& d, std::string_view word) {
    return !word.empty() && d.answer.find(word) != std::string::npos;
}

/// The decision that settled the outcome: the last whose answer holds the deciding word; without such a word
/// the last.
const trace::decision* deciding(const flow_record& f) {
    std::vector<const trace::decision*> all;
    for (const auto& d : f.decisions)
        all.push_back(&d);
    for (const auto& s : f.sessions)
        for (const auto& d : s.decisions)
            all.push_back(&d);
    if (const auto* d = deciding_decision(f))
        return d;
    for (auto d = all.rbegin(); d != all.rend(); ++d)
        if (speaks_of(**d, f.decided_by))
            return *d;
    return all.empty() ? nullptr : all.back();
}

std::string why(const flow_record& f) {
    std::string out = f.summary;
    if (const auto* d = deciding(f))
        out += fmt::format("{}{} [{}]", out.empty() ? "" : " · ", d->answer, d->rule);
    return out;
}

finding judge_decision(const std::string& expected, const flow_record& f) {
    const auto* d = deciding(f);
    return {or_none(f.decided_by),
            or_none(f.decided_by) == expected || (d != nullptr && d->rule == expected)};
}

finding judge_message(const expected_value& e, const message& m, const step_record& s) {
    const auto& f = m.last();
    const auto expected = e.values.empty() ? std::string() : e.values.front();
    const auto* handshake = m.session() == nullptr ? nullptr : &m.session()->handshake;
    if (e.key == "Outcome")
        return compare(expected, std::string(to_string(f.outcome)));
    if (e.key == "LastError")
        return judge_last_error(expected, f.reply, f.last_error);
    if (e.key == "Decision")
        return judge_decision(expected, f);
    if (ascii_istarts_with(e.key, "Tls"))
        return judge_tls(e.key, expected, m);
    if (e.key == "ServerCertificate")
        return judge_certificate(expected, handshake == nullptr ? nullptr : &handshake->server_chain);
    if (e.key == "ClientCertificate")
        return judge_certificate(expected, handshake == nullptr ? nullptr : &handshake->client_chain);
    if (e.key == "Events")
        return judge_events(e.values, &m, s);
    if (e.key == "AuthAs")
        return m.delivery() == nullptr ? finding{"not delivered", false}
                                       : compare(expected, m.delivery()->auth_as);
    if (e.key == "AuthDomain")
        return m.delivery() == nullptr ? finding{"not delivered", false}
                                       : compare(expected, m.delivery()->auth_domain);
    if (e.key == "Retrievals")
        return judge_retrievals(e.values, f);
    if (e.key == "Reports")
        return judge_reports(e.values, f, s);
    if (const auto at = hop_field_of(e.key))
        return judge_hop_field(*at, expected, f);
    if (e.key == "Hops")
        return judge_hops(e.values, f);
    if (ascii_istarts_with(e.key, "Headers."))
        return judge_header(e.key.substr(8), expected, m.delivery());
    if (e.key == "Connector")
        return compare(expected, f.connector);
    if (e.key == "ReceiveConnector")
        return judge_receive_connector(expected, m);
    if (e.key == "NextHop")
        return compare(expected, f.next_hop);
    if (e.key == "Server")
        return compare(expected, m.delivery() == nullptr ? std::string() : m.delivery()->server);
    if (e.key == "Finding")
        return judge_findings(e.values, f);
    return judge_queue(e.key, expected, f, s);
}

bool is_about_the_step(const std::string& key) {
    return key == "Output" || key == refused_key;
}

/// A rule is meant whole: V1 is not V10.
bool refused_by(const std::string& refusal, const std::string& part) {
    const bool rule = part.find_first_not_of("VR0123456789") == std::string::npos;
    return refusal.find(rule ? "[" + part + "]" : part) != std::string::npos;
}

finding judge_refusal(const std::string& expected, const step_record& s) {
    return {or_none(s.refusal), expected == "none" ? s.refusal.empty() : refused_by(s.refusal, expected)};
}

finding judge_cmdlet(const expected_value& e, const step_record& s) {
    const auto& part = e.values.front();
    if (e.key == refused_key)
        return judge_refusal(part, s);
    return {or_none(s.output), s.output.find(part) != std::string::npos};
}

expectation_record record(const expected_value& e, finding found, const flow_record* f) {
    expectation_record out;
    out.mark = e.mark;
    out.flow = f == nullptr ? std::string() : f->id;
    out.what = e.key;
    out.expected = join(e.values, ", ");
    out.actual = std::move(found.actual);
    out.met = found.met;
    if (!out.met && f != nullptr)
        out.why = why(*f);
    return out;
}

void judge_step(const expectation& e, const std::vector<message>& messages, const step_record& s,
                std::vector<expectation_record>& into) {
    for (const auto& value : e.values)
        if (is_about_the_step(value.key))
            into.push_back(record(value, judge_cmdlet(value, s), nullptr));
        else if (messages.empty() && value.key == "Events")
            into.push_back(record(value, judge_events(value.values, nullptr, s), nullptr));
        else if (messages.empty() && value.key == "Retrievals")
            into.push_back(record(value, judge_retrievals(value.values, {&s.retrievals}), nullptr));
        else if (messages.empty())
            into.push_back(record(value, {"nothing was sent", false}, nullptr));
    for (const auto& m : messages)
        for (const auto& value : e.values)
            if (!is_about_the_step(value.key))
                into.push_back(record(value, judge_message(value, m, s), &m.last()));
}

} // namespace

bool expects_refusal(const step& s) {
    return s.expect &&
           std::any_of(s.expect->values.begin(), s.expect->values.end(), [](const expected_value& v) {
               return v.key == refused_key && v.values.front() != "none";
           });
}

std::vector<expectation_record> judge(const step& s, const step_record& happened) {
    std::vector<expectation_record> out;
    const auto messages = messages_of(happened);
    if (const auto* send = std::get_if<send_step>(&s.what))
        for (std::size_t i = 0; i < send->flows.size(); ++i) {
            const auto& expected = send->flows[i].expect;
            if (!expected)
                continue;
            for (const auto& value : expected->values)
                out.push_back(i < messages.size() ? record(value, judge_message(value, messages[i], happened),
                                                           &messages[i].last())
                                                  : record(value, {"nothing was sent", false}, nullptr));
        }
    if (s.expect)
        judge_step(*s.expect, messages, happened, out);
    return out;
}

} // namespace connlab::scenario
