// The parts of this library's rule catalogue. Internal.
#pragma once

#include "sim/chain/verdict.hpp"

namespace connlab::chain {

std::vector<trace::rule> revocation_rules();

} // namespace connlab::chain
