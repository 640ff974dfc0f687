// How Exchange's HealthChecker reads SCHANNEL\Protocols: a report, which differs from what Windows does with
// the same values. (Schannel sheet 2.1)
#pragma once

#include "sim/tls/registry.hpp"
#include "sim/tls/suite.hpp"

namespace connlab::tls {

enum class checker_state { enabled, disabled, half_disabled, misconfigured };
std::string_view to_string(checker_state s); // Enabled, Disabled, Half Disabled, Misconfigured

struct checker_reading {
    checker_state state = checker_state::enabled;
    bool sides_differ = false; // client ≠ server
    bool value_missing = false;
    source_mark mark; // of the first value that a file set; unknown: none did
};
/// Of TLS 1.0 to 1.3. An absent TLS 1.3 counts as disabled here, which Windows 2022 does not do.
checker_reading health_checker_reads(const registry& r, version v);

} // namespace connlab::tls
