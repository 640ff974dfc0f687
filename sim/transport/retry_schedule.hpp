// When a queue tries again: Exchange's glitch, transient and outbound intervals, and when a message expires.
#pragma once

#include "sim/base/instant.hpp"
#include "sim/exchange/model.hpp"

namespace connlab::transport {

/// The wait before retry number `attempt` (1 = the first retry): glitch_count waits of the glitch interval,
/// then transient_count of the transient one, then the outbound interval for good. (On-premises sheet 2.7)
duration retry_wait(const exchange::retry_settings& r, int attempt);

/// A message that waits in a queue.
struct retry_state {
    instant submitted{};
    instant last_attempt{};
    int attempts = 0;        // that failed
    bool delay_told = false; // to the sender

    /// The next automatic retry, or the delay notice or the expiry of the message when that comes first.
    instant next_event(const exchange::retry_settings& r) const;
    /// The next automatic retry alone.
    instant next_attempt(const exchange::retry_settings& r) const;
    bool expires_at(instant at, const exchange::retry_settings& r) const;
    bool is_delayed_at(instant at, const exchange::retry_settings& r) const; // and the sender was not told
};

} // namespace connlab::transport
