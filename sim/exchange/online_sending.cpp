// What Exchange Online says to a host and about it: the verdicts of one attempt (Exchange Online
// sheet 2.3, 2.5).
#include "sim/exchange/online_sending.hpp"

#include "sim/base/date_texts.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/chain_judgement.hpp"
#include "sim/exchange/deciding.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

constexpr std::string_view starttls_required = "451 5.7.3 STARTTLS is required to send mail";

std::optional<tls_auth_level> level_of(const online_attempt& a) {
    return a.connector != nullptr ? *a.connector->tls_settings : std::nullopt;
}

void cite_settings(trace::decision& d, const online_attempt& a) {
    if (a.connector == nullptr)
        return cite(d, "outbound connector", "none");
    const auto& level = a.connector->tls_settings;
    cite(d, "TlsSettings of outbound connector " + a.connector->name,
         level->has_value() ? std::string(to_string(**level)) : "not set", level.mark);
}

/// `-1;-1` before and `-2;-2` after a failed handshake; what the numbers mean is not public.
std::string_view security_word(std::string_view reason) {
    return reason == "HandshakeFailed" ? "-2;-2" : "-1;-1";
}

std::string trace_text(const online_attempt& a, std::string_view error, std::string_view message,
                       std::string_view reason) {
    return fmt::format(
        "{} [Message={}] [LastAttemptedServerName={}] [LastAttemptedIP={}] [SmtpSecurity={}]{}", error,
        message, a.host, to_string(a.where), security_word(reason), suffix_of(a.session));
}

constexpr std::string_view cannot_connect = "450 4.4.317 Cannot connect to remote server";
constexpr std::string_view cannot_establish = "450 4.4.317 Cannot establish session with remote server";

void queue(trace::decided<send_verdict>& out, const online_attempt& a, std::string_view rule,
           std::string_view reason, std::string_view error, std::string_view message) {
    out.value.action = send_action::queue;
    out.value.reason = std::string(reason);
    out.value.bare = true;
    out.value.reply = trace_text(a, error, message, reason);
    out.why.rule = std::string(rule);
    out.why.answer = "queued: " + out.value.reply;
    cite_settings(out.why, a);
}

/// The wording of 2026 [observed], and that of before.
std::string_view starttls_error(const online_attempt& a) {
    static const auto change = *parse_instant("2026-01-01T00:00:00Z");
    return a.session.at < change ? cannot_connect : cannot_establish;
}

void go_on(trace::decided<send_verdict>& out, send_action action, std::string_view rule, std::string answer) {
    out.value.action = action;
    out.why.rule = std::string(rule);
    out.why.answer = std::move(answer);
}

/// Whether the certificate holds the name, and by which of its own.
std::string name_matching(const certs::certificate& c, std::string_view wanted, const behavior& b) {
    auto names = c.fields().subject.common_names();
    names.insert(names.end(), c.fields().dns_names.begin(), c.fields().dns_names.end());
    for (const auto& name : names)
        if (is_wildcard_name(wanted) ? online_wildcard_covers(wanted, name, b) : covers(name, wanted))
            return name;
    return {};
}

bool chain_passes(trace::decided<send_verdict>& out, const server& s, const online_attempt& a,
                  const std::vector<certs::certificate>& peer_chain, instant now, const behavior& b,
                  const chain::evidence& known, std::vector<trace::chain_view>& chain_out) {
    auto q = question_about(peer_chain, s, now);
    q.revocation.scope = chain::revocation_scope::chain_excluding_root;
    if (b.is("ServerCertificateUsage", "Check"))
        q.usage = std::string(certs::eku_server_auth);
    const auto judged = judge_chain(q, b, known);
    chain_out.push_back(chain::view_of(
        judged.verdict, fmt::format("{}'s verdict on the certificate of {}", s.name, q.leaf.subject())));
    out.value.wanted = judged.verdict.wanted;
    cite(out.why, "chain of " + q.leaf.subject(), judged.text);
    cite_revocation(out.why, judged);
    if (judged.reason.word.empty()) {
        rests_on_chain(out.why, judged, b);
        return true;
    }
    out.value.our_text = judged.reason.ours;
    queue(out, a, "exchange.online.send.chain-refused", judged.reason.word, cannot_connect,
          judged.reason.word);
    return false;
}

bool name_passes(trace::decided<send_verdict>& out, const online_attempt& a, const certs::certificate& leaf,
                 const behavior& b) {
    const auto& wanted = a.connector->tls_domain;
    const auto name = name_matching(leaf, *wanted, b);
    cite(out.why, "TlsDomain of outbound connector " + a.connector->name, *wanted, wanted.mark);
    cite(out.why, "names of " + leaf.subject(), join(leaf.domains(), ", "));
    if (!name.empty()) {
        if (is_wildcard_name(*wanted) && !covers(*wanted, name) && !same_domain(*wanted, name))
            rests_on_switch(out.why, b, "SenderCertificateWildcardDepth",
                            "exchange.online.certificate-name.wildcard");
        return true;
    }
    queue(out, a, "exchange.online.send.name-refused", "SubjectMismatch", cannot_connect,
          fmt::format("SubjectMismatch Expected Subject: {}. Presented Subject: {}. Thumbprint: {}.", *wanted,
                      leaf.subject(), leaf.thumbprint()));
    return false;
}

} // namespace

