// Revocation along the best path, and what of it counts (Schannel sheet 5.2 item 5, 6.4). Internal.
#pragma once

#include "sim/chain/path_checks.hpp"
#include "sim/chain/revocation.hpp"

#include <vector>

namespace connlab::chain {

/// Adds to the verdict's elements what is found out, for a path that ends in a trusted root, from the root's
/// side down. The first element that waits for an answer ends the round; those below it are not looked at
/// yet.
std::vector<revocation_finding> look_up_revocation(verdict& v, const checked_path& p, const question& q,
                                                   signature_memo& memo);

/// The bits that CertVerifyCertificateChainPolicy minds: the caller may take an unknown revocation for none.
std::uint32_t bits_that_count(const verdict& v, const revocation_flags& flags);

/// The rule of the first element, from the leaf upward, that makes the verdict's error.
std::string_view deciding_rule(const std::vector<revocation_finding>& found, policy_error policy);

/// What was found out rests on the assumed ones among the rules that it followed.
void disclose(trace::decision& why, const std::vector<revocation_finding>& found);

} // namespace connlab::chain
