// The receiving side of an SMTP session (RFC 5321, 3207, 3030): fed with events, answers with turns. No I/O,
// no policy: what is advertised and who is turned away is asked of inbound_policy.
#pragma once

#include "sim/smtp/capabilities.hpp"
#include "sim/smtp/command.hpp"
#include "sim/smtp/inbound_transitions.hpp"
#include "sim/smtp/mail_parameters.hpp"
#include "sim/smtp/session_replies.hpp"
#include "sim/smtp/turn.hpp"

#include <optional>
#include <string>
#include <vector>

namespace connlab::smtp {

struct inbound_message {
    std::string sender;
    std::vector<std::string> recipients;
    std::string content; // as the client meant it: unstuffed, chunks joined
    bool tls = false;
};

/// What one step of an authentication comes to.
struct authentication_step {
    std::string reply;    // 235, 334 and a challenge, 535, 454
    bool refused = false; // counts as a failed logon
    bool secret = false;  // what the reply says is for no log
};

/// The questions a session asks. A text returned as a refusal begins with its reply code; 421 closes.
class inbound_policy {
  public:
    virtual ~inbound_policy() = default;
    /// Lines of the EHLO reply without code, the greeting first (HELO uses the first one alone). The keywords
    /// decide which parameters of MAIL and RCPT are understood.
    virtual std::vector<std::string> on_hello(const std::string& domain, bool extended, bool tls) = 0;
    /// Whether STARTTLS is understood now (it is when it was advertised).
    virtual bool starttls_offered(bool tls) = 0;
    /// The same for X-ANONYMOUSTLS.
    virtual bool anonymous_tls_offered(bool /*tls*/) { return false; }
    /// A refusal of an upgrade that was advertised (454 …), or nothing.
    virtual std::optional<std::string> on_starttls() { return std::nullopt; }
    /// AUTH (or X-EXPS) with a mechanism in upper case and the client's first response; nothing: the
    /// mechanism is not known here. A reply of 334 is followed by on_response.
    virtual std::optional<authentication_step> on_authenticate(verb /*how*/, const std::string& /*mechanism*/,
                                                               const std::string& /*response*/,
                                                               bool /*tls*/) {
        return std::nullopt;
    }
    virtual authentication_step on_response(const std::string& /*response*/) { return {}; }
    /// The connection is closed for them.
    virtual void on_too_many_failed_logons() {}
    virtual std::optional<std::string> on_mail(const path_command& sender, bool tls) = 0;
    virtual std::optional<std::string> on_recipient(const path_command& recipient, bool tls) = 0;
    /// The message is whole; the reply decides its fate, unless a service behind this one is asked
    /// (`passes_on`).
    virtual std::string on_message(const inbound_message& message) = 0;
};

struct inbound_options {
    std::string banner; // 220 …; another code says it and closes
    session_replies replies;
    std::uint64_t max_message = 37748736; // bytes
    int max_recipients = 200;
    int max_errors = 5;          // protocol errors, then the connection is closed
    int max_logon_failures = 3;  // then the connection is closed; 0: never
    bool passes_on = false;      // what becomes of a message is asked of the service behind (turn::pass_on)
    bool require_domain = false; // EHLO without a name closes
    bool chunking = true;        // BDAT is understood
    std::size_t max_line = 2000; // bytes; RFC 5321 section 4.5.3.1 asks for 512 and more with extensions
    bool enhanced_codes = true;  // false: they are taken out of the replies
    bool refuse_bare_lf = false; // in commands and in content
    std::vector<std::string> extra_parameters; // of MAIL and RCPT (upper case), understood with any value
};

class inbound_session {
  public:
    inbound_session(inbound_options options, inbound_policy& policy);

    turn on(const event& e);
    bool tls() const { return tls_; }
    verb upgrading_by() const { return upgrading_by_; } // the command that asked for the handshake
    verb upgraded_by() const { return upgraded_by_; }   // STARTTLS, X-ANONYMOUSTLS; unknown: not upgraded
    /// The next line is a response to a challenge: none of it is for a log.
    bool awaits_secret() const { return state_ == inbound_state::challenge; }
    /// Clear-text bytes that a client sent ahead behind STARTTLS, and the driver dropped.
    std::uint64_t discarded() const { return discarded_; }

  private:
    /// How a BDAT command goes on once its octets are there.
    struct pending_chunk {
        bool last = false;
        std::string refusal; // empty: keep the octets
        bool counts = false; // the refusal is a protocol error
        bool aborts = false; // the transaction is lost
        inbound_state behind = inbound_state::chunks;
    };

    turn on_line(const line_received& line);
    turn on_content(const data_received& data);
    turn on_chunk(std::string_view octets);
    turn on_tls(const tls_started& begun);
    turn authenticate(const command& c);
    turn on_response(const line_received& line);
    turn follow(const authentication_step& step);
    turn act(inbound_action a, const command& c);
    turn hello(const command& c);
    turn upgrade(const command& c);
    turn mail(const command& c);
    turn recipient(const command& c);
    turn content(const command& c);
    turn chunk(const command& c, inbound_action a);
    turn reset(const command& c);
    turn deliver();
    turn say(std::string_view text) const;
    turn answer(std::string_view text);
    turn complain(std::string_view text);
    turn bye(std::string_view text);
    std::string refusal(inbound_action a, const command& c) const;
    const std::string& refusal(parameter_fault fault) const;
    std::string bytes_of(std::string_view text) const;
    void reset_transaction();

    inbound_options options_;
    inbound_policy& policy_;
    inbound_state state_ = inbound_state::greeting;
    bool tls_ = false;
    verb upgraded_by_ = verb::unknown;
    verb upgrading_by_ = verb::unknown;
    std::uint64_t discarded_ = 0;
    int errors_ = 0;
    int failed_logons_ = 0;
    capabilities advertised_; // by the last EHLO
    inbound_message message_;
    bool binary_ = false; // BODY=BINARYMIME: DATA will not do
    pending_chunk pending_;
};

} // namespace connlab::smtp
