// What setup wrote into a server's registry, and what its services offer since they were started.
#pragma once

#include "sim/exchange/behavior.hpp"
#include "sim/exchange/model.hpp"
#include "sim/tls/schannel.hpp"

namespace connlab::exchange {

/// The contested rules of the Schannel model as the scenario's `Behavior:` has them.
tls::schannel_switches schannel_switches_of(const behavior& b);

tls::windows_version windows_of(const server& s);

/// Of a newly installed server of this version on this Windows.
tls::registry registry_after_setup(const server& s, const behavior& b);

/// Which services are started anew: Restart-Service, or everything with Restart-Computer.
enum class restarted { transport, front_end, computer };

/// The services make new credentials from the registry as it is now. Suites and curves of the policy key are
/// read when the computer starts. A plain SMTP server (Role Smtp, ExchangeOnline) has no registry: nothing
/// happens.
void restart(server& s, restarted what, const behavior& b);

} // namespace connlab::exchange
