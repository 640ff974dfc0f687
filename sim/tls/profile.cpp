#include "sim/tls/profile.hpp"

#include "sim/base/ascii.hpp"
#include "sim/tls/schannel.hpp"
#include "sim/tls/setup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace connlab::tls {

namespace {

std::string fingerprint_of(const profile& p) {
    std::string versions;
    for (const auto v : p.versions)
        versions += std::to_string(static_cast<int>(v));
    return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}-{}|{}-{}|", versions, join(p.suites, ":"),
                       join(p.tls13_suites, ":"), join(p.groups, ":"), join(p.signatures, ":"),
                       p.server_preference, p.dhe_bits, p.dhe_taken.least, p.dhe_taken.most,
                       p.rsa_taken.least, p.rsa_taken.most);
}

} // namespace

shared_profile::shared_profile(profile p) {
    auto fingerprint = fingerprint_of(p);
    made_ = std::make_shared<const made>(made{std::move(p), std::move(fingerprint)});
}

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

} // namespace connlab::tls
