#include "sim/lab/schannel_log.hpp"

#include "sim/base/ascii.hpp"
#include "sim/exchange/schannel_settings.hpp"
#include "sim/tls/schannel_events.hpp"
#include "sim/transport/protocol_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace connlab::lab {

namespace {

trace::event_record event_of(const schannel_facts& f, int id, std::string level, std::string text) {
    trace::event_record out;
    out.at = f.now;
    out.server = f.who.name;
    out.log = "System";
    out.source = "Schannel";
    out.id = id;
    out.level = std::move(level);
    out.category = "None";
    out.text = std::move(text);
    return out;
}

/// What a real peer's handshake came to, in the terms of a computed one.
tls::negotiation outcome_of(const schannel_facts& f) {
    using tls::agreement;
    tls::negotiation out;
    const bool server = f.side == tls::side::server;
    switch (f.seen.ended_by) {
    case tls::failure::nothing_enabled:
        out.outcome = server ? agreement::no_version_on_server : agreement::no_version_on_client;
        break;
    case tls::failure::no_common_version:
        out.outcome = agreement::no_common_version;
        break;
    case tls::failure::no_common_suite:
        out.outcome = agreement::no_common_suite;
        break;
    default:
        break;
    }
    const auto& offered = f.who.transport_tls.server->versions;
    if (!offered.empty())
        out.agreed_version = offered.back();
    return out;
}

constexpr int alert_sent = 36888;

std::vector<trace::event_record> errors_of(const schannel_facts& f) {
    std::vector<trace::event_record> out;
    if (f.agreed != nullptr)
        out = f.agreed->events(f.side, f.seen, f.now);
    else if (f.real_peer) // what a fault of the lab leaves in this log is not known
        for (auto& e : tls::schannel_events(exchange::windows_of(f.who), f.side, outcome_of(f),
                                            f.seen.alert_sent, f.seen.alert_received))
            out.push_back(event_of(f, e.id, "Error", std::move(e.text)));
    for (auto& e : out)
        if (e.id == alert_sent)
            e.text += tls::alert_tail(exchange::windows_of(f.who), f.target);
    return out;
}

/// Of the curve, of the prime, or of the server's key.
int exchange_strength(const schannel_facts& f, const tls::suite& s) {
    trace::handshake_view h;
    h.group = f.seen.group;
    h.dhe_bits = f.agreed == nullptr ? 0 : f.agreed->computed().dhe_bits;
    const auto& chain = f.side == tls::side::client || f.own == nullptr ? f.seen.peer_chain : f.own->chain;
    return transport::key_exchange_bits(s, h, chain.empty() ? certs::certificate{} : chain.front());
}

std::string names_of(const std::vector<certs::certificate>& chain) {
    return chain.empty() ? std::string{} : chain.front().subject();
}

/// Lines of 36880; what the lab has no word for stays empty, and a context handle is zero.
std::string parameters_of(const schannel_facts& f) {
    const auto v = tls::parse_version(f.seen.version);
    const auto* suite = tls::find_suite_by_schannel_name(f.seen.suite);
    return fmt::format(
        "A TLS {} handshake completed successfully. The negotiated cryptographic parameters are as "
        "follows.\n\n   Protocol version: {}\n   CipherSuite: {}\n   Exchange strength: {} bits\n"
        "   Context handle: 0x0\n   Target name: {}\n   Local certificate subject name: {}\n"
        "   Remote certificate subject name: {}",
        ascii_lower(to_string(f.side)), v ? std::string(windows_name(*v)) : f.seen.version,
        suite == nullptr ? std::string{} : fmt::format("0x{:04X}", suite->id),
        suite == nullptr ? 0 : exchange_strength(f, *suite), f.target,
        f.own == nullptr || !f.presents ? "" : names_of(f.own->chain), names_of(f.seen.peer_chain));
}

} // namespace

std::vector<trace::event_record> schannel_log(const schannel_facts& f) {
    std::vector<trace::event_record> out;
    if (!f.who.is_exchange())
        return out;
    const auto logged = tls::event_logging(f.who.registry_at_start);
    if (logged.information)
        out.push_back(event_of(f, 36867, "Information",
                               fmt::format("Creating a TLS {} credential.", ascii_lower(to_string(f.side)))));
    if (logged.errors && f.own != nullptr && f.own->unusable == "NoCredentials")
        out.push_back(event_of(f, 36870, "Error", tls::key_not_accessible(f.side)));
    if (logged.errors) {
        auto more = errors_of(f);
        std::move(more.begin(), more.end(), std::back_inserter(out));
    }
    if (logged.information && f.seen.completed)
        out.push_back(event_of(f, 36880, "Information", parameters_of(f)));
    return out;
}

} // namespace connlab::lab
