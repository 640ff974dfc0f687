// Expectations against the record: what was expected, what happened, and why.
#pragma once

#include "sim/scenario/scenario.hpp"
#include "sim/trace/run_record.hpp"

namespace connlab::scenario {

/// The checks of one step, in the order of the file. LastError matches the innermost reply; Decision the
/// deciding word or rule; Tls, ServerCertificate, ClientCertificate the last session; Events the ids that
/// were logged.
std::vector<trace::expectation_record> judge(const step& s, const trace::step_record& happened);

} // namespace connlab::scenario
