// What contradicts itself in a tenant's configuration: one diagnostic each, placed at the value that breaks
// the rule (I1-I6, O1-O5, N1-N3). The texts are ours, and say so.
#pragma once

#include "sim/base/diagnostic.hpp"
#include "sim/exchange/tenant.hpp"

#include <vector>

namespace connlab::exchange {

diagnostics validate(const inbound_connector& c);
diagnostics validate(const outbound_connector& c);
diagnostics validate(const tenant& t, const inbound_connector& c); // its AssociatedAcceptedDomains
diagnostics validate(const tenant& t);                // its recipients, its connectors among each other
diagnostics validate(const std::vector<tenant>& all); // tenants of one service: no domain in two of them

} // namespace connlab::exchange
