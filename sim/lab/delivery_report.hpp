// What a server tells the sender of a message that it could not deliver, or not yet: a message of its own
// (RFC 3464).
#pragma once

#include "sim/lab/message.hpp"
#include "sim/lab/world.hpp"
#include "sim/trace/run_record.hpp"

namespace connlab::lab {

enum class report_kind {
    failure, // NDR: permanently refused, or expired in the queue
    delay    // after DelayNotificationTimeOut
};
std::string_view to_string(report_kind k); // NDR, Delay

/// The report of `by` about message `m`, whose fate is `f`. Its words are ours; the diagnostic text is the
/// flow's. Has no sender, so that nobody reports on it.
message compose_report(report_kind kind, const message& m, const trace::flow_record& f, const party& by,
                       instant at);

} // namespace connlab::lab
