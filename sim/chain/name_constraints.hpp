// Name constraints of one CA against the names of one certificate below it (RFC 5280 4.2.1.10, with Windows'
// treatment of the CN: Schannel sheet 5.7).
#pragma once

#include "sim/chain/checks.hpp"

namespace connlab::chain {

/// What is wrong with the constrained certificate. `is_leaf`: the CN stands for a missing dNSName.
failed_checks check_constraints(const certs::certificate_fields& ca, const certs::certificate_fields& below,
                                bool is_leaf);

} // namespace connlab::chain
