// What Get-Queue shows on each server after each step, as a text file.
#pragma once

#include "sim/report/log_file.hpp"
#include "sim/trace/run_record.hpp"

#include <vector>

namespace connlab::report {

/// `TESTMS05/Queues.txt`: for every step that left something in a queue of the server, its queues as
/// Format-List prints them, in the server's zone and culture.
std::vector<log_file> queue_views(const trace::run_record& run);

} // namespace connlab::report
