#include "tests/transport/world.hpp"

#include <fmt/format.h>

namespace connlab::transport::tests {

namespace {

std::vector<std::string> lines_of(std::string_view bytes) {
    std::vector<std::string> out;
    while (!bytes.empty()) {
        const auto end = bytes.find("\r\n");
        out.emplace_back(bytes.substr(0, end));
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 2);
    }
    return out;
}

void write_down(account& a, char who, const smtp::turn& t) {
    if (t.content) {
        a.lines.push_back(fmt::format("{}: <message>", who));
        return;
    }
    for (const auto& line : lines_of(t.send))
        a.lines.push_back(fmt::format("{}: {}", who, line));
}

smtp::line_received line_event(std::string text) {
    smtp::line_received out;
    out.text = std::move(text);
    return out;
}

/// The reply of a scripted server to a command, in lines.
std::vector<std::string> answer(const scripted_server& peer, std::string_view command, bool tls) {
    const auto verb = std::string(command.substr(0, command.find_first_of(" :")));
    if (const auto scripted = peer.replies.find(verb); scripted != peer.replies.end())
        return {scripted->second};
    if (verb == "EHLO") {
        std::vector<std::string> out{"250-mail.contoso.com"};
        for (const auto& keyword : peer.keywords)
            if (!(tls && keyword == "STARTTLS"))
                out.push_back("250-" + keyword);
        out.back()[3] = ' ';
        return out;
    }
    if (verb == "STARTTLS")
        return {"220 2.0.0 Ready to start TLS"};
    if (verb == "DATA")
        return {"354 End data with <CR><LF>.<CR><LF>"};
    return {verb == "QUIT" ? "221 2.0.0 Bye" : "250 2.0.0 Ok"};
}

smtp::outbound_options envelope(const sender& s) {
    smtp::outbound_options out;
    out.hello_name = s.connector.fqdn->empty() ? *s.from.server.fqdn : *s.connector.fqdn;
    out.force_helo = *s.connector.force_helo;
    out.sender = "anna@varunagroup.de";
    out.recipients = {"bob@contoso.com"};
    out.content = "Message-ID: <1@varunagroup.de>\r\nSubject: x\r\n\r\n.a line with a dot\r\n";
    return out;
}

/// A sending session with everything it refers to.
struct sending {
    explicit sending(const sender& s, std::vector<trace::decision>& decisions)
        : policy(
              exchange::outbound_tls_policy(s.from.organization, s.connector, "contoso.com", s.rules).value),
          own(exchange::select_client_certificate(s.from.server, s.connector, noon(), s.rules, memo).value),
          session({s.from.server, s.connector, policy, own, s.rules, memo, "contoso.com", "mail.contoso.com",
                   noon(), decisions},
                  envelope(s)) {}

    chain::signature_memo memo;
    exchange::tls_policy policy;
    exchange::certificate_choice own;
    sending_session session;
};

struct receiving {
    explicit receiving(const receiver& r, std::vector<trace::decision>& decisions)
        : server(r.of.server), session(setting(r, decisions)) {}

    session_setting setting(const receiver& r, std::vector<trace::decision>& decisions) {
        server.receive_connectors = {r.connector};
        return {r.of.organization,
                server,
                r.rules,
                memo,
                *parse_endpoint("203.0.113.25:25", 25),
                *parse_endpoint("192.168.10.5:4711", 0),
                noon(),
                decisions};
    }

    exchange::server server;
    chain::signature_memo memo;
    receiving_session session;
};

void take_log(account& a, session_log& log) {
    for (const auto& row : log.notes)
        a.notes.push_back({log.server, row.data, row.context});
    a.events.insert(a.events.end(), log.events.begin(), log.events.end());
}

void take_server(account& a, receiving_session& s) {
    take_log(a, s.log());
    a.accepted = s.accepted();
    a.refusal = s.refusal();
    a.refusal_ours = s.refusal_text_is_ours();
}

} // namespace

