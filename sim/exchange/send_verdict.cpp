// What a Send connector does before and about the handshake: the rows 1 to 8 of the run-time decision table
// (2.4).
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/event_texts.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

constexpr std::string_view starttls_required = "451 5.7.3 STARTTLS is required to send mail";

void queue(trace::decided<send_verdict>& out, std::string_view rule, std::string_view reason,
           std::string reply) {
    out.value.action = send_action::queue;
    out.value.reason = std::string(reason);
    out.value.reply = std::move(reply);
    out.why.rule = std::string(rule);
    out.why.answer = "queued: " + out.value.reply;
}

void proceed_in_clear(trace::decided<send_verdict>& out, std::string_view rule) {
    out.value.action = send_action::proceed;
    out.why.rule = std::string(rule);
    out.why.answer = "goes on in clear text";
}

/// Which demand makes a missing STARTTLS fatal; RequireTLS comes first, as the documented one.
std::string_view demand(const send_connector& c, const tls_policy& p) {
    if (*c.require_tls || c.level->has_value())
        return "exchange.starttls.required";
    if (p.domain_secure)
        return "exchange.starttls.required-by-domain-security";
    return "exchange.starttls.required-by-basic-auth";
}

void cite_demand(trace::decision& d, const send_connector& c, const tls_policy& p) {
    if (*c.require_tls)
        cite(d, of_connector("RequireTLS", c), "True", c.require_tls.mark);
    else if (c.level->has_value())
        cite(d, of_connector("TlsAuthLevel", c), std::string(to_string(**c.level)), c.level.mark);
    else if (p.domain_secure)
        cite(d, of_connector("DomainSecureEnabled", c), "True", c.domain_secure_enabled.mark);
    else
        cite(d, of_connector("SmartHostAuthMechanism", c), "BasicAuthRequireTLS",
             c.smart_host_auth_mechanism.mark);
}

void queue_for_starttls(trace::decided<send_verdict>& out, const send_connector& c, const tls_policy& p,
                        std::string_view rule, std::string_view remote_domain, std::string_view remote_host) {
    if (p.partner) {
        queue(out, "exchange.smtp-partner.starttls-required", "StarttlsRequired",
              fmt::format("451 4.7.4 TLS is required, but was not offered by host {}", remote_host));
        out.value.our_text = true;
        return;
    }
    queue(out, rule, "StarttlsRequired", std::string(starttls_required));
    out.value.bare = true;
    out.value.events.push_back(tls_required_failed(c.name, remote_domain, remote_host));
    cite_demand(out.why, c, p);
}

struct failure_text {
    std::string_view rule;
    std::string_view reply;
    std::string reason;
};

/// Reference README, item 8. The text for no common version is observed, the others are assumed to be alike.
failure_text text_of(tls::failure f, std::string_view own_error) {
    constexpr std::string_view dropped = "421 4.4.2 Connection dropped due to SocketError";
    constexpr std::string_view unable = "421 4.2.1 Unable to connect";
    constexpr std::string_view timed_out = "421 4.4.1 Connection timed out";
    constexpr std::string_view not_performed =
        "(the lab's word) computed, not performed: Windows would go on with what this OpenSSL does not have";
    const std::string word(tls::to_string(f));
    switch (f) {
    case tls::failure::no_common_version:
        return {"exchange.handshake.no-common-version", dropped, word};
    case tls::failure::own_credential:
        if (own_error == "UnknownCredentials")
            return {"exchange.handshake.unknown-credentials", timed_out, std::string(own_error)};
        return {"exchange.handshake.no-credentials", unable, "NoCredentials"};
    case tls::failure::silence:
        return {"exchange.handshake.silence", timed_out, word};
    case tls::failure::no_common_suite:
        return {"exchange.handshake.no-common-suite", dropped, word};
    case tls::failure::bad_record:
        return {"exchange.handshake.bad-record", dropped, word};
    case tls::failure::connection_reset:
        return {"exchange.handshake.connection-reset", dropped, word};
    case tls::failure::refused_by_peer:
        return {"exchange.handshake.refused-by-peer", dropped, word};
    case tls::failure::key_too_short:
        return {"exchange.handshake.key-too-short", dropped, word};
    case tls::failure::nothing_enabled:
        return {"exchange.handshake.nothing-enabled", dropped, word};
    case tls::failure::not_performed:
        return {"exchange.handshake.not-performed", not_performed, word};
    case tls::failure::none:
    case tls::failure::other:
        break;
    }
    return {"exchange.handshake.other", dropped, "HandshakeFailed"};
}

} // namespace

trace::decided<send_verdict> judge_own_certificate(const send_connector& c, const certificate_choice& own) {
    trace::decided<send_verdict> out;
    out.why.question = fmt::format("Can Send connector {} use the certificate it names?", c.name);
    if (!own.unresolvable) {
        out.why.rule = "exchange.client-certificate.resolved";
        out.why.answer = "yes";
        cite(out.why, of_connector("TlsCertificateName", c),
             c.tls_certificate_name->empty() ? "not set" : *c.tls_certificate_name,
             c.tls_certificate_name.mark);
        return out;
    }
    queue(
        out, "exchange.client-certificate.unresolvable", "OwnCertificateNotFound",
        "454 4.7.5 The certificate specified in TlsCertificateName of the SendConnector could not be found.");
    out.value.bare = true;
    out.value.events = own.events;
    cite(out.why, of_connector("TlsCertificateName", c), *c.tls_certificate_name,
         c.tls_certificate_name.mark);
    return concluded(std::move(out));
}

