// Dns: the records that are listed; what is not listed follows from the servers (sim/lab).
#pragma once

#include "sim/scenario/keys.hpp"

#include <string>

namespace connlab::scenario {

struct dns_draft {
    std::string name; // lower case
};

const key_table<dns_draft>& dns_keys();

void read_dns(const node& mapping, reading& r);

} // namespace connlab::scenario
