// Expect: what has to have happened. What it means: sim/scenario/judge.hpp.
#pragma once

#include "sim/scenario/keys.hpp"

namespace connlab::scenario {

const key_table<expectation>& expectation_keys();
const key_table<expectation>& tls_expectation_keys();
const key_table<expectation>& queue_expectation_keys();

expectation read_expectation(const node& mapping, reading& r);

} // namespace connlab::scenario
