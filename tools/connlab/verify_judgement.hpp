// A case of `connlab verify`, judged with everything that it brings.
#pragma once

#include "tools/connlab/verify_case.hpp"

namespace connlab::command {

/// Checks revocation as told; where nothing is told, only if the case brings what tells of it. An OCSP
/// response about a leaf that names no responder counts as stapled.
void settle_revocation(verify_case& c, const std::optional<chain::revocation_flags>& told);

/// Windows' verdict, with everything that the case brings.
trace::decided<chain::verdict> judge(const verify_case& c, chain::signature_memo& memo);

} // namespace connlab::command
