// What the tests of sessions share: certificates from the forge, a sender and a receiver, peers that follow a
// script, and a connection in memory. The handshake itself is told, not played: that is tested in tests/net.
#pragma once

#include "sim/exchange/decisions.hpp"
#include "sim/transport/receiving_session.hpp"
#include "sim/transport/sending_session.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::transport::tests {

instant noon(); // 2024-06-03T12:00:00Z

/// By name: good, untrusted, self-signed, expired, not-yet-valid, other-name, untrusted-other-name, wildcard,
/// partial, cn-only, client-usage (contoso.com, see pki.cpp), own, own-untrusted, own-other-name
/// (varunagroup.de).
const certs::certificate& cert(const std::string& name);
/// The certificate and its issuer, as a peer presents them.
std::vector<certs::certificate> presented(const std::string& name);
exchange::stored_certificate stored(const std::string& name, std::uint32_t services = exchange::service_smtp);
/// Trusts the root `Public`.
chain::store trust();

/// An Exchange 2019 server with one certificate, in an organization that accepts its domain.
struct site {
    exchange::organization organization;
    exchange::server server;
};
site varunagroup(); // TESTMS05, certificate `own`
site contoso();     // MX, mail.contoso.com, certificate `good`

struct sender {
    site from = varunagroup();
    exchange::send_connector connector; // To Contoso
    exchange::behavior rules;
    sender();
};

struct receiver {
    site of = contoso();
    exchange::receive_connector connector; // Internet: Tls, AnonymousUsers, port 25
    exchange::behavior rules;
    receiver();
};

/// A server that answers by the verb. No PIPELINING: each command has its reply.
struct scripted_server {
    std::string banner = "220 mail.contoso.com ESMTP";
    std::vector<std::string> keywords{"SIZE 10240000", "STARTTLS", "8BITMIME"};
    std::map<std::string, std::string> replies; // by verb; others are agreed to
    bool completes = true;
    tls::failure failure = tls::failure::none;
    std::string client_error; // Exchange's word for the failed handshake
    std::vector<certs::certificate> presents = presented("good");
};

/// An information row of a server's protocol log.
struct noted {
    std::string server;
    std::string data;
    std::string context;
};

/// What one side did.
struct account {
    std::vector<std::string> lines; // `S: 220 …`, `C: EHLO …`, `~` where TLS begins
    attempt_outcome outcome;        // of the sender
    std::vector<accepted_message> accepted;
    std::vector<trace::decision> decisions;
    std::vector<noted> notes; // of the session under test, of both when they meet: sender first
    std::vector<trace::event_record> events;
    std::string refusal;
    bool refusal_ours = false;

    bool said(std::string_view part) const;
    /// Lines that begin so: `C: MAIL`.
    std::size_t count(std::string_view beginning) const;
    std::vector<int> event_ids() const;
};

account send_to(const sender& s, const scripted_server& peer);
/// `script`: the client's lines; `<tls>` where its handshake comes, `<message>` for content.
account receive_from(const receiver& r, const std::vector<std::string>& script,
                     const std::vector<certs::certificate>& client_chain = {});
account meet(const sender& s, const receiver& r);

/// A handshake that came about with the first suite of the profile.
trace::handshake_view completed_view();

} // namespace connlab::transport::tests
