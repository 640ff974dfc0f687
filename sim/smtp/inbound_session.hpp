// The receiving side of an SMTP session (RFC 5321, 3207, 3030): fed with events, answers with turns. No I/O,
// no policy: what is advertised and who is turned away is asked of inbound_policy.
#pragma once

#include "sim/smtp/command.hpp"
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

/// The questions a session asks. A text returned as a refusal begins with its reply code.
class inbound_policy {
  public:
    virtual ~inbound_policy() = default;
    /// Lines of the EHLO reply without code, the greeting first (HELO uses the first one alone).
    virtual std::vector<std::string> on_hello(const std::string& domain, bool extended, bool tls) = 0;
    /// Whether STARTTLS is understood now (it is when it was advertised).
    virtual bool starttls_offered(bool tls) = 0;
    /// A refusal of STARTTLS that was advertised (454 …), or nothing.
    virtual std::optional<std::string> on_starttls() { return std::nullopt; }
    virtual std::optional<std::string> on_mail(const path_command& sender, bool tls) = 0;
    virtual std::optional<std::string> on_recipient(const path_command& recipient, bool tls) = 0;
    /// The message is whole; the reply decides its fate.
    virtual std::string on_message(const inbound_message& message) = 0;
};

struct inbound_options {
    std::string banner; // 220 …
    session_replies replies;
    std::uint64_t max_message = 37748736; // bytes
    int max_recipients = 200;
    int max_errors = 5;          // protocol errors, then the connection is closed
    bool require_domain = false; // EHLO without a name is an error
    bool chunking = true;
};

class inbound_session {
  public:
    inbound_session(inbound_options options, inbound_policy& policy);

    turn on(const event& e);
    bool tls() const { return tls_; }

  private:
    enum class state { greeting, hello, ready, mail, recipients, content, upgrade, over };
    friend std::string inbound_transitions();
    struct transition;
    static const std::vector<transition>& table();

    turn on_line(const line_received& line);
    turn on_content(const data_received& data);
    turn act(const command& c);
    turn hello(const command& c);
    turn upgrade(const command& c);
    turn mail(const command& c);
    turn recipient(const command& c);
    turn chunk(const command& c);
    turn deliver();
    turn say(std::string_view text) const;
    turn complain(std::string_view text);
    turn bye(std::string_view text);
    void reset_transaction();

    inbound_options options_;
    inbound_policy& policy_;
    state state_ = state::greeting;
    bool tls_ = false;
    int errors_ = 0;
    inbound_message message_;
    bool chunked_ = false;
    bool last_chunk_ = false;
    bool drop_chunk_ = false;
};

/// The transition table in words, state by state: tested as golden text.
std::string inbound_transitions();

} // namespace connlab::smtp