trace::decided<tls_policy> online_tls_policy(const outbound_connector* c, std::string_view recipient_domain) {
    trace::decided<tls_policy> out;
    const online_attempt a{c, {}, {}, {}, true};
    const auto level = level_of(a);
    out.why.question = fmt::format("What does Exchange Online demand of TLS for {}?", recipient_domain);
    out.value.must_use_tls = level.has_value();
    out.value.check_chain = level && *level != tls_auth_level::encryption_only;
    out.value.check_name = level == tls_auth_level::domain_validation;
    out.why.rule = level ? "exchange.online.policy.demanded" : "exchange.online.policy.opportunistic";
    out.why.answer = !level                  ? "TLS when it is offered, nothing checked"
                     : out.value.check_name  ? "TLS is required, chain and name checked"
                     : out.value.check_chain ? "TLS is required, chain checked"
                                             : "TLS is required, nothing checked";
    cite_settings(out.why, a);
    return concluded(std::move(out));
}

trace::decided<send_verdict> judge_online_hello(const online_attempt& a, bool starttls_offered) {
    trace::decided<send_verdict> out;
    out.why.question = fmt::format("STARTTLS, clear text or back to the queue with {}?", a.host);
    cite(out.why, "EHLO reply of " + a.host, starttls_offered ? "with STARTTLS" : "without STARTTLS");
    if (!a.try_starttls)
        go_on(out, send_action::proceed, "exchange.online.send.clear",
              "goes on in clear text, as the last handshake failed");
    else if (starttls_offered)
        go_on(out, send_action::start_tls, "exchange.online.send.starttls", "STARTTLS");
    else if (level_of(a))
        queue(out, a, "exchange.online.send.starttls-required", "StarttlsRequired", starttls_error(a),
              starttls_required);
    else
        go_on(out, send_action::proceed, "exchange.online.send.clear", "goes on in clear text");
    return concluded(std::move(out));
}

trace::decided<send_verdict> judge_online_starttls_refusal(const online_attempt& a, std::string_view reply) {
    trace::decided<send_verdict> out;
    out.why.question = "The peer refused STARTTLS: clear text or back to the queue?";
    cite(out.why, "reply to STARTTLS", std::string(reply));
    if (level_of(a))
        queue(out, a, "exchange.online.send.starttls-required", "StarttlsRequired", starttls_error(a),
              starttls_required);
    else {
        go_on(out, send_action::proceed, "exchange.online.send.clear", "goes on in clear text");
        out.value.reason = "StarttlsRefused";
    }
    return concluded(std::move(out));
}

trace::decided<send_verdict> judge_online_handshake_failure(const online_attempt& a, tls::failure f,
                                                            const behavior& b) {
    trace::decided<send_verdict> out;
    out.why.question = "The TLS handshake failed: what becomes of the message?";
    cite(out.why, "the handshake ended by", std::string(tls::to_string(f)));
    const bool silent = f == tls::failure::silence;
    queue(out, a, "exchange.online.send.handshake-failed", silent ? "TimedOut" : "HandshakeFailed",
          cannot_connect,
          silent ? "SocketError: TimedOut" : "451 4.4.0 TLS negotiation failed with error SocketError");
    if (!level_of(a) && !b.is("CleartextRetryAfterTlsFailure", "Never")) {
        out.value.in_clear = clear_retry::next_attempt;
        rests_on_switch(out.why, b, "CleartextRetryAfterTlsFailure", "exchange.online.send.clear-retry");
        out.why.answer += "; the next attempt goes in clear text";
    }
    return concluded(std::move(out));
}

trace::decided<send_verdict> judge_online_connection_failure(const online_attempt& a, connection_failure f) {
    trace::decided<send_verdict> out;
    out.why.question = "What does the message trace show when the connection fails?";
    switch (f) {
    case connection_failure::refused:
        queue(out, a, "exchange.online.send.connection-refused", "Refused", "450 4.4.316 Connection refused",
              "Socket error code 10061");
        break;
    case connection_failure::timed_out:
        queue(out, a, "exchange.online.send.no-answer", "TimedOut", cannot_connect, "SocketError: TimedOut");
        break;
    case connection_failure::dropped:
    case connection_failure::refused_in_tls:
        queue(out, a, "exchange.online.send.connection-dropped", "Dropped", cannot_connect,
              "451 4.4.0 Connection dropped due to SocketError");
        out.value.our_text = true;
        break;
    }
    return concluded(std::move(out));
}

trace::decided<send_verdict> judge_online_certificate(const server& s, const online_attempt& a,
                                                      const std::vector<certs::certificate>& peer_chain,
                                                      instant now, const behavior& b,
                                                      const chain::evidence& known,
                                                      std::vector<trace::chain_view>& chain_out) {
    trace::decided<send_verdict> out;
    out.why.question = "Is the server's certificate good enough for Exchange Online?";
    const auto level = level_of(a);
    if (!level || *level == tls_auth_level::encryption_only) {
        go_on(out, send_action::proceed, "exchange.online.send.nothing-checked", "nothing is checked");
        cite_settings(out.why, a);
        return concluded(std::move(out));
    }
    if (!chain_passes(out, s, a, peer_chain, now, b, known, chain_out))
        return concluded(std::move(out));
    if (*level == tls_auth_level::domain_validation && !name_passes(out, a, peer_chain.front(), b))
        return concluded(std::move(out));
    go_on(out, send_action::proceed, "exchange.online.send.certificate-accepted", "yes");
    cite_settings(out.why, a);
    return concluded(std::move(out));
}

std::string online_last_error(std::string_view error, instant at, std::string_view host,
                              const endpoint& remote) {
    const std::string ip = remote.address.is_unspecified() ? std::string{} : to_string(remote.address);
    return fmt::format("[{{LED={}}};{{MSG=}};{{FQDN={}}};{{IP={}}};{{LRT={}}}]", error, host, ip,
                       date_time(at, {}));
}

} // namespace connlab::exchange
