// The line above what a server's files show after a step. Internal.
#pragma once

#include "sim/trace/run_record.hpp"

#include <string>

namespace connlab::report {

/// `# after step 3, Run Suspend-Queue …: 2024-06-03T09:00:00Z` and CRLF. Of several lines the first that is
/// no comment stands for all.
std::string step_heading(const trace::step_record& s);

} // namespace connlab::report
