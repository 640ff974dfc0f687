// Organizations: their mail domains, Send connectors and TransportConfig; servers by server_keys.
#pragma once

#include "sim/scenario/keys.hpp"

namespace connlab::scenario {

struct organization_draft {
    exchange::organization organization;
};

const key_table<organization_draft>& organization_keys();

void read_organizations(const node& mapping, reading& r);

} // namespace connlab::scenario
