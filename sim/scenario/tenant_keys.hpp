// Tenants of Exchange Online: their domains, recipients and connectors, beside the servers of the
// organization that runs the service.
#pragma once

#include "sim/scenario/keys.hpp"

namespace connlab::scenario {

struct tenant_draft {
    exchange::tenant tenant;
};

const key_table<tenant_draft>& tenant_keys();
const key_table<exchange::outdated_servers>& outdated_servers_keys();

void read_tenants(const node& mapping, exchange::organization& into, reading& r);

/// Once the servers have been read: tenants need the service, and a domain belongs to one of them.
void check_tenants(const exchange::organization& o, reading& r);

} // namespace connlab::scenario
