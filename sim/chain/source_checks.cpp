#include "sim/chain/source_checks.hpp"

#include <fmt/format.h>

#include <chrono>

namespace connlab::chain {

source_verdict unusable(std::string_view rule, std::string why) {
    return {source_verdict::outcome::unusable, rule, std::move(why)};
}

source_verdict usable() {
    return {source_verdict::outcome::good, "chain.revocation.good", {}};
}

source_verdict revoked(instant at, std::optional<certs::revocation_reason> reason) {
    return {source_verdict::outcome::revoked, "chain.revocation.revoked",
            fmt::format("revoked {}{}", format_instant(at),
                        reason ? fmt::format(" ({})", to_string(*reason)) : std::string{})};
}

source_verdict check_updates(instant this_update, std::optional<instant> next_update, instant now) {
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    if (second < this_update)
        return unusable("chain.revocation.not-yet-valid", "not valid before " + format_instant(this_update));
    if (next_update && second > *next_update)
        return unusable("chain.revocation.stale", "stale since " + format_instant(*next_update));
    return usable();
}

} // namespace connlab::chain
