// Organizations: their servers, connectors and domains.
#pragma once

#include "sim/scenario/keys.hpp"

#include <string>
#include <vector>

namespace connlab::scenario {

/// A server while its keys are being read.
struct server_draft {
    exchange::server server;
    declared_server declared;
    bool has_default_certificate = true;
    const node* default_certificate = nullptr; // its settings
};

struct organization_draft {
    exchange::organization organization;
};

const key_table<server_draft>& server_keys();
const key_table<organization_draft>& organization_keys();

void read_organizations(const node& mapping, reading& r);

} // namespace connlab::scenario
