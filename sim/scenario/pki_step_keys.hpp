// Steps about certification authorities and what servers remember of them: Revoke, Publish-Crl,
// Clear-UrlCache.
#pragma once

#include "sim/scenario/step_keys.hpp"

namespace connlab::scenario {

const key_table<revoke_step>& revoke_keys();
key_table<step_draft> pki_step_keys();

} // namespace connlab::scenario
