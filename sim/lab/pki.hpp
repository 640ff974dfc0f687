// The public key infrastructure of a world: authorities at work, and what the servers' stores hold of them.
#pragma once

#include "sim/lab/retriever.hpp"
#include "sim/lab/world.hpp"

#include <map>
#include <string>
#include <vector>

namespace connlab::lab {

/// Certificates of OCSP responders that sign in their authority's stead.
void add_responder_certificates(const scenario::scenario& plan,
                                std::vector<certs::certificate_recipe>& recipes);

/// The authorities as they are when the scenario begins: lists published, certificates revoked.
std::map<std::string, certification_authority> authorities_at_work(const world& w);

/// Root with its members, CA and Disallowed, by TrustedBy, Enterprise and Stores (Schannel sheet 5.1).
void fill_stores(exchange::server& s, const world& w);

/// Automatic root update has brought a root: it is in AuthRoot from now on.
void add_updated_root(world& w, const remembered& fetched);

} // namespace connlab::lab
