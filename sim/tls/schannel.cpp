#include "sim/tls/schannel.hpp"

#include "sim/tls/setup.hpp"
#include "sim/tls/suite_list.hpp"

#include <algorithm>

namespace connlab::tls {

namespace {

constexpr version every_version[] = {version::ssl3_0, version::tls1_0, version::tls1_1, version::tls1_2,
                                     version::tls1_3};

bool is_on_by_default(const windows_tables& w, version v) {
    return v == version::ssl3_0 ? w.ssl3_by_default : v == version::tls1_3 ? w.has_tls13 : true;
}

protocol_state off(version v, std::string why, std::string rule, source_mark mark = {}) {
    return {v, false, "off: " + std::move(why), std::move(rule), std::move(mark)};
}

/// The combinations of Enabled and DisabledByDefault for a version that this Windows has (2.1). Any value but
/// zero counts as one.
protocol_state by_registry(version v, bool by_default, const registry_value* enabled,
                           const registry_value* disabled, bool names_versions) {
    const auto mark = disabled != nullptr && disabled->mark.known() ? disabled->mark
                      : enabled != nullptr                          ? enabled->mark
                                                                    : source_mark{};
    if (enabled != nullptr && enabled->number == 0)
        return off(v, "Enabled is 0", "schannel.protocol.disabled", enabled->mark);
    if (disabled != nullptr && disabled->number != 0 && !names_versions)
        return off(v,
                   enabled == nullptr ? "DisabledByDefault is " + disabled->shown()
                                      : "DisabledByDefault is " + disabled->shown() +
                                            " although Enabled is " + enabled->shown() + " (half disabled)",
                   "schannel.protocol.disabled-by-default", disabled->mark);
    if (enabled == nullptr && !by_default)
        return off(v, "off by default and Enabled is absent", "schannel.protocol.default", mark);
    if (enabled != nullptr)
        return {v, true, "on: Enabled is " + enabled->shown(), "schannel.protocol.enabled", enabled->mark};
    if (disabled != nullptr && disabled->number != 0)
        return {v, true, "on for a caller that names it", "schannel.protocol.named", disabled->mark};
    return {v, true, "on by default", "schannel.protocol.default", mark};
}

protocol_state state_of(version v, const windows_tables& w, const registry& r, side s,
                        const schannel_switches& b) {
    if (v == version::tls1_3 && !w.has_tls13)
        return off(v, "Windows Server " + std::string(w.name) + " does not have it",
                   "schannel.protocol.unknown");
    const auto key =
        below_schannel("Protocols\\" + std::string(windows_name(v)) + "\\" + std::string(to_string(s)));
    auto out =
        by_registry(v, is_on_by_default(w, v), r.find_number(key, "Enabled"),
                    r.find_number(key, "DisabledByDefault"), b.smtp_names_versions && v != version::ssl3_0);
    if (v == version::tls1_3 && out.usable && !b.smtp_tls13)
        return off(v, "SMTP never uses it, although Windows has it " + out.why, "schannel.smtp.no-tls13",
                   out.mark);
    return out;
}

/// The order of Windows' own ClientHello, as public captures show it; the list in SSL\00010003 is not read.
std::vector<std::string> signatures_of(windows_version v, bool sha512) {
    std::vector<std::string> out;
    if (v >= windows_version::server_2019)
        out = {"rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512"};
    for (const auto* name : {"rsa_pkcs1_sha256", "rsa_pkcs1_sha384", "rsa_pkcs1_sha1",
                             "ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "ecdsa_sha1"})
        out.emplace_back(name);
    if (v != windows_version::server_2012r2 || sha512)
        out.insert(out.end(), {"rsa_pkcs1_sha512", "ecdsa_secp521r1_sha512"});
    return out;
}

int number_in(const registry& r, std::string_view key, std::string_view name, int otherwise) {
    const auto* v = r.find_number(below_schannel(key), name);
    return v == nullptr || v->number == 0 || v->number > 65536 ? otherwise : static_cast<int>(v->number);
}

/// The values exist from Windows Server 2016 on. (2.2)
void set_key_lengths(profile& p, windows_version v, const registry& r) {
    constexpr int least = 1024;
    p.dhe_bits = tables_of(v).dhe_bits;
    p.dhe_taken.least = p.rsa_taken.least = least;
    if (v == windows_version::server_2012r2)
        return;
    constexpr std::string_view dh = "KeyExchangeAlgorithms\\Diffie-Hellman";
    constexpr std::string_view rsa = "KeyExchangeAlgorithms\\PKCS";
    p.dhe_bits = number_in(r, dh, "ServerMinKeyBitLength", p.dhe_bits);
    p.dhe_taken = {number_in(r, dh, "ClientMinKeyBitLength", least),
                   number_in(r, dh, "ClientMaxKeyBitLength", 0)};
    p.rsa_taken = {number_in(r, rsa, "ClientMinKeyBitLength", least),
                   number_in(r, rsa, "ClientMaxKeyBitLength", 0)};
}

} // namespace

std::string_view to_string(side s) {
    return s == side::client ? "Client" : "Server";
}

profile schannel_profile(windows_version windows, const registry& r, side s, const schannel_switches& b) {
    const auto& w = tables_of(windows);
    profile p;
    for (const auto v : every_version) {
        p.protocols.push_back(state_of(v, w, r, s, b));
        p.rules.push_back(p.protocols.back().rule);
        if (p.protocols.back().usable)
            p.versions.push_back(v);
    }
    set_suites(p, w, r, b);
    p.signatures = signatures_of(windows, b.sha512_signatures);
    p.rules.emplace_back("schannel.signatures.order");
    set_key_lengths(p, windows, r);
    return p;
}

logged_events event_logging(const registry& r) {
    const auto* v = r.find_number(schannel_key, "EventLogging");
    return v == nullptr ? logged_events{} : logged_events{(v->number & 1U) != 0, (v->number & 4U) != 0};
}

} // namespace connlab::tls
