// A handshake as a lesson: numbered messages in flights, what each says and what of it a listener could read,
// the round trips, and how it ended for each side.
#pragma once

#include "sim/report/paint.hpp"
#include "sim/trace/run_record.hpp"

#include <string>

namespace connlab::report {

enum class handshake_depth {
    result,   // how it ended and who presented what
    messages, // and a line for each message
    fields,   // and every field of each message
};

/// Empty when no handshake was attempted.
std::string handshake_text(const trace::session_record& s, handshake_depth depth, const paint& p);

} // namespace connlab::report