account send_to(const sender& s, const scripted_server& peer) {
    account out;
    sending side(s, out.decisions);
    auto& session = side.session;
    std::vector<std::string> unread{peer.banner};
    smtp::turn t = session.on(smtp::connected{}, noon());
    bool tls = false;
    for (;;) {
        write_down(out, 'C', t);
        if (t.content)
            unread = {"250 2.0.0 Ok: queued"};
        else
            for (const auto& command : lines_of(t.send))
                for (auto& line : answer(peer, command, tls))
                    unread.push_back(std::move(line));
        if (t.then == smtp::next::finish)
            break;
        if (t.then == smtp::next::start_tls) {
            auto view = peer.completes ? completed_view() : trace::handshake_view{};
            view.client_error = peer.client_error;
            session.on_handshake(peer.completes, peer.failure,
                                 peer.completes ? peer.presents : std::vector<certs::certificate>{}, view);
            tls = peer.completes;
            out.lines.emplace_back("~");
            t = peer.completes ? session.on(smtp::tls_started{}, noon())
                               : session.on(smtp::tls_failed{}, noon());
            continue;
        }
        if (unread.empty()) {
            t = session.on(smtp::closed{}, noon());
            continue;
        }
        out.lines.push_back("S: " + unread.front());
        const auto line = line_event(unread.front());
        unread.erase(unread.begin());
        t = session.on(line, noon());
    }
    out.outcome = session.outcome();
    take_log(out, session.log());
    return out;
}

account receive_from(const receiver& r, const std::vector<std::string>& script,
                     const std::vector<certs::certificate>& client_chain) {
    account out;
    receiving side(r, out.decisions);
    auto& session = side.session;
    if (session.connector() == nullptr)
        return out;
    smtp::turn t = session.on(smtp::connected{}, noon());
    write_down(out, 'S', t);
    for (const auto& line : script) {
        if (t.then == smtp::next::finish)
            break;
        if (line == "<tls>") {
            session.on_handshake(true, client_chain, completed_view());
            out.lines.emplace_back("~");
            t = session.on(smtp::tls_started{}, noon());
        } else if (line == "<message>") {
            smtp::data_received content;
            content.bytes = "Message-ID: <1@varunagroup.de>\r\n\r\nx\r\n";
            t = session.on(content, noon());
        } else {
            out.lines.push_back("C: " + line);
            t = session.on(line_event(line), noon());
        }
        write_down(out, 'S', t);
    }
    take_server(out, session);
    return out;
}

namespace {

/// One end of the connection in memory.
struct wire_end {
    char who;
    std::string in;
    smtp::turn turn;
    bool over = false;
};

std::optional<smtp::event> next_event(wire_end& e, bool peer_over) {
    if (e.turn.then == smtp::next::read_line)
        if (const auto end = e.in.find("\r\n"); end != std::string::npos) {
            auto line = line_event(e.in.substr(0, end));
            e.in.erase(0, end + 2);
            return line;
        }
    if (e.turn.then == smtp::next::read_data)
        if (const auto end = e.in.find("\r\n.\r\n"); end != std::string::npos) {
            smtp::data_received data;
            data.bytes = e.in.substr(0, end + 2);
            e.in.erase(0, end + 5);
            return data;
        }
    return peer_over ? std::optional<smtp::event>(smtp::closed{}) : std::nullopt;
}

} // namespace

account meet(const sender& s, const receiver& r) {
    account out;
    receiving far(r, out.decisions);
    sending near(s, out.decisions);
    wire_end client{'C', {}, {}, false};
    wire_end server{'S', {}, {}, false};
    const auto take = [&](wire_end& mine, wire_end& other, smtp::turn t) {
        write_down(out, mine.who, t);
        other.in += t.send;
        mine.over = t.then == smtp::next::finish;
        mine.turn = std::move(t);
    };
    take(server, client, far.session.on(smtp::connected{}, noon()));
    take(client, server, near.session.on(smtp::connected{}, noon()));
    const auto shake_hands = [&] {
        const auto offered = near.session.offer();
        const auto own = far.session.offer().own;
        const auto client_chain =
            offered.own.empty() ? std::vector<certs::certificate>{} : offered.own.front().chain;
        out.lines.emplace_back("~");
        far.session.on_handshake(true, client_chain, completed_view());
        near.session.on_handshake(true, tls::failure::none, own.chain, completed_view());
        take(server, client, far.session.on(smtp::tls_started{}, noon()));
        take(client, server, near.session.on(smtp::tls_started{}, noon()));
    };
    for (bool moved = true; moved && !(client.over && server.over);) {
        moved = false;
        if (client.turn.then == smtp::next::start_tls && server.turn.then == smtp::next::start_tls) {
            shake_hands();
            moved = true;
            continue;
        }
        if (!server.over)
            if (const auto e = next_event(server, client.over)) {
                take(server, client, far.session.on(*e, noon()));
                moved = true;
            }
        if (!client.over)
            if (const auto e = next_event(client, server.over)) {
                take(client, server, near.session.on(*e, noon()));
                moved = true;
            }
    }
    out.outcome = near.session.outcome();
    take_log(out, near.session.log());
    take_server(out, far.session);
    return out;
}

} // namespace connlab::transport::tests
