// Which values Windows reads in the keys that decide about TLS. What stands beside them is nobody's, and
// Windows does not say so.
#pragma once

#include "sim/tls/registry.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::tls {

/// Where the chain engine's time-outs and its smallest key are.
inline constexpr std::string_view chain_engine_key =
    "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\\OID\\EncodingType 0\\"
    "CertDllCreateCertificateChainEngine\\Config";

/// The same by group policy (Certificate Path Validation Settings).
inline constexpr std::string_view chain_engine_policy_key =
    "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\ChainEngine\\Config";

/// The values that are read in a key, each with the type it has to have. Empty: this key is none of TLS, or
/// none of its values are read.
struct known_value {
    std::string_view name;
    registry_type type = registry_type::dword;
    registry_type also = registry_type::dword; // read too
    bool modelled = true;                      // false: Windows heeds it, the lab does not
};
const std::vector<known_value>& known_values(std::string_view path);

/// A value that has no effect, and why.
struct unread_value {
    const registry_value* what = nullptr;
    std::string why; // "`Enabld` is no value that Windows reads there"
    std::string hint;
    bool only_here = false; // Windows heeds it
};

/// Of the whole registry: what a file, a scenario or a cmdlet set in keys of TLS.
std::vector<unread_value> unread_values(const registry& r);

} // namespace connlab::tls
