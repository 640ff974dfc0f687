// What the Get- cmdlets of Exchange Online PowerShell show of a tenant. Internal.
#pragma once

#include "sim/cmdlet/listing.hpp"

#include <vector>

namespace connlab::cmdlet {

/// Nothing in the Exchange Management Shell.
view inbound_connectors(const query& q);
view outbound_connectors(const query& q);

/// Of the shell's tenant, else of the organization.
const std::vector<exchange::remote_domain>& remote_domains_of(const shell& in);

} // namespace connlab::cmdlet
