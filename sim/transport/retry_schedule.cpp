#include "sim/transport/retry_schedule.hpp"

#include <algorithm>

namespace connlab::transport {

duration retry_wait(const exchange::retry_settings& r, int attempt) {
    if (attempt <= r.glitch_count)
        return r.glitch_interval;
    if (attempt <= r.glitch_count + r.transient_count)
        return r.transient_interval;
    return r.outbound_interval;
}

instant retry_state::next_attempt(const exchange::retry_settings& r) const {
    return last_attempt + retry_wait(r, attempts);
}

instant retry_state::next_event(const exchange::retry_settings& r) const {
    const auto next = std::min(next_attempt(r), submitted + r.message_expiration);
    return delay_told ? next : std::min(next, submitted + r.delay_notification);
}

bool retry_state::is_delayed_at(instant at, const exchange::retry_settings& r) const {
    return !delay_told && at >= submitted + r.delay_notification;
}

bool retry_state::expires_at(instant at, const exchange::retry_settings& r) const {
    return at >= submitted + r.message_expiration;
}

} // namespace connlab::transport
