// `RemoteDomains:` of an organization or a tenant.
#pragma once

#include "sim/exchange/domains.hpp"
#include "sim/scenario/node.hpp"
#include "sim/scenario/reading.hpp"

#include <vector>

namespace connlab::scenario {

/// `Default` is there from the beginning; another name adds one, which needs DomainName.
void read_remote_domains(std::vector<exchange::remote_domain>& all, const node& n, reading& r);

} // namespace connlab::scenario
