// Fault steps: a server or the network before it misbehaves, or what an authority publishes.
#pragma once

#include "sim/scenario/step_keys.hpp"

#include <optional>

namespace connlab::scenario {

/// A Fault step while its keys are being read.
struct fault_draft {
    fault_step at_server;
    responder_fault_step at_responder;
    std::string kind;
    duration delay{};
    std::vector<std::string> places; // keys that say where; one is right
};

const key_table<fault_draft>& fault_keys();

void read_fault(step_draft& d, const node& n, reading& r);

} // namespace connlab::scenario
