#include "sim/transport/sending_session.hpp"

#include "certs/base64.hpp"
#include "sim/base/ascii.hpp"
#include "sim/base/ip.hpp"
#include "sim/exchange/basic_authentication.hpp"
#include "sim/exchange/direct_trust.hpp"
#include "sim/exchange/internal_hops.hpp"
#include "sim/transport/protocol_notes.hpp"

namespace connlab::transport {

sending_session::sending_session(const sending_setting& where, smtp::outbound_options message)
    : where_(where), message_id_(message_id_of(message.content)), smtp_(std::move(message), *this),
      inquiry_(where.known, where.server.stores.engine.timeouts) {
    log_.server = where.server.name;
    if (where.front_end)
        log_.event_source = exchange::front_end_event_source;
    log_.now = where.begun;
    log_.decisions = &where.decisions;
}

turn sending_session::on(const smtp::event& e, instant now) {
    log_.now = now;
    if (auto wanted = wanted_before(e)) {
        held_ = e;
        return {{}, std::move(wanted)};
    }
    turn out{smtp_.on(e)};
    if (where_.server.is_exchange() && ascii_istarts_with(out.send, "MAIL FROM:"))
        note_message(log_, message_id_);
    return out;
}

turn sending_session::on_retrieved(chain::retrieved answer, instant now) {
    inquiry_.on_retrieved(std::move(answer));
    return on(smtp::event(held_), now);
}

/// The verdict on the server's certificate is due when TLS has begun.
std::optional<errand> sending_session::wanted_before(const smtp::event& e) {
    const auto& p = where_.policy;
    if (!std::holds_alternative<smtp::tls_started>(e) || p.direct_trust || p.exchange_authentication)
        return std::nullopt;
    judged_.chains.clear();
    if (where_.online)
        judged_.verdict = exchange::judge_online_certificate(where_.server, online(), server_chain_, log_.now,
                                                             where_.rules, inquiry_.known(), judged_.chains);
    else
        judged_.verdict =
            exchange::judge_server_certificate(where_.server, where_.connector, p, server_chain_, log_.now,
                                               where_.rules, inquiry_.known(), judged_.chains, where_.host);
    return inquiry_.next(judged_.verdict.value.wanted);
}

duration sending_session::patience() const {
    return *where_.connector.connection_inactivity_timeout;
}

exchange::send_verdict sending_session::keep(trace::decided<exchange::send_verdict> d) {
    auto v = log_.kept(std::move(d));
    log_.add(v.events);
    log_.add_findings(v.findings);
    if (v.action == exchange::send_action::queue) {
        own_verdict_ = v;
        log_.decided_here();
    } else if (!v.reason.empty()) {
        reason_ = v.reason;
    }
    return v;
}

exchange::online_attempt sending_session::online() const {
    auto out = *where_.online;
    out.session.at = log_.now;
    return out;
}

tls::client_offer sending_session::offer() const {
    tls::client_offer out{where_.server
                              .tls_of(where_.front_end ? exchange::transport_role::frontend_transport
                                                       : exchange::transport_role::hub_transport)
                              .client};
    if (!parse_ip_address(where_.host))
        out.sni = where_.host;
    out.asks_status = where_.server.role != exchange::server_role::smtp; // as Schannel does; OpenSSL does not
    if (where_.own.certificate == nullptr)
        return out;
    tls::credential own;
    own.chain.push_back(where_.own.certificate->cert);
    own.chain.insert(own.chain.end(), where_.own.certificate->sent_with.begin(),
                     where_.own.certificate->sent_with.end());
    own.key = where_.own.certificate->key;
    own.unusable = where_.own.unusable;
    out.own.push_back(std::move(own));
    return out;
}

smtp::outbound_step sending_session::step_of(exchange::send_action a) const {
    switch (a) {
    case exchange::send_action::start_tls:
        return smtp::outbound_step::start_tls;
    case exchange::send_action::start_anonymous_tls:
        return smtp::outbound_step::start_anonymous_tls;
    case exchange::send_action::authenticate:
        return smtp::outbound_step::authenticate;
    case exchange::send_action::proceed:
        return smtp::outbound_step::proceed;
    case exchange::send_action::queue:
        return smtp::outbound_step::quit;
    }
    return smtp::outbound_step::quit;
}

smtp::outbound_step sending_session::after_hello(const smtp::capabilities& peer, bool tls) {
    in_tls_ = tls;
    if (where_.online)
        return tls ? smtp::outbound_step::proceed
                   : step_of(keep(exchange::judge_online_hello(online(), peer.has("STARTTLS"))).action);
    if (where_.policy.exchange_authentication)
        return step_of(keep(exchange::judge_exchange_hello(where_.server, where_.connector,
                                                           {peer.has("X-ANONYMOUSTLS"), peer.has("X-EXPS"),
                                                            tls, where_.policy.direct_trust,
                                                            where_.own.certificate != nullptr},
                                                           where_.host))
                           .action);
    if (!tls) {
        const auto action = keep(exchange::judge_ehlo(where_.connector, where_.policy, peer.has("STARTTLS"),
                                                      where_.recipient_domain, where_.host, where_.rules))
                                .action;
        if (action != exchange::send_action::proceed)
            return step_of(action);
    }
    if (exchange::demands_exchange_authentication(where_.connector))
        return step_of(
            keep(exchange::judge_exchange_logon_offer(where_.connector, peer.has("X-EXPS"), where_.host))
                .action);
    if (!exchange::uses_basic_authentication(where_.connector))
        return smtp::outbound_step::proceed;
    return step_of(
        keep(exchange::judge_logon_offer(where_.connector, peer.parameter("AUTH"), tls, where_.host)).action);
}

bool sending_session::as_exchange_server() const {
    return where_.policy.exchange_authentication ||
           exchange::demands_exchange_authentication(where_.connector);
}

/// Instead of a Kerberos ticket or a user's secret: words that say what they are.
std::string sending_session::authentication() {
    if (!as_exchange_server())
        return "AUTH LOGIN";
    return (in_tls_ && where_.policy.exchange_authentication ? "X-EXPS EXCHANGEAUTH " : "X-EXPS GSSAPI ") +
           exchange::token_of(where_.server);
}

std::string sending_session::response_to(const smtp::reply& /*challenge*/) {
    switch (challenges_++) {
    case 0:
        return certs::base64_encoded("connlab");
    case 1:
        return certs::base64_encoded("no password: Connector Lab keeps none");
    default:
        return "*";
    }
}

smtp::outbound_step sending_session::after_authentication(const smtp::reply& r) {
    if (!as_exchange_server())
        return step_of(
            keep(exchange::judge_logon(where_.connector, r.text(), r.positive(), where_.host)).action);
    const auto v =
        keep(exchange::judge_exchange_authentication(where_.connector, r.text(), r.positive(), where_.host));
    if (!r.positive())
        log_.note({}, "Outbound Authentication failed with LogonDenied");
    return step_of(v.action);
}

smtp::outbound_step sending_session::after_starttls_refused(const smtp::reply& refusal) {
    const auto v =
        where_.online
            ? keep(exchange::judge_online_starttls_refusal(online(), refusal.text()))
            : keep(exchange::judge_starttls_refusal(where_.connector, where_.policy, refusal.text(),
                                                    where_.rules, where_.recipient_domain, where_.host));
    return v.action == exchange::send_action::proceed ? smtp::outbound_step::proceed
                                                      : smtp::outbound_step::quit;
}

void sending_session::on_handshake(bool completed, tls::failure failure,
                                   std::vector<certs::certificate> server_chain,
                                   const trace::handshake_view& view) {
    server_chain_ = std::move(server_chain);
    if (where_.server.is_exchange() && failure != tls::failure::not_performed) {
        const bool one_row = one_row_for_a_certificate(where_.server.version, where_.rules);
        const certs::certificate peer = server_chain_.empty() ? certs::certificate{} : server_chain_.front();
        if (where_.own.certificate != nullptr)
            note_own_certificate(log_, where_.own.certificate->cert, one_row);
        if (completed)
            note_handshake(
                log_, peer,
                negotiation_succeeded(view, false, peer, ecdhe_token(where_.server.version, where_.rules)),
                one_row);
        else
            log_.note({}, "TLS negotiation failed with error " + view.client_error);
    }
    lost_ = lost_ || !completed;
    if (!completed && where_.online)
        keep(exchange::judge_online_handshake_failure(online(), failure, where_.rules));
    else if (!completed)
        keep(exchange::judge_handshake_failure(where_.connector, where_.policy, failure, where_.own.unusable,
                                               where_.rules));
}

smtp::outbound_step sending_session::after_tls() {
    if (where_.policy.direct_trust)
        return keep(exchange::judge_trusted_server(where_.server, server_chain_, where_.remote, log_.now))
                           .action == exchange::send_action::queue
                   ? smtp::outbound_step::disconnect
                   : smtp::outbound_step::proceed;
    if (where_.policy.exchange_authentication) // the channel only encrypts
        return smtp::outbound_step::proceed;
    log_.chains.insert(log_.chains.end(), judged_.chains.begin(), judged_.chains.end());
    const auto v = keep(std::move(judged_.verdict));
    return v.action == exchange::send_action::queue ? smtp::outbound_step::disconnect
                                                    : smtp::outbound_step::proceed;
}

void sending_session::on_connection_failure(exchange::connection_failure failure) {
    lost_ = true;
    if (where_.online)
        keep(exchange::judge_online_connection_failure(online(), failure));
    else
        keep(exchange::judge_connection_failure(failure, where_.host));
}

/// A peer that speaks something else is as good as one that hangs up.
exchange::connection_failure sending_session::loss() const {
    if (refused_in_tls_)
        return exchange::connection_failure::refused_in_tls;
    return smtp_.result().how == smtp::ending::timed_out ? exchange::connection_failure::timed_out
                                                         : exchange::connection_failure::dropped;
}

attempt_outcome sending_session::from_peer() const {
    attempt_outcome out;
    const auto& r = smtp_.result();
    out.reason = reason_;
    if (r.how == smtp::ending::delivered) {
        out.delivered = true;
        out.acceptance = r.deciding ? r.deciding->text() : std::string{};
        return out;
    }
    if (r.deciding && r.how != smtp::ending::malformed) {
        out.reply = r.deciding->text();
        out.permanent = r.deciding->permanent();
    }
    return out;
}

attempt_outcome sending_session::outcome() const {
    if (!own_verdict_)
        return from_peer();
    attempt_outcome out;
    out.reply = own_verdict_->reply;
    out.bare = own_verdict_->bare;
    out.lost = lost_;
    out.our_text = own_verdict_->our_text;
    out.reason = own_verdict_->reason;
    out.in_clear = own_verdict_->in_clear;
    return out;
}

} // namespace connlab::transport
