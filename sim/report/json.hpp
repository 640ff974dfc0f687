// The record for machines. Byte-stable: keys in a fixed order, no key logs, nothing that a handshake draws at
// random.
#pragma once

#include "sim/trace/run_record.hpp"

#include <string>
#include <vector>

namespace connlab::report {

/// `{"runs": […]}`, indented by two blanks, ends with a line feed. A session's `handshake` has
/// `clientCompleted` and `serverCompleted`; `roundTrips` of `client` and `server` until each may send
/// application data (null: it never may); `messages`, each with `number`, `flight`, `from`, `type`, `length`
/// in bytes (0: nothing, or drawn at random), `encrypted`, `detail` in one line, and `fields`: lists of
/// values by the names of RFC 5246 and 8446.
std::string json(const std::vector<trace::run_record>& runs);

/// `{"events": […]}`: an event log.
std::string json(const std::vector<trace::event_record>& events);

/// What `check` found in one scenario; most findings stand in the files that it extends.
struct checked_scenario {
    std::string path;
    std::string title; // empty when the file is not valid
    diagnostics findings;
};

/// `{"scenarios": [{"path", "title", "findings"}]}`, as `check --format json` prints it.
std::string json(const std::vector<checked_scenario>& checked);

} // namespace connlab::report
