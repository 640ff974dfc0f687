// Certificate policies of a path (RFC 5280 6.1): only a path that demands an explicit policy can fail here.
#pragma once

#include "sim/chain/checks.hpp"

namespace connlab::chain {

/// What is wrong, for the leaf to bear. No initial policy is asked for, as Windows does unless told.
failed_checks check_policies(const path& p, const policy_inputs& asked);

} // namespace connlab::chain