trace::decided<send_verdict> judge_connection_failure(connection_failure f, std::string_view remote_host) {
    trace::decided<send_verdict> out;
    out.why.question = "What does the queue show when the connection fails?";
    const std::string connection = "connection to " + std::string(remote_host);
    switch (f) {
    case connection_failure::refused:
        queue(out, "exchange.connection.refused", "Refused", "421 4.2.1 Unable to connect");
        cite(out.why, connection, "refused");
        break;
    case connection_failure::timed_out:
        queue(out, "exchange.connection.timed-out", "TimedOut", "421 4.4.1 Connection timed out");
        cite(out.why, connection, "no answer");
        break;
    case connection_failure::dropped:
        queue(out, "exchange.connection.dropped", "Dropped",
              "421 4.4.2 Connection dropped due to SocketError");
        cite(out.why, connection, "ended by the peer");
        break;
    case connection_failure::refused_in_tls:
        queue(out, "exchange.connection.refused-after-handshake", "RefusedAfterHandshake",
              "421 4.4.2 Connection dropped due to SocketError");
        rests_on(out.why, "exchange.connection.dropped");
        cite(out.why, connection, "ended by a TLS alert after the handshake was complete on this side");
        break;
    }
    return concluded(std::move(out));
}

trace::decided<send_verdict> judge_ehlo(const send_connector& c, const tls_policy& p, bool starttls_offered,
                                        std::string_view remote_domain, std::string_view remote_host,
                                        const behavior&) {
    trace::decided<send_verdict> out;
    out.why.question = fmt::format("STARTTLS, clear text or back to the queue with {}?", remote_host);
    cite(out.why, "EHLO reply of " + std::string(remote_host),
         starttls_offered ? "with STARTTLS" : "without STARTTLS");
    if (p.try_starttls && starttls_offered) {
        out.value.action = send_action::start_tls;
        out.why.rule = "exchange.starttls.offered";
        out.why.answer = "STARTTLS";
        return concluded(std::move(out));
    }
    if (p.must_use_tls)
        queue_for_starttls(out, c, p, demand(c, p), remote_domain, remote_host);
    else if (p.try_starttls)
        proceed_in_clear(out, "exchange.starttls.not-offered");
    else {
        proceed_in_clear(out, "exchange.starttls.not-tried");
        cite(out.why, of_connector("IgnoreSTARTTLS", c), *c.ignore_starttls ? "True" : "False",
             c.ignore_starttls.mark);
    }
    return concluded(std::move(out));
}

trace::decided<send_verdict> judge_starttls_refusal(const send_connector& c, const tls_policy& p,
                                                    std::string_view reply, const behavior& b,
                                                    std::string_view remote_domain,
                                                    std::string_view remote_host) {
    trace::decided<send_verdict> out;
    out.why.question = "The peer refused STARTTLS: clear text or back to the queue?";
    cite(out.why, "reply to STARTTLS", std::string(reply));
    if (p.must_use_tls) {
        // Like a STARTTLS that is not offered; the sheet leaves the row open.
        queue_for_starttls(out, c, p, "exchange.starttls.refused-required", remote_domain, remote_host);
        if (p.partner)
            out.value.reply =
                "451 4.7.5 TLS is required, but host refused to start TLS: " + std::string(reply);
        else
            rests_on(out.why, out.why.rule);
        return concluded(std::move(out));
    }
    out.value.reason = "StarttlsRefused";
    if (!p.partner && b.is("StarttlsRefused", "Queue")) {
        queue(out, "exchange.starttls.refused", "StarttlsRefused", std::string(reply));
    } else {
        proceed_in_clear(out, p.partner ? "exchange.smtp-partner.level-may" : "exchange.starttls.refused");
    }
    if (!p.partner)
        rests_on_switch(out.why, b, "StarttlsRefused", "exchange.starttls.refused");
    return concluded(std::move(out));
}

trace::decided<send_verdict> judge_handshake_failure(const send_connector& c, const tls_policy& p,
                                                     tls::failure f, std::string_view own_error,
                                                     const behavior& b) {
    trace::decided<send_verdict> out;
    out.why.question = fmt::format("The TLS handshake on {} failed: what becomes of the message?",
                                   c.name.empty() ? "the connection" : c.name);
    const failure_text known = text_of(f, own_error);
    cite(out.why, "the handshake ended by", known.reason);
    if (p.partner) {
        queue(out, "exchange.smtp-partner.handshake-failed", known.reason,
              "451 4.7.5 Cannot start TLS: handshake failure");
        out.value.our_text = true;
        out.value.in_clear = p.may_fall_back ? clear_retry::at_once : clear_retry::never;
        return concluded(std::move(out));
    }
    queue(out, known.rule, known.reason, std::string(known.reply));
    out.value.our_text = f == tls::failure::not_performed;
    if (!p.must_use_tls && b.is("CleartextRetryAfterTlsFailure", "NextAttempt")) {
        out.value.in_clear = clear_retry::next_attempt;
        rests_on_switch(out.why, b, "CleartextRetryAfterTlsFailure", "exchange.handshake.clear-retry");
        out.why.answer += "; the next attempt goes in clear text";
    }
    return concluded(std::move(out));
}

} // namespace connlab::exchange
