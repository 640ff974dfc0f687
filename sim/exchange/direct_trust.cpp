#include "sim/exchange/direct_trust.hpp"

#include "sim/base/ascii.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/event_texts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

std::string_view directory_of(const server& s) {
    return s.role == server_role::edge ? "AD LDS" : "Active Directory";
}

/// The server that the directory knows by this certificate; null: none.
const std::string* known_as(const server& s, const std::vector<certs::certificate>& chain) {
    if (chain.empty())
        return nullptr;
    const auto found = std::find_if(
        s.known_internal_certificates.begin(), s.known_internal_certificates.end(),
        [&](const auto& known) { return ascii_iequal(known.second, chain.front().thumbprint()); });
    return found == s.known_internal_certificates.end() ? nullptr : &found->first;
}

/// Looks the certificate up and tells of it; true when it is known.
template <class Verdict>
bool look_up(trace::decided<Verdict>& out, const server& s, const std::vector<certs::certificate>& chain,
             instant now) {
    const auto* name = known_as(s, chain);
    cite(out.why, "certificate of the peer", chain.empty() ? "none" : chain.front().thumbprint());
    for (const auto& [server_name, thumbprint] : s.known_internal_certificates)
        consider(out.why, server_name, name != nullptr && *name == server_name,
                 fmt::format("{} of {} has {}", directory_of(s), s.name, thumbprint));
    out.why.rule = name != nullptr ? "exchange.direct-trust.known" : "exchange.direct-trust.unknown";
    out.why.answer = name != nullptr ? "yes: the certificate of " + *name
                                     : fmt::format("no: {} does not know it", directory_of(s));
    if (name != nullptr && chain.front().fields().not_after < now)
        out.value.events.push_back(remote_internal_certificate_expired(chain.front().subject()));
    return name != nullptr;
}

std::string thumbprint_of(const std::vector<certs::certificate>& chain) {
    return chain.empty() ? std::string("(none)") : chain.front().thumbprint();
}

} // namespace

bool uses_direct_trust(const server& a, const server& b) {
    return a.is_exchange() && b.is_exchange() &&
           (a.role == server_role::edge) != (b.role == server_role::edge);
}

trace::decided<inbound_verdict> judge_trusted_client(const server& s, const inbound_facts& facts,
                                                     const ip_address& remote) {
    trace::decided<inbound_verdict> out;
    out.why.question = fmt::format("Does {} trust the client's certificate directly?", s.name);
    if (look_up(out, s, facts.client_chain, facts.now))
        return concluded(std::move(out));
    out.value.accepted = false;
    out.value.reason = "DirectTrustFailed";
    out.value.events.push_back(inbound_direct_trust_failed(thumbprint_of(facts.client_chain), remote));
    return concluded(std::move(out));
}

trace::decided<send_verdict> judge_trusted_server(const server& s,
                                                  const std::vector<certs::certificate>& chain,
                                                  const endpoint& remote, instant now) {
    trace::decided<send_verdict> out;
    out.why.question = fmt::format("Does {} trust the server's certificate directly?", s.name);
    if (look_up(out, s, chain, now))
        return concluded(std::move(out));
    out.value.action = send_action::queue;
    out.value.bare = true;
    out.value.reason = "DirectTrustFailed";
    out.value.reply = "451 5.7.3 Cannot achieve Exchange Server authentication";
    out.value.events.push_back(outbound_direct_trust_failed(thumbprint_of(chain), remote.address));
    return concluded(std::move(out));
}

} // namespace connlab::exchange
