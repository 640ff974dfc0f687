// The tables of the Schannel sheet, sections 1.1, 1.4 and 1.5, as they stand there.
#include "sim/tls/windows.hpp"

#include "sim/base/ascii.hpp"

#include <array>

namespace connlab::tls {

namespace {

using names = std::vector<std::string_view>;

const names& suites_of_2012r2() {
    static const names all{"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256",
                           "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P384",
                           "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P256",
                           "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P384",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P256",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P384",
                           "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
                           "TLS_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_RSA_WITH_AES_256_CBC_SHA256",
                           "TLS_RSA_WITH_AES_128_CBC_SHA256",
                           "TLS_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_RSA_WITH_AES_128_CBC_SHA",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P256",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P384",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384_P384",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256_P256",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256_P384",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA_P256",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA_P384",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA_P256",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA_P384",
                           "TLS_DHE_DSS_WITH_AES_256_CBC_SHA256",
                           "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256",
                           "TLS_DHE_DSS_WITH_AES_256_CBC_SHA",
                           "TLS_DHE_DSS_WITH_AES_128_CBC_SHA",
                           "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
                           "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA",
                           "TLS_RSA_WITH_RC4_128_SHA",
                           "TLS_RSA_WITH_RC4_128_MD5"};
    return all;
}

/// Known and off by default.
const names& further_suites_of_2012r2() {
    static const names all{"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P521",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P521",
                           "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P521",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P521",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P521",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P521",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384_P521",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256_P521",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA_P521",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA_P521",
                           "TLS_RSA_WITH_DES_CBC_SHA",
                           "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA",
                           "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA",
                           "TLS_RSA_EXPORT_WITH_RC4_40_MD5",
                           "TLS_RSA_WITH_NULL_MD5",
                           "TLS_DHE_DSS_WITH_DES_CBC_SHA",
                           "TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA"};
    return all;
}

const names& suites_of_2016() {
    static const names all{"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                           "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                           "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                           "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                           "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
                           "TLS_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_RSA_WITH_AES_256_CBC_SHA256",
                           "TLS_RSA_WITH_AES_128_CBC_SHA256",
                           "TLS_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_RSA_WITH_AES_128_CBC_SHA",
                           "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
                           "TLS_DHE_DSS_WITH_AES_256_CBC_SHA256",
                           "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256",
                           "TLS_DHE_DSS_WITH_AES_256_CBC_SHA",
                           "TLS_DHE_DSS_WITH_AES_128_CBC_SHA",
                           "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA",
                           "TLS_RSA_WITH_RC4_128_SHA",
                           "TLS_RSA_WITH_RC4_128_MD5"};
    return all;
}

/// Known and off by default.
const names& further_suites_of_2016() {
    static const names all{"TLS_RSA_WITH_DES_CBC_SHA",
                           "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA",
                           "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA",
                           "TLS_RSA_EXPORT_WITH_RC4_40_MD5",
                           "TLS_RSA_WITH_NULL_MD5",
                           "TLS_DHE_DSS_WITH_DES_CBC_SHA",
                           "TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA"};
    return all;
}

const names& suites_of_2019() {
    static const names all{"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                           "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                           "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                           "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                           "TLS_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_RSA_WITH_AES_256_CBC_SHA256",
                           "TLS_RSA_WITH_AES_128_CBC_SHA256",
                           "TLS_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_RSA_WITH_AES_128_CBC_SHA",
                           "TLS_RSA_WITH_3DES_EDE_CBC_SHA"};
    return all;
}

/// Known and off by default.
const names& further_suites_of_2019() {
    static const names all{"TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
                           "TLS_DHE_DSS_WITH_AES_256_CBC_SHA256",
                           "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256",
                           "TLS_DHE_DSS_WITH_AES_256_CBC_SHA",
                           "TLS_DHE_DSS_WITH_AES_128_CBC_SHA",
                           "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA",
                           "TLS_RSA_WITH_RC4_128_SHA",
                           "TLS_RSA_WITH_RC4_128_MD5",
                           "TLS_RSA_WITH_DES_CBC_SHA",
                           "TLS_DHE_DSS_WITH_DES_CBC_SHA",
                           "TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA",
                           "TLS_RSA_WITH_NULL_MD5",
                           "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA",
                           "TLS_RSA_EXPORT_WITH_RC4_40_MD5",
                           "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA"};
    return all;
}

const names& suites_of_2022() {
    static const names all{"TLS_AES_256_GCM_SHA384",
                           "TLS_AES_128_GCM_SHA256",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                           "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                           "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                           "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                           "TLS_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_RSA_WITH_AES_256_CBC_SHA256",
                           "TLS_RSA_WITH_AES_128_CBC_SHA256",
                           "TLS_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_RSA_WITH_AES_128_CBC_SHA",
                           "TLS_RSA_WITH_3DES_EDE_CBC_SHA"};
    return all;
}

/// Known and off by default.
const names& further_suites_of_2022() {
    static const names all{"TLS_CHACHA20_POLY1305_SHA256",
                           "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
                           "TLS_DHE_DSS_WITH_AES_256_CBC_SHA256",
                           "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256",
                           "TLS_DHE_DSS_WITH_AES_256_CBC_SHA",
                           "TLS_DHE_DSS_WITH_AES_128_CBC_SHA",
                           "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA",
                           "TLS_RSA_WITH_RC4_128_SHA",
                           "TLS_RSA_WITH_RC4_128_MD5",
                           "TLS_RSA_WITH_DES_CBC_SHA",
                           "TLS_DHE_DSS_WITH_DES_CBC_SHA",
                           "TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA",
                           "TLS_RSA_WITH_NULL_MD5",
                           "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA",
                           "TLS_RSA_EXPORT_WITH_RC4_40_MD5",
                           "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA"};
    return all;
}

const names& suites_of_2025() {
    static const names all{"TLS_AES_256_GCM_SHA384",
                           "TLS_AES_128_GCM_SHA256",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                           "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                           "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                           "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                           "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                           "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                           "TLS_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_RSA_WITH_AES_256_CBC_SHA256",
                           "TLS_RSA_WITH_AES_128_CBC_SHA256",
                           "TLS_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_RSA_WITH_AES_128_CBC_SHA"};
    return all;
}

/// Known and off by default.
const names& further_suites_of_2025() {
    static const names all{"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                           "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
                           "TLS_CHACHA20_POLY1305_SHA256",
                           "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
                           "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
                           "TLS_DHE_DSS_WITH_AES_256_CBC_SHA256",
                           "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256",
                           "TLS_DHE_DSS_WITH_AES_256_CBC_SHA",
                           "TLS_DHE_DSS_WITH_AES_128_CBC_SHA",
                           "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA",
                           "TLS_RSA_WITH_RC4_128_SHA",
                           "TLS_RSA_WITH_RC4_128_MD5",
                           "TLS_RSA_WITH_DES_CBC_SHA",
                           "TLS_DHE_DSS_WITH_DES_CBC_SHA",
                           "TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA",
                           "TLS_RSA_WITH_NULL_MD5",
                           "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA",
                           "TLS_RSA_EXPORT_WITH_RC4_40_MD5",
                           "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA"};
    return all;
}

/// Beside the default ones; without those that this lab has no handshake for (post-quantum, TLS 1.3 alone).
const names& further_curves() {
    static const names all{"NistP521",        "NistP192",  "NistP224",  "brainpoolP256r1", "brainpoolP384r1",
                           "brainpoolP512r1", "secP160k1", "secP160r1", "secP160r2",       "secP192k1",
                           "secP192r1",       "secP224k1", "secP224r1", "secP256k1",       "secP256r1",
                           "secP384r1",       "secP521r1"};
    return all;
}

} // namespace

const windows_tables& tables_of(windows_version v) {
    static const names none;
    static const names usual_curves{"curve25519", "NistP256", "NistP384"};
    static const std::array<windows_tables, 5> all{{
        {windows_version::server_2012r2, "2012R2", true, false, 1024, suites_of_2012r2(),
         further_suites_of_2012r2(), none, none},
        {windows_version::server_2016, "2016", false, false, 2048, suites_of_2016(), further_suites_of_2016(),
         usual_curves, further_curves()},
        {windows_version::server_2019, "2019", false, false, 2048, suites_of_2019(), further_suites_of_2019(),
         usual_curves, further_curves()},
        {windows_version::server_2022, "2022", false, true, 2048, suites_of_2022(), further_suites_of_2022(),
         usual_curves, further_curves()},
        {windows_version::server_2025, "2025", false, true, 2048, suites_of_2025(), further_suites_of_2025(),
         usual_curves, further_curves()},
    }};
    return all[static_cast<std::size_t>(v)];
}

windows_version windows_named(std::string_view name) {
    for (const auto v : every_windows)
        if (ascii_iequal(tables_of(v).name, name))
            return v;
    return windows_version::server_2019;
}

} // namespace connlab::tls
