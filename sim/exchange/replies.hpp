// What a server says in an SMTP session apart from its verdicts: Exchange's texts (on-premises sheet 3.7),
// Postfix-like ones for a plain SMTP partner. Plain strings, so that any session can be given them.
#pragma once

#include "sim/exchange/model.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace connlab::exchange {

/// Code, enhanced status code and text, without CRLF. Texts marked [ours] are not attested for Exchange.
struct session_replies {
    std::string starttls_ready;       // 220: begin the handshake now
    std::string starttls_unavailable; // [ours] a certificate is there and cannot be loaded
    std::string starttls_twice;       // inside TLS, where it is not advertised any more
    std::string starttls_parameter;   // STARTTLS with an argument
    std::string invalid_domain;       // EHLO, HELO with a bad name
    std::string domain_missing;       // EHLO, HELO without a name where one is demanded
    std::string hello_first;          // MAIL before EHLO
    std::string mail_first;           // RCPT, DATA before MAIL
    std::string recipient_first;      // DATA before RCPT
    std::string nested_mail;          // MAIL inside a transaction
    std::string unrecognized;         // see `names_the_verb`
    bool names_the_verb = false;      // ` 'VERB'` is appended to `unrecognized`
    std::string not_implemented;      // a command of RFC 5321 that is not supported: TURN, EXPN
    std::string syntax_error;         // bad arguments
    std::string unknown_parameter;    // MAIL, RCPT with a parameter that was not advertised
    std::string bad_sender;           // MAIL with a bad address
    std::string bad_recipient;        // RCPT with a bad address
    std::string too_many_recipients;
    std::string message_too_big;
    std::string line_too_long;
    std::string auth_unknown_mechanism;
    std::string auth_failed;
    std::string sender_ok;
    std::string recipient_ok;
    std::string start_data;
    std::string reset_ok;
    std::string noop_ok;
    std::string help;
    std::string vrfy;
    std::string closing; // QUIT
    std::string timeout;
    std::string too_many_errors;
    std::string not_active; // 421: the service does not take connections
    friend bool operator==(const session_replies&, const session_replies&) = default;
};

/// The texts of this server's kind and version.
session_replies replies_for(const server& s);

/// `<Fqdn> Hello [192.168.10.5]`, the first line of the EHLO reply without its code; a plain SMTP server says
/// its name only.
std::string hello_line(const server& s, const receive_connector& c, const ip_address& client);

/// The name that banner, EHLO reply and Received header carry: the connector's Fqdn, else the server's.
const std::string& announced_name(const server& s, const receive_connector& c);

/// `250 2.6.0 <message-id> [InternalId=N, Hostname=<fqdn>] <bytes> bytes in <s>, <rate> KB/sec Queued mail
/// for delivery`. `took` is virtual time; Postfix-like servers answer `250 2.0.0 Ok: queued as …`.
std::string queued_reply(const server& s, std::string_view message_id, std::uint64_t internal_id,
                         std::uint64_t bytes, duration took);

} // namespace connlab::exchange
