// The record for machines. Byte-stable: keys in a fixed order, no key logs, nothing that a handshake draws at
// random.
#pragma once

#include "sim/trace/run_record.hpp"

#include <string>
#include <vector>

namespace connlab::report {

/// `{"runs": […]}`, indented by two blanks, ends with a line feed.
std::string json(const std::vector<trace::run_record>& runs);

/// Diagnostics as `check --format json` prints them.
std::string json(const diagnostics& findings);

} // namespace connlab::report
