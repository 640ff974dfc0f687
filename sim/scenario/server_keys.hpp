// Servers: role, place, certificates, Receive connectors, and what a plain SMTP server has in their stead.
#pragma once

#include "sim/scenario/keys.hpp"

#include <optional>
#include <string>
#include <vector>

namespace connlab::scenario {

/// A server while its keys are being read.
struct server_draft {
    exchange::server server;
    declared_server declared;
    bool has_default_certificate = true;
    std::optional<node> default_certificate; // its settings
    std::optional<node> setup_certificates;  // those that mail flow does not use
};

const key_table<server_draft>& server_keys();

/// `m`: name and keys.
void read_server(const member& m, exchange::organization& into, reading& r);

} // namespace connlab::scenario
