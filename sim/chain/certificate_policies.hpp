// Certificate policies of a path (RFC 5280 6.1): only a path that demands an explicit policy can fail here.
#pragma once

#include "sim/chain/path_builder.hpp"

namespace connlab::chain {

/// INVALID_POLICY_CONSTRAINTS when the path requires an explicit policy and none is left, or the extensions
/// contradict each other. No initial policy is asked for, as Windows does unless told.
std::uint32_t policy_errors(const path& p);

} // namespace connlab::chain
