// What the Get- cmdlets of Exchange Online PowerShell show of a tenant. Internal.
#pragma once

#include "sim/cmdlet/listing.hpp"

#include <vector>

namespace connlab::cmdlet {

/// Nothing in the Exchange Management Shell.
view inbound_connectors(const query& q);
view outbound_connectors(const query& q);

/// Set-OrganizationConfig's parameters, as far as the lab has them.
view organization_config(const query& q);

/// The tenant's own; null: no shell of a tenant.
const std::vector<exchange::accepted_domain>* accepted_domains_of_tenant(const shell& in);

/// Of the shell's tenant, else of the organization.
const std::vector<exchange::remote_domain>& remote_domains_of(const shell& in);

} // namespace connlab::cmdlet
