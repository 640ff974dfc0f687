// The step Tamper: somebody changes a file that a cmdlet has written.
#pragma once

#include "sim/scenario/step_keys.hpp"

namespace connlab::scenario {

const key_table<tamper_step>& tamper_keys();
key_table<step_draft> tamper_step_keys();

} // namespace connlab::scenario
