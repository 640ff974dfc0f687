// Protocol versions and cipher suites under both names, Schannel's and OpenSSL's, with Exchange's
// protocol-log tokens.
#pragma once

#include "sim/base/parsed.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace connlab::tls {

enum class version { tls1_0, tls1_1, tls1_2, tls1_3 };
std::string_view to_string(version v);                // TLS1_2, as the Received header prints it
parsed<version> parse_version(std::string_view text); // TLS1_2, 1.2, "TLS 1.2"

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
};

const std::vector<suite>& all_suites();
const suite* find_suite(std::uint16_t id);
const suite* find_suite_by_schannel_name(std::string_view name);

} // namespace connlab::tls
