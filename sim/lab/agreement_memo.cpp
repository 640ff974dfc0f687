#include "sim/lab/agreement_memo.hpp"

#include <algorithm>
#include <utility>

namespace connlab::lab {

namespace {

/// True too for a certificate of another kind of key.
bool has_curve_of(const tls::profile& p, const certs::certificate& c) {
    return !c || c.fields().key != certs::key_kind::ec ||
           std::find(p.groups.begin(), p.groups.end(), c.fields().curve) != p.groups.end();
}

/// OpenSSL takes no certificate of a curve that is none of its groups; Windows asks about groups for the key
/// exchange alone.
void admit_curve(tls::profile& p, const certs::certificate& c) {
    if (!p.groups.empty() && !has_curve_of(p, c))
        p.groups.push_back(c.fields().curve);
}

/// Empty: the client has none.
certs::certificate leaf_of(const tls::client_offer& o) {
    return o.own.empty() || o.own.front().chain.empty() ? certs::certificate{} : o.own.front().chain.front();
}

certs::certificate leaf_of(const tls::server_offer& o) {
    return o.own.chain.empty() ? certs::certificate{} : o.own.chain.front();
}

const void* identity_of(const certs::certificate& c) {
    return c ? c.native() : nullptr;
}

computed_agreement compute(const offer_of<tls::client_offer>& client,
                           const offer_of<tls::server_offer>& server) {
    const auto& [client_name, from_client] = client;
    const auto& [server_name, from_server] = server;
    const auto presented = leaf_of(from_server);
    const auto of_client = leaf_of(from_client);
    auto decided = tls::negotiate({client_name, *from_client.what}, {server_name, *from_server.what},
                                  tls::key_of(presented));
    computed_agreement out;
    out.outcome = std::move(decided.value);
    if (out.outcome.succeeds() && from_server.ask != tls::client_certificate::not_asked &&
        !from_client.what->groups.empty() && !has_curve_of(*from_client.what, of_client))
        out.outcome.not_performed = "client certificate of a curve that its own list of curves lacks (" +
                                    of_client.fields().curve + ")";
    out.decisions.push_back(out.outcome.version_why);
    if (decided.why != out.outcome.version_why)
        out.decisions.push_back(std::move(decided.why));
    auto told = tls::forced(*from_client.what, *from_server.what, out.outcome);
    if (out.outcome.succeeds()) { // else none is looked at, and one group more could make a common one
        admit_curve(told.server, presented);
        admit_curve(told.server, of_client);
    }
    out.told_client = std::move(told.client);
    out.told_server = std::move(told.server);
    return out;
}

} // namespace

const computed_agreement& agreement_memo::of(const offer_of<tls::client_offer>& client,
                                             const offer_of<tls::server_offer>& server) {
    key asked{client.name,
              server.name,
              &*client.offer.what,
              &*server.offer.what,
              identity_of(leaf_of(client.offer)),
              identity_of(leaf_of(server.offer)),
              server.offer.ask != tls::client_certificate::not_asked};
    const auto found = known_.find(asked);
    if (found != known_.end())
        return found->second.made;
    entry fresh{client.offer, server.offer, compute(client, server)};
    return known_.emplace(std::move(asked), std::move(fresh)).first->second.made;
}

} // namespace connlab::lab
