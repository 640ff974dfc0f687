// What can be checked only when everything has been read: that every name stands for something.
#pragma once

#include "sim/scenario/reading.hpp"

namespace connlab::scenario {

/// Errors: unknown authorities, organizations, servers, certificates, senders; circles of issuers; names and
/// addresses of servers that are not unique. Warnings: hosts that nothing answers for.
void check_references(reading& r);

} // namespace connlab::scenario
