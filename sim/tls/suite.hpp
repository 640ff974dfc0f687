// Protocol versions and cipher suites under both names, Schannel's and OpenSSL's, with Exchange's
// protocol-log tokens.
#pragma once

#include "sim/base/parsed.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace connlab::tls {

enum class version { ssl3_0, tls1_0, tls1_1, tls1_2, tls1_3 };
std::string_view to_string(version v);                // TLS1_2, as the Received header prints it
parsed<version> parse_version(std::string_view text); // TLS1_2, 1.2, "TLS 1.2"; SSL 3.0 is none
std::string_view windows_name(version v);             // TLS 1.2, as the registry and the events call it

struct suite {
    std::uint16_t id = 0;
    std::string_view schannel_name; // = IANA name; empty `openssl_name`: this OpenSSL cannot negotiate it
    std::string_view openssl_name;
    std::string_view bulk; // CALG_AES_256
    int bulk_bits = 0;
    std::string_view mac;          // CALG_SHA_384
    int mac_bits = 0;              // 0 for GCM
    std::string_view key_exchange; // CALG_ECDH_EPHEM; its bits are the curve's, the prime's or the key's
    bool tls13 = false;

    bool performed_here() const { return !openssl_name.empty(); }
    bool is_gcm() const;
    /// What the server's certificate has to have a key of: RSA, ECDSA, DSS; empty: any (TLS 1.3).
    std::string_view authentication() const;
    bool ecdhe() const { return key_exchange == "CALG_ECDH_EPHEM"; }
    bool dhe() const { return key_exchange == "CALG_DH_EPHEM"; }
    bool rsa_key_transport() const { return key_exchange == "CALG_RSA_KEYX"; }
    bool valid_for(version v) const;
};

const std::vector<suite>& all_suites();
const suite* find_suite(std::uint16_t id);
/// A name with a curve (`…_SHA384_P256`, Windows Server 2012 R2) is the suite without it.
const suite* find_suite_by_schannel_name(std::string_view name);
/// `P-256` of `…_P256`; empty: the name says no curve.
std::string_view curve_in_suite_name(std::string_view name);
/// The name without the curve.
std::string_view without_curve(std::string_view name);

} // namespace connlab::tls
