// The rules that judge a configuration before anything runs: combinations that Exchange refuses (V1-V13 of a
// Send connector, R1-R14 of a Receive connector) and best-practice findings (check.*).
#pragma once

#include "sim/trace/decision.hpp"

#include <vector>

namespace connlab::exchange {

/// The catalogue of these rules; that of the decisions is rules().
const std::vector<trace::rule>& configuration_rules();

} // namespace connlab::exchange
