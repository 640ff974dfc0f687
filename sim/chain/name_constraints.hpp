// Name constraints of one CA against the names of one certificate below it (RFC 5280 4.2.1.10, Windows' CN
// treatment).
#pragma once

#include "certs/certificate.hpp"

#include <cstdint>

namespace connlab::chain {

/// Error bits for the constrained certificate. `is_leaf`: the CN stands for a missing dNSName (Schannel
/// sheet 5.7).
std::uint32_t constraint_errors(const certs::certificate_fields& ca, const certs::certificate_fields& below,
                                bool is_leaf);

} // namespace connlab::chain
