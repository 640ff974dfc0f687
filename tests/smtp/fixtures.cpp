#include "fixtures.hpp"

#include "sim/base/ascii.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace connlab::smtp::tests {

session_replies plain_texts() {
    session_replies r;
    r.starttls_ready = "220 2.0.0 Ready to start TLS";
    r.starttls_unavailable = "454 4.7.0 TLS not available due to local problem";
    r.starttls_twice = "554 5.5.1 Error: TLS already active";
    r.starttls_parameter = "501 5.5.4 Syntax: STARTTLS";
    r.invalid_domain = "501 5.5.2 Invalid name";
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
    r.reset_ok = "250 2.0.0 Reset";
    r.noop_ok = "250 2.0.0 Nothing done";
    r.help = "214-2.0.0 Help\n214 2.0.0 is on its way";
    r.vrfy = "252 2.0.0 Cannot VRFY user";
    r.closing = "221 2.0.0 Bye";
    r.timeout = "421 4.4.2 mx.contoso.com Error: timeout exceeded";
    r.too_many_errors = "421 4.7.0 mx.contoso.com Error: too many errors";
    r.not_active = "421 4.3.2 Service not available";
    r.bad_sequence = "503 5.5.1 Error: bad sequence";
    r.bare_lf = "521 5.5.2 Error: bare <LF> received";
    return r;
}

inbound_options plain_options() {
    inbound_options o;
    o.banner = "220 mx.contoso.com ESMTP";
    o.replies = plain_texts();
    return o;
}

std::vector<std::string> test_server::on_hello(const std::string& domain, bool extended, bool tls) {
    hellos.push_back(fmt::format("{} {} {}", extended ? "EHLO" : "HELO", domain, tls ? "TLS" : "clear"));
    std::vector<std::string> lines = {"mx.contoso.com"};
    lines.insert(lines.end(), keywords.begin(), keywords.end());
    if (starttls_offered(tls))
        lines.emplace_back("STARTTLS");
    if (anonymous_tls_offered(tls))
        lines.emplace_back("X-ANONYMOUSTLS");
    return lines;
}

