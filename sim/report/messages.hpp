// The messages that arrived, as .eml files of the server that has them.
#pragma once

#include "sim/report/log_file.hpp"
#include "sim/trace/run_record.hpp"

#include <vector>

namespace connlab::report {

/// `TESTMS05/Messages/1.2.eml` for the message that flow 1.2 delivered there.
std::vector<log_file> messages(const trace::run_record& run);

} // namespace connlab::report
