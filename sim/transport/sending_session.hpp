// The sending side = SMTP × decisions: STARTTLS or clear, is the certificate good enough, delivered or back
// to the queue.
#pragma once

#include "sim/exchange/decisions.hpp"
#include "sim/exchange/online_sending.hpp"
#include "sim/smtp/outbound_session.hpp"
#include "sim/tls/offer.hpp"
#include "sim/transport/session_log.hpp"
#include "sim/transport/turn.hpp"

#include <optional>

namespace connlab::transport {

/// What one connection to one host came to.
struct attempt_outcome {
    bool delivered = false;
    bool permanent = false; // the peer's 5xx: no further attempt
    std::string reply;      // innermost text; empty when delivered
    std::string acceptance; // the peer's reply to the content, when delivered
    bool bare = false;      // an own verdict, which is not wrapped in LastError
    bool lost = false;      // no connection, or one that broke: `reply` is no word of the peer
    bool our_text = false;
    std::string reason; // word; empty: the peer's reply speaks for itself
    exchange::clear_retry in_clear = exchange::clear_retry::never;
};

struct sending_setting {
    const exchange::server& server;
    const exchange::send_connector& connector;
    const exchange::tls_policy& policy;
    const exchange::certificate_choice& own; // client certificate
    const exchange::behavior& rules;
    chain::evidence known; // what the server remembers; it judges the peer's certificate by it
    std::string recipient_domain;
    std::string host; // that is connected to
    instant begun{};
    std::vector<trace::decision>& decisions;             // of both sides, in order
    bool front_end = false;                              // the Front End service sends
    endpoint remote = {};                                // declared
    std::optional<exchange::online_attempt> online = {}; // Exchange Online sends
};

class sending_session : private smtp::outbound_policy {
  public:
    sending_session(const sending_setting& where, smtp::outbound_options message);

    turn on(const smtp::event& e, instant now);
    /// The answer to the turn's `retrieve`.
    turn on_retrieved(chain::retrieved answer, instant now);
    tls::client_offer offer() const;
    /// Before `on_handshake`: the OCSP response that came with the server's certificate (DER); empty: none.
    void on_stapled(std::string response) { inquiry_.on_stapled(std::move(response)); }
    void on_handshake(bool completed, tls::failure failure, std::vector<certs::certificate> server_chain,
                      const trace::handshake_view& view);
    /// The connection did not come about.
    void on_connection_failure(exchange::connection_failure failure);
    /// The channel ended with a fatal alert of the peer.
    void on_alert() { refused_in_tls_ = true; }
    /// How a session was lost that ended without a reply and without a verdict of ours.
    exchange::connection_failure loss() const;

    const exchange::server& server() const { return where_.server; }
    const std::string& host() const { return where_.host; } // that is connected to

    duration patience() const;
    /// The peer's next line is for no log: an answer to X-EXPS or AUTH.
    bool awaits_secret() const { return smtp_.awaits_secret(); }
    attempt_outcome outcome() const;
    session_log& log() { return log_; }

  private:
    smtp::outbound_step after_hello(const smtp::capabilities& peer, bool tls) override;
    smtp::outbound_step after_starttls_refused(const smtp::reply& refusal) override;
    smtp::outbound_step after_tls() override;
    bool as_exchange_server() const;
    std::string authentication() override;
    std::string response_to(const smtp::reply& challenge) override;
    smtp::outbound_step after_authentication(const smtp::reply& r) override;

    std::optional<errand> wanted_before(const smtp::event& e);
    exchange::online_attempt online() const; // as of now
    exchange::send_verdict keep(trace::decided<exchange::send_verdict> d);
    smtp::outbound_step step_of(exchange::send_action a) const;
    attempt_outcome from_peer() const;

    sending_setting where_;
    session_log log_;
    std::string message_id_;
    smtp::outbound_session smtp_;
    inquiry inquiry_;  // about the server's certificate
    smtp::event held_; // until everything has been fetched
    struct judgement {
        trace::decided<exchange::send_verdict> verdict;
        std::vector<trace::chain_view> chains;
    };
    judgement judged_; // the last one
    std::vector<certs::certificate> server_chain_;
    bool in_tls_ = false;
    int challenges_ = 0; // that were answered
    bool lost_ = false;
    bool refused_in_tls_ = false;
    std::optional<exchange::send_verdict> own_verdict_; // that ended the attempt
    std::string reason_;                                // of a verdict that went on, e.g. StarttlsRefused
};

} // namespace connlab::transport
