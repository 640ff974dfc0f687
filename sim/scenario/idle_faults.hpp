// Faults that change nothing, because no certificate leads to where they are.
#pragma once

#include "sim/scenario/reading.hpp"

namespace connlab::scenario {

/// When everything has been read and every place is a URL. Warnings: such a scenario still runs.
void report_idle_faults(reading& r);

} // namespace connlab::scenario
