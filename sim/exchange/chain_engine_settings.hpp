// What an administrator set of the chain engine in the registry.
#pragma once

#include "sim/chain/verdict.hpp"
#include "sim/tls/registry.hpp"

namespace connlab::exchange {

/// ChainUrlRetrievalTimeoutMilliseconds, ChainRevAccumulativeUrlRetrievalTimeoutMilliseconds and
/// minRSAPubKeyBitLength of the engine's Config key; absent and 0 are the defaults (Schannel sheet 5.6, 6.3).
chain::engine_settings chain_engine_settings(const tls::registry& r);

} // namespace connlab::exchange
