// The step that breaks something, or mends it.
#include "sim/lab/steps.hpp"

#include <fmt/format.h>

#include <string_view>

namespace connlab::lab {

namespace {

std::string_view word(scenario::fault_kind k) {
    using scenario::fault_kind;
    switch (k) {
    case fault_kind::none:
        return "works again";
    case fault_kind::refused:
        return "refuses connections";
    case fault_kind::reset:
        return "resets connections";
    case fault_kind::silent:
        return "takes connections and says nothing";
    case fault_kind::garbage:
        return "answers garbage";
    case fault_kind::reset_in_handshake:
        return "resets the connection in the TLS handshake";
    case fault_kind::silent_in_handshake:
        return "says nothing in the TLS handshake";
    case fault_kind::garbage_in_handshake:
        return "answers garbage in the TLS handshake";
    case fault_kind::starttls_stripped:
        return "has STARTTLS stripped from its EHLO reply on the way";
    case fault_kind::masked:
        return "stands behind a firewall that overwrites banner and keywords";
    case fault_kind::masked_tls:
        return "stands behind a firewall that overwrites keywords and spoils the TLS handshake";
    case fault_kind::tls_inspection:
        return "stands behind a device that ends TLS with a certificate of its own";
    case fault_kind::rewrites:
        return "stands behind a device that rewrites messages in clear text";
    case fault_kind::reset_in_data:
        return "loses the connection when the message comes";
    case fault_kind::silent_after_banner:
        return "says its banner and nothing more";
    case fault_kind::idle_reset:
        return "stands behind a firewall that forgets idle connections";
    case fault_kind::latency:
        return "answers late";
    case fault_kind::authentication_fails:
        return "recognizes no Exchange server by Kerberos";
    case fault_kind::credentials_damaged:
        return "finds the encrypted passwords of EdgeSync damaged";
    }
    return {};
}

} // namespace

bool player::play_step(const scenario::fault_step& s, trace::step_record& record, diagnostics& /*findings*/) {
    record.verb = "Fault";
    const auto* server = world_.server_named(*s.server);
    if (server == nullptr)
        throw std::logic_error("a fault is set on a server that is not in the world: " + *s.server);
    record.text = fmt::format("{} {}", server->name, word(s.what.kind));
    world_.faults[server->name] = s.what;
    return true;
}

} // namespace connlab::lab
