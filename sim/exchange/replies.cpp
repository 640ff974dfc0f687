#include "sim/exchange/replies.hpp"

#include "certs/digest.hpp"
#include "sim/base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

bool is_2019_or_later(const server& s) {
    return s.version.product != "Exchange2013" && s.version.product != "Exchange2016";
}

/// Those of the replies below that sheet 3.7 does not have.
constexpr std::string_view unattested[] = {
    "454 4.7.0 TLS not available due to local problem",
    "501 5.5.4 Invalid arguments",
    "503 5.5.2 Sender already specified",
    "502 5.3.3 Command not implemented",
    "501 5.1.3 Invalid address",
    "452 4.5.3 Too many recipients",
    "552 5.3.4 Message size exceeds fixed maximum message size",
    "500 5.3.3 Line too long",
    "214-This server supports the following commands:",
    "252 2.1.5 Cannot VRFY user",
    "421 4.7.0 Too many errors on this connection, closing transmission channel",
};

session_replies exchange_replies(const server& s) {
    session_replies r;
    r.starttls_ready = "220 2.0.0 SMTP server ready";
    r.starttls_unavailable = "454 4.7.0 TLS not available due to local problem";
    r.starttls_twice = "500 5.3.3 Unrecognized command 'STARTTLS'";
    r.starttls_parameter = "501 5.5.4 Invalid arguments";
    r.invalid_domain = "501 5.5.4 Invalid domain name";
    r.domain_missing = "501 5.5.4 Invalid domain name";
    r.hello_first = "503 5.5.2 Send hello first";
    r.mail_first = "503 5.5.2 Need mail command";
    r.recipient_first = "503 5.5.2 Need rcpt command";
    r.nested_mail = "503 5.5.2 Sender already specified";
    r.unrecognized = "500 5.3.3 Unrecognized command";
    r.names_the_verb = is_2019_or_later(s);
    if (!r.names_the_verb)
        r.starttls_twice = r.unrecognized;
    r.not_implemented = "502 5.3.3 Command not implemented";
    r.syntax_error = "501 5.5.4 Invalid arguments";
    r.unknown_parameter = "501 5.5.4 Invalid arguments";
    r.bad_sender = "501 5.1.7 Invalid address";
    r.bad_recipient = "501 5.1.3 Invalid address";
    r.too_many_recipients = "452 4.5.3 Too many recipients";
    r.message_too_big = "552 5.3.4 Message size exceeds fixed maximum message size";
    r.line_too_long = "500 5.3.3 Line too long";
    r.auth_unknown_mechanism = "504 5.7.4 Unrecognized authentication type";
    r.auth_failed = "535 5.7.3 Authentication unsuccessful";
    r.sender_ok = "250 2.1.0 Sender OK";
    r.recipient_ok = "250 2.1.5 Recipient OK";
    r.start_data = "354 Start mail input; end with <CRLF>.<CRLF>";
    r.reset_ok = "250 2.0.0 Resetting";
    r.noop_ok = "250 2.0.0 OK";
    r.help = "214-This server supports the following commands:";
    r.vrfy = "252 2.1.5 Cannot VRFY user";
    r.closing = "221 2.0.0 Service closing transmission channel";
    r.timeout = "451 4.7.0 Timeout waiting for client input";
    r.too_many_errors = "421 4.7.0 Too many errors on this connection, closing transmission channel";
    r.not_active = "421 4.3.2 Service not active";
    return r;
}

