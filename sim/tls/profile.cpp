#include "sim/tls/offer.hpp"

#include "sim/tls/schannel.hpp"
#include "sim/tls/setup.hpp"

#include <algorithm>

namespace connlab::tls {

bool profile::has(version v) const {
    return std::find(versions.begin(), versions.end(), v) != versions.end();
}

std::vector<std::string> profile::every_suite() const {
    auto out = tls13_suites;
    out.insert(out.end(), suites.begin(), suites.end());
    return out;
}

const protocol_state* profile::protocol(version v) const {
    for (const auto& p : protocols)
        if (p.what == v)
            return &p;
    return nullptr;
}

profile exchange2019_setup() {
    const auto windows = windows_version::server_2019;
    return schannel_profile(windows, setup_registry({exchange_setup::of_2019, windows}), side::server, {});
}

profile current_openssl() {
    profile p;
    p.versions = {version::tls1_2, version::tls1_3};
    p.tls13_suites = {"TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256"};
    // The order of OpenSSL's own list; what Schannel has no name for (ChaCha20, CCM, ARIA below 1.3) is left
    // out.
    p.suites = {
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
        "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_256_CBC_SHA256",
        "TLS_RSA_WITH_AES_128_CBC_SHA256",
        "TLS_RSA_WITH_AES_256_CBC_SHA",
        "TLS_RSA_WITH_AES_128_CBC_SHA",
    };
    p.groups = {"X25519", "P-256", "P-521", "P-384"};
    p.signatures = {"ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384",
                    "ecdsa_secp521r1_sha512", "rsa_pss_rsae_sha256",
                    "rsa_pss_rsae_sha384",    "rsa_pss_rsae_sha512",
                    "rsa_pkcs1_sha256",       "rsa_pkcs1_sha384",
                    "rsa_pkcs1_sha512",       "ecdsa_sha1",
                    "rsa_pkcs1_sha1"};
    p.server_preference = false;
    return p;
}

std::string_view to_string(failure f) {
    switch (f) {
    case failure::none:
        return "";
    case failure::no_common_version:
        return "NoCommonVersion";
    case failure::no_common_suite:
        return "NoCommonSuite";
    case failure::bad_record:
        return "BadRecord";
    case failure::connection_reset:
        return "ConnectionReset";
    case failure::silence:
        return "Silence";
    case failure::own_credential:
        return "OwnCredential";
    case failure::refused_by_peer:
        return "RefusedByPeer";
    case failure::key_too_short:
        return "KeyTooShort";
    case failure::nothing_enabled:
        return "NothingEnabled";
    case failure::not_performed:
        return "ComputedNotPerformed";
    case failure::other:
        return "Other";
    }
    return "";
}

} // namespace connlab::tls
