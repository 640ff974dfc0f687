// The record for machines. Byte-stable: keys in a fixed order, no key logs, nothing that a handshake draws at
// random.
#pragma once

#include "sim/trace/run_record.hpp"

#include <string>
#include <vector>

namespace connlab::report {

/// `{"runs": […]}`, indented by two blanks, ends with a line feed.
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
