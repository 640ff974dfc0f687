// The texts of a receiving session. Protocol code only places them; whose they are (Exchange's, Postfix-like)
// is decided elsewhere.
#pragma once

#include <string>

namespace connlab::smtp {

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
    std::string bad_sequence = "503 5.5.1 Bad sequence of commands"; // [ours] between chunks, AUTH in mail
    std::string bare_lf = "554 5.6.0 Lines must end with CR LF";     // [ours] where that is demanded
    friend bool operator==(const session_replies&, const session_replies&) = default;
};

} // namespace connlab::smtp
