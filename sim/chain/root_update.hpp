// Automatic root update: a root of the public programme that the Root store does not hold is fetched when a
// chain needs it (Schannel sheet 5.1). Internal.
#pragma once

#include "sim/chain/path_checks.hpp"

#include <optional>
#include <vector>

namespace connlab::chain {

/// The root that would complete or anchor one of the paths, when none leads to a trusted root and the
/// programme has it. Best path first.
std::optional<retrieval> wanted_root(const std::vector<checked_path>& ranked, const question& q);

/// The store with the roots that have been fetched; nothing: none has.
std::optional<store> with_fetched_roots(const question& q);

} // namespace connlab::chain
