// A server and a client to test with: policies that remember what they were asked, scripts of lines, and a
// connection in memory.
#pragma once

#include "sim/smtp/inbound_session.hpp"
#include "sim/smtp/outbound_session.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::smtp::tests {

/// Postfix-like texts, each one different from the others.
session_replies plain_texts();
inbound_options plain_options();

struct test_server : inbound_policy {
    std::vector<std::string> keywords = {"PIPELINING", "SIZE 37748736", "8BITMIME", "BINARYMIME",
                                         "DSN",        "CHUNKING",      "SMTPUTF8", "AUTH NTLM"};
    bool offers_starttls = true;
    bool offers_anonymous_tls = false;
    std::optional<std::string> starttls_refusal;
    std::map<std::string, std::string> refused; // address → reply
    std::string verdict = "250 2.0.0 Ok: queued";

    std::vector<std::string> hellos; // `EHLO a.example clear`
    std::vector<path_command> senders;
    std::vector<path_command> recipients;
    std::vector<inbound_message> messages;

    std::vector<std::string> on_hello(const std::string& domain, bool extended, bool tls) override;
    bool starttls_offered(bool tls) override { return offers_starttls && !tls; }
    bool anonymous_tls_offered(bool tls) override { return offers_anonymous_tls && !tls; }
    std::optional<std::string> on_starttls() override { return starttls_refusal; }
    std::optional<std::string> on_mail(const path_command& sender, bool tls) override;
    std::optional<std::string> on_recipient(const path_command& recipient, bool tls) override;
    std::string on_message(const inbound_message& message) override;

  private:
    std::optional<std::string> refusal_of(const std::string& address) const;
};

/// Upgrades when it can, and goes on whatever happens.
struct test_client : outbound_policy {
    bool wants_tls = true;
    outbound_step refused_starttls = outbound_step::proceed;
    outbound_step seen_certificate = outbound_step::proceed;
    std::optional<outbound_step> always; // the answer to every EHLO
    bool helo_accepted = true;
    std::vector<std::string> asked; // `hello clear`, `starttls refused 454 …`, `tls`

    outbound_step after_hello(const capabilities& peer, bool tls) override;
    bool helo_will_do(const reply& refusal) override;
    outbound_step after_starttls_refused(const reply& refusal) override;
    outbound_step after_tls() override;
};

/// A script: `C:` what the client sends, `S:` what the server says, `*` an event (tls, tls_failed, closed,
/// timed_out, connected, too_long) or a remark about the turn (finish, start_tls, read_data N).
struct script_line {
    char who = ' '; // C, S, *
    std::string text;
};
std::vector<script_line> parse_script(std::string_view text);

/// Plays a script to a session of the given side; returns the script as it really went. `CRLF` inside a `C:`
/// content line stands for a line end.
std::string play_server(inbound_session& s, std::string_view script);
std::string play_client(outbound_session& s, std::string_view script);

/// What the session is told by one line of a script.
event event_of(const script_line& line);
std::string describe(const turn& t, char who);
/// Without the indentation of a raw string.
std::string trimmed_script(std::string_view text);

/// One end of a connection in memory, as a driver has it.
class wire_end {
  public:
    std::string incoming;
    bool tls = false;
    bool finished = false;
    bool peer_closed = false;
    bool wants_tls = false;
    std::uint64_t discarded = 0;
    turn pending;

    /// The next event, when there is enough to make one.
    std::optional<event> next_event();
};

struct conversation_result {
    bool stuck = false;
    int client_writes = 0;
    std::string in_clear; // what the client wrote outside TLS
};
/// Both sessions over a connection, to the end.
conversation_result converse(outbound_session& client, inbound_session& server);

} // namespace connlab::smtp::tests
