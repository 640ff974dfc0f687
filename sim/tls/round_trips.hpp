// How often a side of a handshake waits before it may speak.
#pragma once

#include "sim/trace/run_record.hpp"

#include <optional>
#include <vector>

namespace connlab::tls {

/// Flights of its own that `side` (the direction it sends in) has to see answered before it may send
/// application data: a full handshake of TLS 1.2 costs the client 2 and the server 1 (RFC 5246 7.3); TLS 1.3
/// costs the client 1 and the server 0, which may speak after its Finished (RFC 8446 2). Nothing when the
/// messages do not lead so far.
std::optional<int> round_trips(const std::vector<trace::tls_message>& messages, trace::direction side);

} // namespace connlab::tls
