// Which of several paths Windows returns: the one of the best quality (Schannel sheet 5.2, item 4).
#pragma once

#include "sim/chain/path_checks.hpp"

#include <string>

namespace connlab::chain {

/// A strict order that never depends on chance or on the order of the peer's certificates.
bool better(const checked_path& a, const checked_path& b);

/// `CN=Root → CN=Issuing [1A2B3C4D] → CN=leaf`: what `best` does not hold bears the begin of its thumbprint,
/// since twins of cross-signing have one name.
std::string drawn(const path& p, const path& best);
/// Why `p` lost against `best`: its errors, by certificate, or what is preferred among equals.
std::string why_lost(const checked_path& p, const checked_path& best);

} // namespace connlab::chain
