// Windows' Schannel as a pure function: version of Windows and registry → what one side offers, with the
// reason for every version and every suite. (Schannel sheet, sections 1 and 2)
#pragma once

#include "sim/tls/offer.hpp"
#include "sim/tls/registry.hpp"
#include "sim/tls/windows.hpp"

namespace connlab::tls {

enum class side { client, server };
std::string_view to_string(side s); // Client, Server, as the registry calls them

/// The contested rules; a scenario's `Behavior:` sets them.
struct schannel_switches {
    bool smtp_names_versions = false; // the transport names versions: DisabledByDefault does not bind it
    bool smtp_tls13 = false;          // the transport can negotiate TLS 1.3
    bool strict_multisz = false;      // names joined by commas do not count in the local key
    bool sha512_signatures = true;    // Windows Server 2012 R2: KB2973337 is installed
    friend bool operator==(const schannel_switches&, const schannel_switches&) = default;
};

profile schannel_profile(windows_version windows, const registry& r, side s, const schannel_switches& b);

/// The suites in the order that Get-TlsCipherSuite shows: the list in force, what Ciphers, Hashes and
/// KeyExchangeAlgorithms take out left in.
std::vector<std::string> listed_suites(windows_version windows, const registry& r,
                                       const schannel_switches& b);

/// EventLogging's bits: 1 errors, which is the default, 4 what went well.
struct logged_events {
    bool errors = true;
    bool information = false;
};
logged_events event_logging(const registry& r);
inline bool logs_errors(const registry& r) {
    return event_logging(r).errors;
}

/// The names that may stand below Protocols, Ciphers, Hashes and KeyExchangeAlgorithms: another one is read
/// by nobody.
const std::vector<std::string>& known_subkeys(std::string_view of);

} // namespace connlab::tls
