// The event logs of a run, a file for each server and log: as the Event Viewer copies an event's details, and
// as JSON.
#pragma once

#include "sim/report/log_file.hpp"
#include "sim/trace/run_record.hpp"

#include <vector>

namespace connlab::report {

/// `TESTMS05/Application.txt` and `TESTMS05/Application.json`, in order of their paths; events in order of
/// time, those of one instant in the order in which they were written.
std::vector<log_file> event_logs(const trace::run_record& run);

} // namespace connlab::report
