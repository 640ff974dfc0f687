// Which cipher suites and curves of a Windows are in force: the policy's list, the local one or the defaults,
// less what Ciphers, Hashes and KeyExchangeAlgorithms forbid. Internal. (Schannel sheet 2.2, 2.3)
#pragma once

#include "sim/tls/schannel.hpp"

namespace connlab::tls {

void set_suites(profile& p, const windows_tables& w, const registry& r, const schannel_switches& b);

} // namespace connlab::tls
