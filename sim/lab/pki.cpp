#include "sim/lab/pki.hpp"

#include "sim/base/ascii.hpp"

#include <algorithm>

namespace connlab::lab {

namespace {

using scenario::authority;

constexpr std::chrono::days day{1};

std::string responder_id(const std::string& authority) {
    return authority + "/OCSP";
}

bool is_root(const authority& a) {
    return a.recipe.issuer.empty();
}

bool is_given_to(const authority& a, const exchange::server& s) {
    return std::any_of(a.trusted_by.begin(), a.trusted_by.end(), [&](const located<std::string>& who) {
        return ascii_iequal(*who, s.organization) || ascii_iequal(*who, s.name);
    });
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// By what the root is in the store, or not at all.
std::optional<chain::root_member> membership(const authority& a, const exchange::server& s,
                                             const scenario::declared_server& d) {
    using enum chain::root_member;
    const auto& id = a.recipe.id;
    const auto& stores = d.stores;
    if (a.public_programme && (!stores.auth_root || contains(*stores.auth_root, id)))
        return public_programme;
    const auto& forest = *d.reaches.forest;
    if (contains(stores.enterprise, id) || (!forest.empty() && ascii_iequal(*a.enterprise, forest)))
        return enterprise;
    if (contains(stores.group_policy, id))
        return group_policy;
    if (contains(stores.root, id) || is_given_to(a, s))
        return registry;
    return std::nullopt;
}

/// Two days before the clock: what is revoked from the beginning is on the first list.
instant long_ago(const world& w) {
    return w.plan.clock - 2 * day;
}

void revoke_declared(const world& w, std::map<std::string, certification_authority>& all,
                     const certs::certificate_recipe& recipe,
                     const std::optional<certs::revocation_reason>& reason) {
    const auto issuer = all.find(recipe.issuer);
    if (reason && issuer != all.end())
        issuer->second.revoke(w.certificates.at(recipe.id).cert.fields().serial, *reason, long_ago(w));
}

} // namespace

void add_responder_certificates(const scenario::scenario& plan,
                                std::vector<certs::certificate_recipe>& recipes) {
    for (const auto& a : plan.authorities) {
        if (!a.publishes.delegated_ocsp)
            continue;
        const auto id = responder_id(a.recipe.id);
        certs::x500_name name{{{{"2.5.4.3", a.recipe.id + " OCSP"}}}};
        recipes.push_back(
            certs::ocsp_signer(id, a.recipe.id, std::move(name), a.recipe.not_before, a.recipe.not_after));
    }
}

std::map<std::string, certification_authority> authorities_at_work(const world& w) {
    std::map<std::string, certification_authority> out;
    for (const auto& a : w.plan.authorities) {
        certification_authority at_work;
        at_work.id = a.recipe.id;
        at_work.how = a.publishes;
        at_work.forest = *a.enterprise;
        at_work.self = w.certificates.at(a.recipe.id);
        if (const auto signer = w.certificates.find(responder_id(a.recipe.id));
            signer != w.certificates.end() && a.publishes.delegated_ocsp)
            at_work.ocsp_signer = signer->second;
        if (a.public_programme && is_root(a))
            at_work.how.urls[scenario::publication::issuer].emplace_back(
                chain::root_update_url(at_work.self.cert), a.mark);
        at_work.published_at = w.plan.clock - std::min<duration>(day, a.publishes.crl_period / 2);
        at_work.faults = a.publishes.faults;
        out.emplace(a.recipe.id, std::move(at_work));
    }
    for (const auto& a : w.plan.authorities)
        revoke_declared(w, out, a.recipe, a.revoked);
    for (const auto& s : w.plan.servers)
        for (const auto& c : s.certificates)
            revoke_declared(w, out, c.recipe, c.revoked);
    return out;
}

void fill_stores(exchange::server& s, const world& w) {
    const auto* d = w.declared(s);
    if (d == nullptr)
        return;
    for (const auto& a : w.plan.authorities) {
        const auto& cert = w.certificates.at(a.recipe.id).cert;
        const auto& forest = *d->reaches.forest;
        const auto member = is_root(a) ? membership(a, s, *d) : std::nullopt;
        if (member)
            s.stores.roots.push_back({cert, *member});
        else if (is_root(a) && a.public_programme && d->reaches.root_update && s.is_exchange())
            s.stores.programme.push_back(cert);
        else if (contains(d->stores.ca, a.recipe.id) ||
                 (!is_root(a) &&
                  (is_given_to(a, s) || (!forest.empty() && ascii_iequal(*a.enterprise, forest)))))
            s.stores.intermediates.push_back(cert);
    }
    for (const auto& id : d->stores.disallowed)
        s.stores.disallowed.push_back(w.certificates.at(id).cert);
}

void add_updated_root(world& w, const remembered& fetched) {
    for (auto& o : w.organizations)
        for (auto& s : o.servers) {
            auto& missing = s.stores.programme;
            const auto root = certs::certificate::from_der(fetched.what.bytes);
            if (s.name == fetched.server && root && std::erase(missing, *root) > 0)
                s.stores.roots.push_back({*root, chain::root_member::public_programme});
        }
}

} // namespace connlab::lab
