// What Windows has and reaches on a server: members of the certificate stores, domain, Internet, WinHTTP
// proxy, automatic root update.
#pragma once

#include "sim/scenario/server_keys.hpp"

namespace connlab::scenario {

struct stores_draft {
    declared_stores value;
};

key_table<server_draft> windows_keys();
const key_table<stores_draft>& stores_keys();

/// What the keys that were not written come to. `of`: the server's organization.
void complete_reach(server_draft& d);

} // namespace connlab::scenario
