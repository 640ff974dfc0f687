// The sending side of an SMTP session for one message (RFC 5321, 3207, 2920, 3030): fed with events, answers
// with turns. Whether to use TLS, and whether a certificate will do, is asked of outbound_policy.
#pragma once

#include "sim/smtp/capabilities.hpp"
#include "sim/smtp/outbound_transitions.hpp"
#include "sim/smtp/reply.hpp"
#include "sim/smtp/turn.hpp"

#include <optional>
#include <string>
#include <vector>

namespace connlab::smtp {

enum class outbound_step {
    start_tls,
    start_anonymous_tls, // X-ANONYMOUSTLS
    authenticate,        // AUTH or X-EXPS
    proceed,
    quit,       // say QUIT
    disconnect, // close without a word
};

class outbound_policy {
  public:
    virtual ~outbound_policy() = default;
    /// After each reply to EHLO (or HELO). With `tls` true the session is inside TLS already: proceed or
    /// leave.
    virtual outbound_step after_hello(const capabilities& peer, bool tls) = 0;
    /// EHLO was refused with 5xx: whether to try HELO, or take the refusal as it is.
    virtual bool helo_will_do(const reply& /*refusal*/) { return true; }
    /// The peer advertised STARTTLS and refused it: proceed in clear or leave.
    virtual outbound_step after_starttls_refused(const reply& refusal) = 0;
    /// AUTH or X-EXPS with all that belongs on its line, after a step `authenticate`.
    virtual std::string authentication() { return {}; }
    /// The answer to a 334, a line without its end.
    virtual std::string response_to(const reply& /*challenge*/) { return "*"; }
    /// The peer's last word on it, also a refusal: proceed or leave.
    virtual outbound_step after_authentication(const reply& /*r*/) { return outbound_step::proceed; }
    /// The handshake is complete; the certificate has been seen: proceed or leave.
    virtual outbound_step after_tls() = 0;
};

/// Asked for when the peer offers DSN (RFC 3461).
struct delivery_notification {
    std::string returned;    // FULL, HDRS; empty: not said
    std::string envelope_id; // not encoded
    std::string notify;      // NEVER, or words of SUCCESS, FAILURE, DELAY with commas, for each recipient
    bool original_recipient = false;
};

struct outbound_options {
    std::string hello_name;
    bool force_helo = false;
    bool use_chunking = false; // BDAT instead of DATA when the peer can
    std::string sender;
    std::vector<std::string> recipients;
    std::string content;        // with CRLF line ends
    bool announce_size = true;  // SIZE= when the peer offers it
    std::size_t chunk_size = 0; // bytes of a chunk; 0: all in one
    delivery_notification notification;
    std::string originator_organization; // XOORG= when the peer offers it; empty: not said
};

enum class phase { banner, hello, starttls, tls, auth, mail, recipient, data, content, quit };
std::string_view to_string(phase p);

enum class ending {
    none,
    delivered,
    refused,
    left_by_policy,
    tls_failed,
    closed,
    timed_out,
    malformed,
    no_smtputf8, // an address needs it (RFC 6531) and the peer does not offer it
};
std::string_view to_string(ending e);

struct recipient_result {
    std::string address;
    std::optional<reply> answer; // to RCPT; nothing: it never came to that
    bool accepted = false;       // by RCPT; it has the message if the session ended `delivered`
};

struct outbound_result {
    ending how = ending::none;
    phase where = phase::banner;   // when it was decided
    std::optional<reply> deciding; // the reply that ended it or, delivered, the one that accepted the content
    std::vector<recipient_result> recipients; // all, in the order of the envelope
};

class outbound_session {
  public:
    outbound_session(outbound_options options, outbound_policy& policy);

    turn on(const event& e);
    const outbound_result& result() const { return result_; }
    /// The peer's next line answers an authentication: what it says is for no log.
    bool awaits_secret() const {
        return answered_ < awaited_.size() && awaited_[answered_] == outbound_awaited::auth;
    }
    /// Clear-text bytes that the peer sent ahead behind its reply to STARTTLS, and the driver dropped.
    std::uint64_t discarded() const { return discarded_; }

  private:
    turn on_line(const line_received& line);
    turn on_reply(const reply& r);
    turn on_hello(const reply& r, bool extended);
    turn on_tls(const tls_started& begun);
    turn on_recipient(const reply& r);
    turn on_content_taken(const reply& r);
    turn follow(outbound_step step);
    turn say_hello(bool extended);
    turn authenticate(std::string line);
    turn begin_envelope();
    turn next_in_envelope();
    turn send_content();
    turn send_chunk();
    turn fail(ending how, const reply& r);
    turn leave(ending how);
    turn stop(ending how, std::optional<reply> deciding = std::nullopt);
    turn lose(ending how, std::optional<reply> deciding = std::nullopt);
    turn quit();
    turn read_on() const;
    turn ask(std::string bytes, outbound_awaited what);
    void decide(ending how, std::optional<reply> deciding);
    void add_mail(std::string& out) const;
    void add_recipient(std::string& out, const std::string& address) const;
    bool needs_smtputf8() const;

    outbound_options options_;
    outbound_policy& policy_;
    reply_reader reader_;
    capabilities peer_;
    std::vector<outbound_awaited> awaited_; // what was sent and is not answered, from answered_ on
    std::size_t answered_ = 0;
    phase phase_ = phase::banner;
    std::size_t asked_recipients_ = 0;
    std::size_t answered_recipients_ = 0;
    std::size_t accepted_ = 0;
    bool asked_data_ = false;
    std::size_t sent_ = 0; // bytes of the content, with BDAT
    bool tls_ = false;
    bool over_ = false;
    std::uint64_t discarded_ = 0;
    outbound_result result_;
};

} // namespace connlab::smtp
