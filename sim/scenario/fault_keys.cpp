#include "sim/scenario/fault_keys.hpp"

#include "sim/base/ascii.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace connlab::scenario {

namespace {

using fault_key = key<fault_draft>;

struct named_fault {
    std::string_view word;
    fault_kind kind;
};
constexpr named_fault faults[] = {
    {"None", fault_kind::none},
    {"Refused", fault_kind::refused},
    {"Reset", fault_kind::reset},
    {"Silent", fault_kind::silent},
    {"Garbage", fault_kind::garbage},
    {"ResetInHandshake", fault_kind::reset_in_handshake},
    {"SilentInHandshake", fault_kind::silent_in_handshake},
    {"GarbageInHandshake", fault_kind::garbage_in_handshake},
    {"StartTlsStripped", fault_kind::starttls_stripped},
    {"Masked", fault_kind::masked},
    {"MaskedTls", fault_kind::masked_tls},
    {"TlsInspection", fault_kind::tls_inspection},
    {"Rewrites", fault_kind::rewrites},
    {"ResetInData", fault_kind::reset_in_data},
    {"SilentAfterBanner", fault_kind::silent_after_banner},
    {"IdleReset", fault_kind::idle_reset},
    {"Latency", fault_kind::latency},
    {"AuthenticationFails", fault_kind::authentication_fails},
    {"CredentialsDamaged", fault_kind::credentials_damaged},
};

std::vector<std::string> server_fault_words() {
    std::vector<std::string> out;
    for (const auto& f : faults)
        out.emplace_back(f.word);
    return out;
}

/// Of servers, then those that only responders have.
std::vector<std::string> fault_words() {
    auto out = server_fault_words();
    for (auto& w : responder_fault_words())
        if (std::find(out.begin(), out.end(), w) == out.end())
            out.push_back(std::move(w));
    return out;
}

void read_certificate(fault_draft& d, const node& n, reading& r) {
    d.at_server.what.certificate = n.text;
    for (const auto& s : r.world.servers)
        if (ascii_iequal(s.name, *d.at_server.server))
            r.mention_name(mentioned::certificate, n, "`Certificate`", s.organization + "/" + s.name);
}

void read_publication(fault_draft& d, const node& n, reading&) {
    for (const auto p : every_publication)
        if (to_string(p) == n.text)
            d.at_responder.of = p;
}

void read_host(fault_draft& d, const node& n, reading&) {
    d.at_responder.host = ascii_lower(n.text);
    d.places.emplace_back("Host");
}

void check_companions(const fault_draft& d, const node& n, reading& r) {
    if (d.kind == "TlsInspection" && d.at_server.what.certificate.empty())
        r.error(n, "`TlsInspection` needs `Certificate`: what the device presents");
    if (d.kind == "Latency" && d.delay == duration{})
        r.error(n, "`Latency` needs `Delay`: how long a packet takes one way");
    if (d.kind == "IdleReset" && d.at_server.what.after == duration{})
        r.error(n, "`IdleReset` needs `After`: how long a connection may be silent");
    if (d.kind != "IdleReset" && d.at_server.what.after != duration{})
        r.error(n, "`After` is for `IdleReset` alone");
    if (d.kind != "TlsInspection" && !d.at_server.what.certificate.empty())
        r.error(n, "`Certificate` is for `TlsInspection` alone");
    if (d.kind != "Latency" && d.delay != duration{})
        r.error(n, "`Delay` is for `Latency` alone");
    if (d.at_responder.of && d.at_responder.authority.empty())
        r.error(n, "`Of` is for `Authority` alone");
}

/// Where a fault of this kind can be.
void check_place(const fault_draft& d, const node& n, reading& r) {
    const auto of_servers = server_fault_words();
    const bool at_server = d.places.front() == "Server";
    const auto at_responder = responder_fault_of_word(d.kind);
    if (at_server && std::find(of_servers.begin(), of_servers.end(), d.kind) == of_servers.end())
        r.error(n, fmt::format("`{}` is a fault of what an authority publishes, not of a server", d.kind),
                "write `Authority` or `Host` instead of `Server`");
    else if (!at_server && !at_responder)
        r.error(n, fmt::format("`{}` is a fault of a server, not of what an authority publishes", d.kind),
                "write `Server`");
    else if (!at_server && d.at_responder.of && !fits(*at_responder, *d.at_responder.of))
        r.error(n, fmt::format("`{}` cannot be `Of` {}", d.kind, to_string(*d.at_responder.of)));
}

} // namespace

const key_table<fault_draft>& fault_keys() {
    static const key_table<fault_draft> table{
        fault_key("Server", text(), "the peer that misbehaves",
                  [](fault_draft& d, const node& n, reading& r) {
                      d.at_server.server = {n.text, n.mark()};
                      d.places.emplace_back("Server");
                      r.mention_name(mentioned::server, n, "`Server`");
                  }),
        fault_key("Authority", text(), "the authority whose publications fail",
                  [](fault_draft& d, const node& n, reading& r) {
                      d.at_responder.authority = n.text;
                      d.places.emplace_back("Authority");
                      r.mention_name(mentioned::authority, n, "`Authority`");
                  }),
        fault_key("Of", word({"Crl", "DeltaCrl", "Ocsp", "Aia"}), "which of them; default: all",
                  read_publication),
        fault_key("Host", text(), "the HTTP host that fails, a responder or a proxy: crl.pki.test",
                  read_host),
        fault_key(
            "Kind", word(fault_words()), "how; None ends it",
            [](fault_draft& d, const node& n, reading&) { d.kind = n.text; }, true),
        fault_key("Certificate", text(),
                  "TlsInspection: the device's certificate, by its name in the server's list",
                  read_certificate),
        fault_key("Delay", time_span(),
                  "Latency: how long a packet takes one way, an answer of a responder; virtual time",
                  [](fault_draft& d, const node& n, reading&) { d.delay = *parse_duration(n.text); }),
        fault_key("After", time_span(),
                  "IdleReset: how long a connection may be silent before the device forgets it; virtual time",
                  [](fault_draft& d, const node& n, reading&) {
                      d.at_server.what.after = *parse_duration(n.text);
                  }),
    };
    return table;
}

void read_fault(step_draft& d, const node& n, reading& r) {
    fault_draft f;
    const auto before = r.findings.size();
    read_keys(n, "Fault", n.mark(), fault_keys(), f, r);
    d.verbs.emplace_back("Fault");
    if (f.places.size() != 1) {
        if (r.findings.size() == before)
            r.error(n, "a fault is at one place: `Server`, `Authority` or `Host`");
        return;
    }
    if (f.kind.empty())
        return;
    check_companions(f, n, r);
    check_place(f, n, r);
    if (f.places.front() == "Server") {
        for (const auto& known : faults)
            if (known.word == f.kind)
                f.at_server.what.kind = known.kind;
        f.at_server.what.delay = f.delay;
        d.value.what = std::move(f.at_server);
        return;
    }
    f.at_responder.what = {responder_fault_of_word(f.kind).value_or(responder_fault_kind::none), f.delay};
    d.value.what = std::move(f.at_responder);
}

} // namespace connlab::scenario
