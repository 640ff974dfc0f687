#include "sim/report/json.hpp"

#include "sim/base/utf8.hpp"

#include <boost/json.hpp>

namespace connlab::report {

namespace {

namespace js = boost::json;

js::string_view view(std::string_view s) {
    return {s.data(), s.size()};
}

js::array array_of(const std::vector<std::string>& items) {
    js::array out;
    for (const auto& i : items)
        out.emplace_back(i);
    return out;
}

template <class Items, class Function>
js::array mapped(const Items& items, Function one) {
    js::array out;
    for (const auto& i : items)
        out.push_back(one(i));
    return out;
}

js::string_view arrow(trace::direction d) {
    return d == trace::direction::client_to_server ? "client" : "server";
}

js::value candidate_json(const trace::candidate& c) {
    return {{"name", c.name}, {"chosen", c.chosen}, {"why", c.why}};
}

js::value cause_json(const trace::cause& c) {
    js::object out{{"what", c.what}, {"value", c.value}};
    if (c.mark.known())
        out["at"] = to_string(c.mark);
    return out;
}

js::value decision_json(const trace::decision& d) {
    js::object out{{"rule", d.rule}, {"question", d.question}, {"answer", d.answer}};
    out["considered"] = mapped(d.considered, candidate_json);
    out["because"] = mapped(d.because, cause_json);
    if (!d.assumed.empty())
        out["assumed"] = array_of(d.assumed);
    return out;
}

js::value certificate_json(const trace::certificate_view& c) {
    return {{"subject", c.subject},
            {"issuer", c.issuer},
            {"serial", c.serial},
            {"thumbprint", c.thumbprint},
            {"notBefore", format_instant(c.not_before)},
            {"notAfter", format_instant(c.not_after)},
            {"names", array_of(c.names)},
            {"key", c.key},
            {"signature", c.signature}};
}

js::value chain_json(const trace::chain_view& c) {
    const auto element = [](const trace::chain_element_view& e) -> js::value {
        js::object out{{"certificate", certificate_json(e.certificate)},
                       {"errorStatus", array_of(e.error_status)},
                       {"infoStatus", array_of(e.info_status)}};
        if (!e.note.empty())
            out["note"] = e.note;
        return out;
    };
    return {{"question", c.question},
            {"policyError", c.policy_error},
            {"errorStatus", array_of(c.error_status)},
            {"elements", mapped(c.elements, element)},
            {"rejectedPaths", mapped(c.rejected_paths, candidate_json)}};
}

/// Values of a field that occurs again (an extension of each certificate of a list) stand behind the first
/// ones.
js::object fields_json(const std::vector<trace::tls_detail>& details) {
    js::object out;
    for (const auto& d : details) {
        auto& values = out[d.name];
        if (!values.is_array())
            values = js::array();
        for (const auto& v : d.values)
            values.get_array().emplace_back(v);
    }
    return out;
}

js::value tls_message_json(const trace::tls_message& m) {
    js::object out{{"number", m.number}, {"flight", m.flight}, {"from", arrow(m.way)},
                   {"type", m.type},     {"length", m.length}, {"encrypted", m.encrypted}};
    if (!m.detail.empty())
        out["detail"] = m.detail;
    if (!m.details.all().empty())
        out["fields"] = fields_json(m.details.all());
    return out;
}

js::value count_json(const std::optional<int>& count) {
    return count ? js::value(*count) : js::value(nullptr);
}

js::value handshake_json(const trace::handshake_view& h) {
    if (!h.attempted)
        return nullptr;
    js::object out{
        {"completed", h.completed}, {"version", h.version}, {"suite", h.suite}, {"group", h.group}};
    if (!h.sni.empty())
        out["sni"] = h.sni;
    if (!h.completed) {
        out["failure"] = h.failure;
        out["clientError"] = h.client_error;
        out["serverError"] = h.server_error;
    }
    out["clientCompleted"] = h.client_completed;
    out["serverCompleted"] = h.server_completed;
    out["roundTrips"] = js::object{{"client", count_json(h.client_round_trips)},
                                   {"server", count_json(h.server_round_trips)}};
    out["certificateRequested"] = h.certificate_requested;
    if (!h.stapled.empty())
        out["stapled"] = h.stapled;
    out["serverChain"] = mapped(h.server_chain, certificate_json);
    out["clientChain"] = mapped(h.client_chain, certificate_json);
    out["messages"] = mapped(h.messages, tls_message_json);
    return out;
}

js::value line_json(const trace::smtp_line& l) {
    js::object out{{"at", format_instant_ms(l.at)}, {"from", arrow(l.way)}, {"text", l.text}};
    if (l.encrypted)
        out["tls"] = true;
    if (l.content)
        out["content"] = true;
    return out;
}

/// The information rows of both protocol logs; the others repeat the dialogue.
js::array notes_json(const trace::session_record& s) {
    js::array out;
    for (const auto* log : {&s.send_log, &s.receive_log})
        for (const auto& row : log->rows)
            if (row.event == '*')
                out.push_back(
                    js::object{{"server", log->server}, {"data", row.data}, {"context", row.context}});
    return out;
}

js::value retrieval_json(const trace::retrieval_record& r) {
    return {{"at", format_instant_ms(r.at)},
            {"server", r.server},
            {"what", r.what},
            {"url", r.url},
            {"by", r.by},
            {"answer", r.answer},
            {"fetched", r.fetched},
            {"waitedFor", r.waited_for},
            {"tookMs", r.took.count()}};
}

js::value session_json(const trace::session_record& s) {
    return {{"client", s.client},
            {"clientService", s.client_service},
            {"inside", s.inside},
            {"clientEndpoint", s.client_endpoint},
            {"clientConnector", s.client_connector},
            {"server", s.server},
            {"serverService", s.server_service},
            {"serverEndpoint", s.server_endpoint},
            {"serverConnector", s.server_connector},
            {"begun", format_instant_ms(s.begun)},
            {"ended", format_instant_ms(s.ended)},
            {"end", s.end},
            {"handshake", handshake_json(s.handshake)},
            {"retrievals", mapped(s.retrievals, retrieval_json)},
            {"chains", mapped(s.chains, chain_json)},
            {"decisions", mapped(s.decisions, decision_json)},
            {"notes", notes_json(s)},
            {"headerSent", s.header_sent},
            {"headerKept", s.header_kept},
            {"smtp", mapped(s.lines, line_json)}};
}

js::value event_json(const trace::event_record& e) {
    return {{"at", format_instant(e.at)}, {"server", e.server}, {"log", e.log},
            {"source", e.source},         {"id", e.id},         {"level", e.level},
            {"category", e.category},     {"text", e.text},     {"ourText", e.our_text}};
}

js::value delivery_json(const trace::delivery_record& d) {
    return {{"server", d.server},       {"bytes", d.bytes},    {"sha256", d.sha256},
            {"encrypted", d.encrypted}, {"authAs", d.auth_as}, {"authDomain", d.auth_domain}};
}

js::value flow_json(const trace::flow_record& f) {
    js::object out{{"id", f.id},
                   {"kind", f.kind},
                   {"about", f.about},
                   {"at", to_string(f.mark)},
                   {"messageId", f.message_id},
                   {"from", f.from},
                   {"to", f.to},
                   {"server", f.server},
                   {"holder", f.holder},
                   {"connector", f.connector},
                   {"nextHop", f.next_hop},
                   {"outcome", view(to_string(f.outcome))},
                   {"reply", f.reply},
                   {"lastError", f.last_error},
                   {"ourText", f.our_text},
                   {"decidedBy", f.decided_by},
                   {"summary", f.summary},
                   {"rule", f.rule},
                   {"attempts", f.attempts},
                   {"begun", format_instant_ms(f.begun)},
                   {"ended", format_instant_ms(f.ended)}};
    out["assumptions"] = array_of(f.assumptions);
    out["findings"] = array_of(f.findings);
    out["decisions"] = mapped(f.decisions, decision_json);
    out["retrievals"] = mapped(f.retrievals, retrieval_json);
    out["sessions"] = mapped(f.sessions, session_json);
    out["deliveries"] = mapped(f.deliveries, delivery_json);
    out["events"] = mapped(f.events, event_json);
    return out;
}

js::value queue_json(const trace::queue_record& q) {
    return {{"server", q.server},
            {"identity", q.identity},
            {"deliveryType", q.delivery_type},
            {"nextHopDomain", q.next_hop_domain},
            {"tlsDomain", q.tls_domain},
            {"status", q.status},
            {"messageCount", q.message_count},
            {"lastError", q.last_error},
            {"nextHopConnector", q.next_hop_connector},
            {"retryCount", q.retry_count},
            {"lastRetry", format_instant(q.last_retry)},
            {"nextRetry", q.next_retry ? format_instant(*q.next_retry) : std::string{}}};
}

js::value expectation_json(const trace::expectation_record& e) {
    return {{"at", to_string(e.mark)}, {"flow", e.flow}, {"what", e.what}, {"expected", e.expected},
            {"actual", e.actual},      {"met", e.met},   {"why", e.why}};
}

js::value step_json(const trace::step_record& s) {
    js::object out{{"number", s.number},
                   {"verb", s.verb},
                   {"text", s.text},
                   {"at", format_instant(s.at)},
                   {"ended", format_instant_ms(s.ended)},
                   {"output", s.output}};
    if (!s.refusal.empty())
        out["refusal"] = s.refusal;
    out["retrievals"] = mapped(s.retrievals, retrieval_json);
    if (!s.decisions.empty())
        out["decisions"] = mapped(s.decisions, decision_json);
    if (!s.synchronizations.empty())
        out["synchronizations"] = mapped(s.synchronizations, session_json);
    out["flows"] = mapped(s.flows, flow_json);
    out["reports"] = mapped(s.reports, flow_json);
    out["queues"] = mapped(s.queues, queue_json);
    out["events"] = mapped(s.events, event_json);
    out["expectations"] = mapped(s.expectations, expectation_json);
    return out;
}

js::value rule_json(const trace::rule& r) {
    js::object out{{"id", r.id},
                   {"statement", r.statement},
                   {"source", r.source},
                   {"confidence", view(to_string(r.level))}};
    if (!r.remedy.empty())
        out["remedy"] = r.remedy;
    return out;
}

js::value diagnostic_json(const diagnostic& d) {
    return {{"severity", view(to_string(d.level))},
            {"at", to_string(d.mark)},
            {"message", d.message},
            {"hint", d.hint},
            {"rule", d.rule}};
}

js::value run_json(const trace::run_record& r) {
    return {{"scenario", r.path},
            {"title", r.title},
            {"shows", array_of(r.shows)},
            {"clock", format_instant(r.clock)},
            {"asExpected", r.as_expected()},
            {"stoppedAt", r.stopped_at},
            {"byteStable", r.byte_stable},
            {"generatedKeys", r.generated_keys},
            {"findings", mapped(r.findings, diagnostic_json)},
            {"steps", mapped(r.steps, step_json)},
            {"rules", mapped(r.rules, rule_json)}};
}

/// Boost.JSON prints compact text alone; this adds line feeds and indentation.
void print(const js::value& v, std::size_t indent, std::string& out) {
    const auto open = [&](char c) { (out += c) += '\n'; };
    const auto close = [&](char c) { out.append(indent, ' ') += c; };
    if (const auto* o = v.if_object(); o != nullptr && !o->empty()) {
        open('{');
        std::size_t left = o->size();
        for (const auto& [key, value] : *o) {
            out.append(indent + 2, ' ') += js::serialize(js::string_view(key)) + ": ";
            print(value, indent + 2, out);
            out += --left > 0 ? ",\n" : "\n";
        }
        close('}');
    } else if (const auto* a = v.if_array(); a != nullptr && !a->empty()) {
        open('[');
        std::size_t left = a->size();
        for (const auto& value : *a) {
            out.append(indent + 2, ' ');
            print(value, indent + 2, out);
            out += --left > 0 ? ",\n" : "\n";
        }
        close(']');
    } else {
        out += js::serialize(v);
    }
}

/// A peer's bytes may be no text at all; JSON is.
void make_text(js::value& v) {
    if (auto* o = v.if_object())
        for (auto& member : *o)
            make_text(member.value());
    else if (auto* a = v.if_array())
        for (auto& value : *a)
            make_text(value);
    else if (auto* s = v.if_string())
        *s = as_utf8(*s);
}

std::string printed(js::value v) {
    make_text(v);
    std::string out;
    print(v, 0, out);
    out += '\n';
    return out;
}

} // namespace

std::string json(const std::vector<trace::run_record>& runs) {
    return printed(js::object{{"runs", mapped(runs, run_json)}});
}

std::string json(const std::vector<trace::event_record>& events) {
    return printed(js::object{{"events", mapped(events, event_json)}});
}

std::string json(const std::vector<checked_scenario>& checked) {
    const auto one = [](const checked_scenario& c) -> js::value {
        return {{"path", c.path}, {"title", c.title}, {"findings", mapped(c.findings, diagnostic_json)}};
    };
    return printed(js::object{{"scenarios", mapped(checked, one)}});
}

} // namespace connlab::report
