// The keys of a scenario file itself.
#pragma once

#include "sim/scenario/keys.hpp"

namespace connlab::scenario {

const key_table<scenario>& scenario_keys();

} // namespace connlab::scenario
