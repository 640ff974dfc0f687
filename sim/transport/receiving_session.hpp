// The receiving side = SMTP × decisions: which connector takes the connection, which certificate serves it,
// who is let in.
#pragma once

#include "sim/exchange/decisions.hpp"
#include "sim/exchange/domain_capabilities.hpp"
#include "sim/exchange/replies.hpp"
#include "sim/smtp/inbound_session.hpp"
#include "sim/tls/offer.hpp"
#include "sim/transport/online_reception.hpp"
#include "sim/transport/session_log.hpp"
#include "sim/transport/turn.hpp"

#include <memory>
#include <optional>

namespace connlab::transport {

/// Where a session happens and by which rules.
struct session_setting {
    const exchange::organization& organization;
    const exchange::server& server;
    const exchange::behavior& rules;
    chain::evidence known; // what the server remembers, and has fetched about its own certificates
    endpoint local;        // declared
    endpoint remote;       // declared
    instant begun{};
    std::vector<trace::decision>& decisions; // of both sides, in order
    bool passes_on = false;                  // a service behind takes the messages
    bool authentication_fails = false;       // the scenario's word on Kerberos
};

/// A message that was accepted.
struct accepted_message {
    smtp::inbound_message message;
    std::string content; // as this server keeps it: filtered, with its own Received field
    std::string auth_as; // empty: not an Exchange server
    std::string auth_domain;
    std::string tenant; // of Exchange Online, whose message it is
    exchange::directionality direction = exchange::directionality::none; // likewise
};

class receiving_session : private smtp::inbound_policy {
  public:
    explicit receiving_session(const session_setting& where);

    /// Null: no connector takes this connection.
    const exchange::receive_connector* connector() const { return connector_; }
    turn on(const smtp::event& e, instant now);
    /// The answer to the turn's `retrieve`.
    turn on_retrieved(chain::retrieved answer, instant now);

    const exchange::server& server() const { return where_.server; }
    tls::server_offer offer() const;
    /// What it presents after STARTTLS; null: STARTTLS is not offered.
    const exchange::stored_certificate* presented() const { return starttls_.certificate; }
    /// The handshake is over; `view` as both sides saw it.
    void on_handshake(bool completed, std::vector<certs::certificate> client_chain,
                      const trace::handshake_view& view);

    duration patience() const; // how long it waits for the peer, virtual time
    /// The line that comes next is for no log: a response to a challenge.
    bool awaits_secret() const { return smtp_->awaits_secret(); }
    const std::vector<accepted_message>& accepted() const { return accepted_; }
    /// The word of the last refusal: MustIssueStarttls, SubjectMismatch, …; empty: none.
    const std::string& refusal() const { return refusal_; }
    bool refusal_text_is_ours() const { return refusal_ours_; }
    /// An Edge or Mailbox server whose certificate the directory does not know: it is not let in as one.
    bool distrusts() const { return distrust_.has_value(); }
    /// A reply whose wording is not Exchange's, as far as anyone knows.
    bool speaks_our_words(std::string_view reply) const {
        return exchange::is_our_wording(where_.server, reply);
    }
    session_log& log() { return log_; }

  private:
    std::vector<std::string> on_hello(const std::string& domain, bool extended, bool tls) override;
    bool starttls_offered(bool tls) override;
    bool anonymous_tls_offered(bool tls) override;
    std::optional<std::string> on_starttls() override;
    std::optional<smtp::authentication_step> on_authenticate(smtp::verb how, const std::string& mechanism,
                                                             const std::string& response, bool tls) override;
    std::optional<std::string> on_mail(const smtp::path_command& sender, bool tls) override;
    std::optional<std::string> on_recipient(const smtp::path_command& recipient, bool tls) override;
    std::string on_message(const smtp::inbound_message& message) override;

    smtp::authentication_step on_response(const std::string& response) override;
    void on_too_many_failed_logons() override;
    std::optional<smtp::authentication_step> on_x_exps(const std::string& mechanism,
                                                       const std::string& response);

    void choose_certificates();
    std::optional<errand> wanted_before(const smtp::event& e);
    duration tarpit(const smtp::turn& t) const;
    void note_rights(exchange::principal who);
    bool refuses_size(const smtp::turn& t) const;
    duration time_left() const; // of ConnectionTimeout
    std::optional<std::string> follow(const exchange::inbound_verdict& v);
    void note_client_chain();
    void grant_capabilities(bool tls);
    std::string curve_suffix(const trace::handshake_view& view) const;
    bool trusts_directly() const;
    void judge_direct_trust();
    const exchange::certificate_choice& own() const; // for the handshake that was asked for
    std::string kept_content(const smtp::inbound_message& message);
    exchange::cross_premises judge_cross_premises_headers(std::string_view content);
    exchange::inbound_facts facts(bool tls) const;

    session_setting where_;
    session_log log_;
    inquiry inquiry_;                                             // about the client's certificate
    smtp::event held_;                                            // until everything has been fetched
    std::optional<trace::decided<chain::verdict>> client_judged_; // with all that could be fetched
    const exchange::receive_connector* connector_ = nullptr;
    exchange::certificate_choice starttls_;
    exchange::certificate_choice internal_;
    exchange::domain_capabilities capabilities_;
    struct distrust {
        exchange::inbound_verdict verdict;
        std::size_t decision = 0; // among those of the session
    };
    std::optional<distrust> distrust_; // of an Edge or Mailbox server that is not known
    bool trusted_directly_ = false;
    std::vector<certs::certificate> client_chain_;
    std::string hello_name_;
    std::optional<std::string> user_; // who is logging on
    std::string tls_version_;
    std::string cipher_;
    exchange::principal who_ = exchange::principal::anonymous;       // as authenticated
    exchange::principal rights_of_ = exchange::principal::anonymous; // of the transaction
    std::string auth_as_;
    std::string auth_domain_;
    std::string refusal_;
    bool refusal_ours_ = false;
    std::vector<accepted_message> accepted_;
    std::optional<online_reception> online_; // Exchange Online with tenants
    std::string sender_;
    std::string xoorg_; // of MAIL FROM
    std::unique_ptr<smtp::inbound_session> smtp_;
};

} // namespace connlab::transport
