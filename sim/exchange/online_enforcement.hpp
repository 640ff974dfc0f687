// Transport-based enforcement: Exchange Online throttles, then blocks mail of servers that are out of date
// (Exchange Online sheet 6.5).
#pragma once

#include "sim/exchange/online_recipient.hpp"

#include <optional>
#include <string_view>

namespace connlab::exchange {

/// Minutes of each hour in which an outdated server is throttled, and in which it is blocked, so many days
/// after the tenant was told.
struct enforcement_stage {
    int throttled = 0;
    int blocked = 0;
};
enforcement_stage enforcement_after(long long days);

/// After the message: the build of the server that handed it over is in its first Received field. Absent: no
/// enforcement concerns this message.
std::optional<trace::decided<inbound_verdict>> judge_server_version(const online_recipient& came_by,
                                                                    std::string_view content,
                                                                    const online_session_name& session);

} // namespace connlab::exchange
