// Entries of an event log that say the same of a service at the same moment.
#pragma once

#include "sim/trace/run_record.hpp"

#include <vector>

namespace connlab::trace {

/// What several sessions of one instant find out about a server's certificates is written once by its
/// service: the first entry stays. Assumed: how often Exchange repeats these events is not public. Other
/// events belong to their session and stay.
void fold_repeated(std::vector<event_record>& events);

} // namespace connlab::trace
