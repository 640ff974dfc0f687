// What Exchange setup writes into a registry that is fresh from Windows. (Schannel sheet 1.2)
#pragma once

#include "sim/tls/registry.hpp"
#include "sim/tls/windows.hpp"

namespace connlab::tls {

/// Which setup ran: a cumulative update writes nothing, so this is the level that was installed first.
enum class exchange_setup {
    none,         // no Exchange
    of_2016,      // 2013 and 2016: nothing is changed
    of_2019,      // up to CU13
    of_2019_cu14, // SchUseStrongCrypto too
    of_2019_cu15, // CU15 and SE: TLS 1.3 where Windows has it
};

struct setup_options {
    exchange_setup which = exchange_setup::none;
    windows_version windows = windows_version::server_2019;
    bool list_in_policy_key = true; // where the suite list goes; not established
};
registry setup_registry(const setup_options& o);

// ---- places ----

inline constexpr std::string_view schannel_key =
    "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";
inline constexpr std::string_view policy_list_key =
    "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002";
inline constexpr std::string_view local_list_key =
    "HKEY_LOCAL_"
    "MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002";
/// Of .NET 2.0 and 4, for programs of 64 and of 32 bits.
const std::vector<std::string>& dot_net_keys();
/// SCHANNEL\Protocols\TLS 1.0\Server; `sub` as it stands below SCHANNEL.
std::string below_schannel(std::string_view sub);

} // namespace connlab::tls
