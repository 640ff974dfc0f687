// The world of a scenario, ready to run: certificates issued, stores filled, names resolvable. A value; only
// steps change it.
#pragma once

#include "certs/forge.hpp"
#include "sim/base/diagnostic.hpp"
#include "sim/exchange/hybrid_wizard.hpp"
#include "sim/exchange/model.hpp"
#include "sim/lab/certification_authority.hpp"
#include "sim/scenario/scenario.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace connlab::lab {

/// A server and its organization.
struct party {
    const exchange::organization* organization = nullptr; // null: nobody
    const exchange::server* server = nullptr;
};

struct world {
    scenario::scenario plan; // as loaded; `organizations` below is the living model
    std::vector<exchange::organization> organizations;
    std::map<std::string, certs::issued> certificates; // by recipe id
    std::vector<certs::certificate_recipe> recipes;    // of `certificates`, in order of issue
    const certs::key_pool* pool = nullptr;             // outlives the world
    std::map<std::string, scenario::fault> faults;     // by server name
    std::set<std::string> suspended_queues;            // by full_queue_name
    std::map<std::string, certification_authority> authorities;
    std::map<std::string, scenario::responder_fault> host_faults; // by HTTP host, lower case
    std::map<std::string, chain::url_cache> url_caches;           // by server name
    bool generated_keys = false;
    bool has_external = false;

    const exchange::organization* organization_named(std::string_view name) const;
    exchange::organization* organization_named(std::string_view name);
    /// Connectors of tenants that have no dates yet came to be now.
    void date_connectors(instant now);
    /// In whose shell the step's cmdlet runs: the one it names, else that of its server, else the first.
    /// Throws std::logic_error for a name that the loader would have refused.
    exchange::organization& administered(const scenario::run_step& s);
    const exchange::organization* organization_accepting(std::string_view domain) const;
    const exchange::server* server_named(std::string_view name) const;
    const scenario::declared_server* declared(const exchange::server& s) const;
    const scenario::reach& reach_of(const exchange::server& s) const;
    party party_named(std::string_view server) const; // by its NetBIOS name
    party party_at(const ip_address& declared) const;
};

/// Ids of the issuers above the recipe, nearest first, without the root.
std::vector<std::string> intermediates_of(const certs::certificate_recipe& recipe,
                                          const std::vector<certs::certificate_recipe>& all);

/// The Hybrid Configuration Wizard runs for an organization that has a hybrid configuration; its refusals
/// come back, and then nothing has changed.
diagnostics run_wizard(world& w, exchange::organization& here, exchange::wizard_scope scope,
                       exchange::wizard_run& out);

struct built_world {
    std::optional<world> value;
    diagnostics findings;
};

/// Issues every certificate the scenario declares and fills the servers' stores. The world keeps a reference
/// to the pool, from which cmdlets take keys. Errors: what the forge refuses.
built_world build_world(const scenario::scenario& plan, const certs::key_pool& pool);

} // namespace connlab::lab
