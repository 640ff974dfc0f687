#include "sim/tls/setup.hpp"

namespace connlab::tls {

namespace {

std::vector<std::string> setup_suites(bool with_tls13) {
    std::vector<std::string> out{
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",   "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",   "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
    };
    if (with_tls13)
        out.insert(out.begin(), {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"});
    return out;
}

void set_protocol(registry& r, std::string_view name, bool on) {
    for (const auto* one_side : {"Client", "Server"}) {
        const auto key = below_schannel("Protocols\\" + std::string(name) + "\\" + one_side);
        r.set(key, dword("Enabled", on ? 1 : 0));
        r.set(key, dword("DisabledByDefault", on ? 0 : 1));
    }
}

/// Digital certificates and encryption in Exchange Server: DES, 3DES, RC2, RC4 and MD5 are disabled.
void disable_old_algorithms(registry& r) {
    for (const auto* key :
         {"Ciphers\\DES 56/56", "Ciphers\\Triple DES 168", "Ciphers\\RC2 40/128", "Ciphers\\RC2 56/128",
          "Ciphers\\RC2 128/128", "Ciphers\\RC4 40/128", "Ciphers\\RC4 56/128", "Ciphers\\RC4 64/128",
          "Ciphers\\RC4 128/128", "Hashes\\MD5"})
        r.set(below_schannel(key), dword("Enabled", 0));
}

void set_dot_net(registry& r, bool strong_crypto) {
    for (const auto& key : dot_net_keys()) {
        if (!key.ends_with("v4.0.30319"))
            continue;
        r.set(key, dword("SystemDefaultTlsVersions", 1));
        r.set(key, dword("SchUseStrongCrypto", strong_crypto ? 1 : 0));
    }
}

/// Keys that every Windows has, if without values: Set-ItemProperty finds them.
void create_usual_keys(registry& r) {
    for (const auto* key : {"Protocols", "Ciphers", "CipherSuites", "Hashes", "KeyExchangeAlgorithms"})
        r.create_key(below_schannel(key));
    for (const auto& key : dot_net_keys())
        r.create_key(key);
    r.create_key(policy_list_key);
}

} // namespace

const std::vector<std::string>& dot_net_keys() {
    static const std::vector<std::string> all{
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319",
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319",
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727",
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v2.0.50727"};
    return all;
}

std::string below_schannel(std::string_view sub) {
    return std::string(schannel_key) + '\\' + std::string(sub);
}

registry setup_registry(const setup_options& o) {
    registry r;
    create_usual_keys(r);
    const auto& windows = tables_of(o.windows);
    if (!windows.suites_name_curves()) // the operating system's own lists stand in the local key
        r.set(local_list_key, several_texts("EccCurves", {windows.curves.begin(), windows.curves.end()}));
    r.set(local_list_key, several_texts("Functions", {windows.suites.begin(), windows.suites.end()}));
    if (o.which == exchange_setup::none || o.which == exchange_setup::of_2016)
        return r;
    set_protocol(r, "TLS 1.0", false);
    set_protocol(r, "TLS 1.1", false);
    set_protocol(r, "TLS 1.2", true);
    const bool with_tls13 = o.which == exchange_setup::of_2019_cu15 && windows.has_tls13;
    if (with_tls13)
        set_protocol(r, "TLS 1.3", true);
    disable_old_algorithms(r);
    set_dot_net(r, o.which != exchange_setup::of_2019);
    r.set(schannel_key, dword("AllowInsecureRenegoClients", 0));
    r.set(schannel_key, dword("AllowInsecureRenegoServers", 0));
    if (windows.suites_name_curves()) // Exchange 2019 is not for such a Windows
        return r;
    const auto suites = setup_suites(with_tls13);
    const std::vector<std::string> curves{"NistP384", "NistP256"};
    if (o.list_in_policy_key)
        r.set(policy_list_key, one_text("Functions", join(suites, ",")));
    else
        r.set(local_list_key, several_texts("Functions", suites));
    r.set(o.list_in_policy_key ? policy_list_key : local_list_key, several_texts("EccCurves", curves));
    return r;
}

} // namespace connlab::tls