std::optional<std::string> test_server::refusal_of(const std::string& address) const {
    const auto found = refused.find(address);
    return found == refused.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> test_server::on_mail(const path_command& sender, bool /*tls*/) {
    senders.push_back(sender);
    return refusal_of(sender.address);
}

std::optional<std::string> test_server::on_recipient(const path_command& recipient, bool /*tls*/) {
    recipients.push_back(recipient);
    return refusal_of(recipient.address);
}

std::string test_server::on_message(const inbound_message& message) {
    messages.push_back(message);
    return verdict;
}

outbound_step test_client::after_hello(const capabilities& peer, bool tls) {
    asked.emplace_back(tls ? "hello TLS" : "hello clear");
    if (always)
        return *always;
    return wants_tls && !tls && peer.has("STARTTLS") ? outbound_step::start_tls : outbound_step::proceed;
}

bool test_client::helo_will_do(const reply& refusal) {
    asked.push_back("ehlo refused " + refusal.text());
    return helo_accepted;
}

outbound_step test_client::after_starttls_refused(const reply& refusal) {
    asked.push_back("starttls refused " + refusal.text());
    return refused_starttls;
}

outbound_step test_client::after_tls() {
    asked.emplace_back("tls");
    return seen_certificate;
}

std::vector<script_line> parse_script(std::string_view text) {
    std::vector<script_line> out;
    for (const auto& raw : split(text, '\n')) {
        const auto line = trim(raw);
        if (line.empty())
            continue;
        script_line parsed;
        parsed.who = line.front();
        const std::size_t skip = parsed.who == '*' ? 1 : 2;
        parsed.text = trim(line.substr(std::min(skip, line.size())));
        out.push_back(std::move(parsed));
    }
    return out;
}

namespace {

std::string with_line_ends(std::string_view text) {
    std::string out;
    for (auto at = text.find("CRLF"); at != std::string_view::npos; at = text.find("CRLF")) {
        out += text.substr(0, at);
        out += "\r\n";
        text.remove_prefix(at + 4);
    }
    return out += text;
}

std::string mark_line_ends(std::string_view text) {
    std::string out;
    for (auto at = text.find("\r\n"); at != std::string_view::npos; at = text.find("\r\n")) {
        out += text.substr(0, at);
        out += "CRLF";
        text.remove_prefix(at + 2);
    }
    return out += text;
}

} // namespace

event event_of(const script_line& line) {
    if (line.who != '*') {
        line_received received;
        received.text = line.text;
        return received;
    }
    if (line.text == "connected")
        return connected{};
    if (line.text == "tls")
        return tls_started{};
    if (line.text == "tls_failed")
        return tls_failed{};
    if (line.text == "closed")
        return closed{};
    if (line.text == "timed_out")
        return timed_out{};
    if (line.text == "too_long") {
        line_received received;
        received.text = std::string(100, 'x');
        received.too_long = true;
        return received;
    }
    throw std::logic_error("no such event: " + line.text);
}

std::string describe(const turn& t, char who) {
    std::string out;
    std::string_view rest = t.send;
    if (t.content) {
        out += fmt::format("{}: {}\n", who, mark_line_ends(rest));
        rest = {};
    }
    while (!rest.empty()) {
        const auto end = rest.find("\r\n");
        if (end == std::string_view::npos)
            throw std::logic_error("a line without end: " + std::string(rest));
        out += fmt::format("{}: {}\n", who, rest.substr(0, end));
        rest.remove_prefix(end + 2);
    }
    switch (t.then) {
    case next::read_line:
        break;
    case next::read_data:
        out += t.octets == 0 ? "* read_data\n" : fmt::format("* read_data {}\n", t.octets);
        break;
    case next::start_tls:
        out += "* start_tls\n";
        break;
    case next::pass_on:
        out += "* pass_on\n";
        break;
    case next::finish:
        out += "* finish\n";
        break;
    }
    return out;
}

std::string trimmed_script(std::string_view text) {
    std::string out;
    for (const auto& line : parse_script(text))
        out +=
            line.who == '*' ? fmt::format("* {}\n", line.text) : fmt::format("{}: {}\n", line.who, line.text);
    return out;
}

namespace {

bool is_remark(std::string_view text) {
    return text == "finish" || text == "start_tls" || text.starts_with("read_data");
}

/// `mine` is the side of the session, which the script's lines of the other side are fed to.
template <class Session>
std::string play(Session& session, std::string_view script, char mine) {
    const char other = mine == 'S' ? 'C' : 'S';
    turn t = session.on(connected{});
    std::string out = describe(t, mine);
    for (const auto& line : parse_script(script)) {
        if (line.who == mine || (line.who == '*' && is_remark(line.text)))
            continue;
        event e = event_of(line);
        if (line.who == other && t.then == next::read_data) {
            data_received data;
            data.bytes = with_line_ends(line.text);
            e = data;
        }
        out += line.who == '*' ? fmt::format("* {}\n", line.text) : fmt::format("{}: {}\n", other, line.text);
        t = session.on(e);
        out += describe(t, mine);
    }
    return out;
}

} // namespace

std::string play_server(inbound_session& s, std::string_view script) {
    return play(s, script, 'S');
}

std::string play_client(outbound_session& s, std::string_view script) {
    return play(s, script, 'C');
}

std::optional<event> wire_end::next_event() {
    if (pending.then == next::read_line) {
        const auto end = incoming.find('\n');
        if (end != std::string::npos) {
            line_received line;
            line.bare_lf = end == 0 || incoming[end - 1] != '\r';
            line.text = incoming.substr(0, line.bare_lf ? end : end - 1);
            incoming.erase(0, end + 1);
            return line;
        }
    } else if (pending.then == next::read_data && pending.octets > 0) {
        if (incoming.size() >= pending.octets) {
            data_received data;
            data.bytes = incoming.substr(0, pending.octets);
            incoming.erase(0, pending.octets);
            return data;
        }
    } else if (pending.then == next::read_data) {
        const auto end = incoming.starts_with(".\r\n") ? 0 : incoming.find("\r\n.\r\n");
        if (end != std::string::npos) {
            data_received data;
            const auto content = incoming.starts_with(".\r\n") ? 0 : end + 2;
            data.bytes = incoming.substr(0, content);
            incoming.erase(0, content + 3);
            return data;
        }
    }
    if (peer_closed && !finished)
        return closed{};
    return std::nullopt;
}

namespace {

/// Says what the turn says and notes what it waits for.
void take(wire_end& own, wire_end& peer, turn t) {
    peer.incoming += t.send;
    own.pending = std::move(t);
    if (own.pending.then == next::finish) {
        own.finished = true;
        peer.peer_closed = true;
    }
    if (own.pending.then == next::start_tls) {
        own.wants_tls = true;
        own.discarded = own.incoming.size();
        own.incoming.clear();
    }
}

template <class Session>
bool upgrade(wire_end& own, wire_end& peer, Session& session) {
    tls_started begun;
    begun.discarded = own.discarded;
    own.wants_tls = false;
    own.tls = true;
    take(own, peer, session.on(begun));
    return true;
}

} // namespace

conversation_result converse(outbound_session& client, inbound_session& server) {
    conversation_result out;
    wire_end c;
    wire_end s;
    const auto client_says = [&](turn t) {
        out.client_writes += t.send.empty() ? 0 : 1;
        if (!c.tls)
            out.in_clear += t.send;
        take(c, s, std::move(t));
    };
    take(s, c, server.on(connected{}));
    client_says(client.on(connected{}));
    while (!c.finished || !s.finished) {
        bool moved = false;
        if (c.wants_tls && s.wants_tls) {
            c.tls = true;
            upgrade(s, c, server);
            tls_started begun;
            begun.discarded = c.discarded;
            c.wants_tls = false;
            client_says(client.on(begun));
            moved = true;
        }
        while (!c.finished && !c.wants_tls) {
            const auto e = c.next_event();
            if (!e)
                break;
            client_says(client.on(*e));
            moved = true;
        }
        while (!s.finished && !s.wants_tls) {
            const auto e = s.next_event();
            if (!e)
                break;
            take(s, c, server.on(*e));
            moved = true;
        }
        if (!moved) {
            out.stuck = true;
            return out;
        }
    }
    return out;
}

} // namespace connlab::smtp::tests
