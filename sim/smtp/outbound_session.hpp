// The sending side of an SMTP session for one message (RFC 5321, 3207, 2920, 3030): fed with events, answers
// with turns. Whether to use TLS, and whether a certificate will do, is asked of outbound_policy.
#pragma once

#include "sim/smtp/capabilities.hpp"
#include "sim/smtp/reply.hpp"
#include "sim/smtp/turn.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace connlab::smtp {

enum class outbound_step {
    start_tls,
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
    /// The peer advertised STARTTLS and refused it: proceed in clear or leave.
    virtual outbound_step after_starttls_refused(const reply& refusal) = 0;
    /// The handshake is complete; the certificate has been seen: proceed or leave.
    virtual outbound_step after_tls() = 0;
};

struct outbound_options {
    std::string hello_name;
    bool force_helo = false;
    bool use_chunking = false; // BDAT instead of DATA when the peer can
    std::string sender;
    std::vector<std::string> recipients;
    std::string content; // with CRLF line ends
};

enum class phase { banner, hello, starttls, tls, mail, recipient, data, content, quit };
std::string_view to_string(phase p);

enum class ending { none, delivered, refused, left_by_policy, tls_failed, closed, timed_out, malformed };

struct outbound_result {
    ending how = ending::none;
    phase where = phase::banner;   // when it was decided
    std::optional<reply> deciding; // the reply that ended it or, delivered, the one that accepted the content
    std::vector<std::pair<std::string, reply>> refused_recipients;
};

class outbound_session {
  public:
    outbound_session(outbound_options options, outbound_policy& policy);

    turn on(const event& e);
    const outbound_result& result() const { return result_; }

  private:
    enum class awaited { banner, ehlo, helo, starttls, mail, recipient, data, content, quit };

    turn on_reply(const reply& r);
    turn on_banner(const reply& r);
    turn on_hello(const reply& r, bool extended);
    turn on_starttls(const reply& r);
    turn on_envelope(awaited what, const reply& r);
    turn follow(outbound_step step);
    turn say_hello(bool extended);
    turn send_envelope();
    turn send_content();
    turn end(ending how, std::optional<reply> deciding);
    turn quit();
    turn ask(std::string bytes, std::vector<awaited> replies);
    phase current_phase() const;

    outbound_options options_;
    outbound_policy& policy_;
    reply_reader reader_;
    capabilities peer_;
    std::vector<awaited> awaited_; // replies still to come, next one first
    std::size_t accepted_ = 0;
    std::size_t answered_recipients_ = 0;
    std::optional<reply> envelope_failure_;
    bool tls_ = false;
    bool chunking_ = false;
    outbound_result result_;
};

} // namespace connlab::smtp