session_replies plain_replies(const server& s) {
    session_replies r;
    r.starttls_ready = "220 2.0.0 Ready to start TLS";
    r.starttls_unavailable = "454 4.7.0 TLS not available due to local problem";
    r.starttls_twice = "554 5.5.1 Error: TLS already active";
    r.starttls_parameter = "501 5.5.4 Syntax: STARTTLS";
    r.invalid_domain = "501 5.5.2 Helo command rejected: Invalid name";
    r.domain_missing = "501 Syntax: EHLO hostname";
    r.hello_first = "503 5.5.1 Error: send HELO/EHLO first";
    r.mail_first = "503 5.5.1 Error: need MAIL command";
    r.recipient_first = "503 5.5.1 Error: need RCPT command";
    r.nested_mail = "503 5.5.1 Error: nested MAIL command";
    r.unrecognized = "500 5.5.2 Error: command not recognized";
    r.not_implemented = "502 5.5.1 Error: command not implemented";
    r.syntax_error = "501 5.5.4 Error: bad syntax";
    r.unknown_parameter = "555 5.5.4 Unsupported option";
    r.bad_sender = "501 5.1.7 Bad sender address syntax";
    r.bad_recipient = "501 5.1.3 Bad recipient address syntax";
    r.too_many_recipients = "452 4.5.3 Error: too many recipients";
    r.message_too_big = "552 5.3.4 Message size exceeds fixed limit";
    r.line_too_long = "500 5.5.2 Error: line too long";
    r.auth_unknown_mechanism = "503 5.5.1 Error: authentication not enabled";
    r.auth_failed = "535 5.7.8 Error: authentication failed";
    r.sender_ok = "250 2.1.0 Ok";
    r.recipient_ok = "250 2.1.5 Ok";
    r.start_data = "354 End data with <CR><LF>.<CR><LF>";
    r.reset_ok = "250 2.0.0 Ok";
    r.noop_ok = "250 2.0.0 Ok";
    r.help = "502 5.5.1 Error: command not implemented";
    r.vrfy = "252 2.0.0 Cannot VRFY user";
    r.closing = "221 2.0.0 Bye";
    r.timeout = fmt::format("421 4.4.2 {} Error: timeout exceeded", *s.fqdn);
    r.too_many_errors = fmt::format("421 4.7.0 {} Error: too many errors", *s.fqdn);
    r.not_active = fmt::format("421 4.3.2 {} Service not available", *s.fqdn);
    return r;
}

/// Seconds with three decimals and KB/sec with three, as observed in logs (`24 bytes in 0.178, 0.131
/// KB/sec`); the rate alone in the server's culture (`11511 bytes in 0.102, 109,173 KB/sec`).
std::string throughput(const server& s, std::uint64_t bytes, duration took) {
    const double seconds = std::max(0.001, static_cast<double>(took.count()) / 1000.0);
    auto rate = fmt::format("{:.3f}", static_cast<double>(bytes) / 1024.0 / seconds);
    std::replace(rate.begin(), rate.end(), '.', s.where.how.decimal);
    return fmt::format("{} bytes in {:.3f}, {} KB/sec", bytes, seconds, rate);
}

} // namespace

bool is_our_wording(const server& s, std::string_view reply) {
    return s.is_exchange() &&
           std::find(std::begin(unattested), std::end(unattested), reply) != std::end(unattested);
}

session_replies replies_for(const server& s) {
    switch (s.role) {
    case server_role::mailbox:
    case server_role::edge:
    case server_role::exchange_online:
        return exchange_replies(s);
    case server_role::smtp:
        return plain_replies(s);
    }
    return {};
}

const std::string& announced_name(const server& s, const receive_connector& c) {
    return c.fqdn->empty() ? *s.fqdn : *c.fqdn;
}

std::string hello_line(const server& s, const receive_connector& c, const ip_address& client) {
    if (s.role == server_role::smtp)
        return announced_name(s, c);
    return fmt::format("{} Hello [{}]", announced_name(s, c), to_string(client));
}

namespace {

/// What a server gives a message that has come without Message-ID: 32 digits and its own name; here the same
/// digits for the same message.
std::string message_id_made_by(const server& s, std::uint64_t internal_id) {
    const auto digits = ascii_lower(certs::sha256_hex(fmt::format("{}/{}", *s.fqdn, internal_id)));
    return fmt::format("<{}@{}>", digits.substr(0, 32), *s.fqdn);
}

} // namespace

std::string queued_reply(const server& s, std::string_view message_id, std::uint64_t internal_id,
                         std::uint64_t bytes, duration took) {
    if (s.role == server_role::smtp)
        return fmt::format("250 2.0.0 Ok: queued as {:010X}", internal_id);
    return fmt::format("250 2.6.0 {} [InternalId={}, Hostname={}] {} Queued mail for delivery",
                       message_id.empty() ? message_id_made_by(s, internal_id) : std::string(message_id),
                       internal_id, *s.fqdn, throughput(s, bytes, took));
}

} // namespace connlab::exchange
