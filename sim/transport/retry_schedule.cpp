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

instant retry_state::next_event(const exchange::retry_settings& r) const {
    return std::min(last_attempt + retry_wait(r, attempts), submitted + r.message_expiration);
}

bool retry_state::expires_at(instant at, const exchange::retry_settings& r) const {
    return at >= submitted + r.message_expiration;
}

} // namespace connlab::transport
