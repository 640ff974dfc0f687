#include "sim/lab/world.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/edge_subscribing.hpp"
#include "sim/exchange/hybrid_wizard.hpp"
#include "sim/exchange/schannel_settings.hpp"
#include "sim/lab/pki.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace connlab::lab {

namespace {

using scenario::declared_certificate;

exchange::stored_certificate stored(const declared_certificate& d, const world& w) {
    const auto& issued = w.certificates.at(d.recipe.id);
    exchange::stored_certificate out;
    out.name = d.recipe.id;
    out.mark = d.mark;
    out.cert = issued.cert;
    if (d.private_key)
        out.key = issued.key;
    out.services = d.services;
    out.friendly_name = d.friendly_name;
    const auto beside =
        d.also_send.empty() && d.send_chain ? intermediates_of(d.recipe, w.recipes) : d.also_send;
    for (const auto& id : beside)
        if (const auto found = w.certificates.find(id); found != w.certificates.end())
            out.sent_with.push_back(found->second.cert);
    return out;
}

/// The thumbprint that AD names as the internal transport certificate: the declared one, else setup's
/// default.
std::string internal_thumbprint(const scenario::declared_server& d, const exchange::server& s,
                                const std::optional<located<std::string>>& by_name) {
    for (std::size_t i = 0; i < d.certificates.size(); ++i) {
        const auto& id = d.certificates[i].recipe.id;
        const bool named = by_name && ascii_iequal(id.substr(id.rfind('/') + 1), **by_name);
        if (named || (!by_name && d.certificates[i].default_certificate))
            return s.certificates[i].cert.thumbprint();
    }
    return {};
}

/// A Windows after setup, with what the scenario changed in its registry before the services were started; or
/// what a current OpenSSL offers.
void set_up_tls(exchange::server& s, const world& w) {
    const auto* d = w.declared(s);
    if (s.is_exchange()) {
        s.registry = exchange::registry_after_setup(s, w.plan.behavior);
        if (d != nullptr)
            tls::apply(d->registry, s.registry);
        return exchange::restart(s, exchange::restarted::computer, w.plan.behavior);
    }
    auto offered = tls::current_openssl();
    if (d != nullptr && !d->tls_versions.empty()) {
        offered.versions = d->tls_versions;
        std::sort(offered.versions.begin(), offered.versions.end());
        offered.versions.erase(std::unique(offered.versions.begin(), offered.versions.end()),
                               offered.versions.end());
    }
    const tls::shared_profile both(std::move(offered));
    s.transport_tls = {both, both};
}

void fill_server(exchange::server& s, const world& w) {
    set_up_tls(s, w);
    fill_stores(s, w);
    if (s.receive_connectors.empty())
        s.receive_connectors = exchange::default_receive_connectors(s);
    s.implicit_connectors = exchange::implicit_receive_connectors(s);
    const auto* d = w.declared(s);
    if (d == nullptr)
        return;
    for (const auto& c : d->certificates) {
        s.certificates.push_back(stored(c, w));
        const auto& made = s.certificates.back();
        // An administrator imports the chain with the certificate: Schannel presents what the CA store holds.
        s.stores.intermediates.insert(s.stores.intermediates.end(), made.sent_with.begin(),
                                      made.sent_with.end());
        if (c.default_certificate) // setup copies it to LocalMachine\Root (Schannel sheet 7.5)
            s.stores.roots.push_back({made.cert, chain::root_member::registry});
    }
    if (s.is_exchange())
        s.internal_transport_thumbprint = internal_thumbprint(*d, s, d->internal_transport);
}

/// Edges that were subscribed before the scenario begins, with the certificates that the servers had then.
void subscribe_edges(exchange::organization& o, const world& w, diagnostics& findings) {
    std::map<std::string, std::string> certificates;
    for (const auto& s : o.servers)
        if (const auto* d = w.declared(s); d != nullptr && d->subscribed_with)
            certificates[s.name] = internal_thumbprint(*d, s, d->subscribed_with);
    for (auto& edge : o.servers) {
        if (edge.edge_subscription->empty())
            continue;
        for (auto& error : exchange::subscribed_beforehand(o, edge, w.plan.clock, certificates))
            findings.push_back(
                {severity::error, edge.edge_subscription.mark, "`EdgeSubscription`: " + error, {}, {}});
    }
}

/// The wizard has run once.
void set_up_hybrid(exchange::organization& o, world& w, diagnostics& findings) {
    if (!o.hybrid.exists())
        return;
    exchange::wizard_run first;
    auto refused = run_wizard(w, o, exchange::wizard_scope::everything, first);
    findings.insert(findings.end(), refused.begin(), refused.end());
}

} // namespace

const exchange::organization* world::organization_named(std::string_view name) const {
    for (const auto& o : organizations)
        if (ascii_iequal(o.name, name))
            return &o;
    return nullptr;
}

exchange::organization* world::organization_named(std::string_view name) {
    for (auto& o : organizations)
        if (ascii_iequal(o.name, name))
            return &o;
    return nullptr;
}

exchange::organization& world::administered(const scenario::run_step& s) {
    if (!s.tenant.empty())
        for (auto& o : organizations)
            for (const auto& t : o.tenants)
                if (ascii_iequal(t.name, s.tenant))
                    return o;
    const auto named = !s.organization.empty()                   ? s.organization
                       : party_named(s.server).server != nullptr ? party_named(s.server).server->organization
                                                                 : organizations.front().name;
    auto* o = organization_named(named);
    if (o == nullptr)
        throw std::logic_error("a cmdlet runs in an organization that is not in the world: " +
                               s.organization);
    return *o;
}

void world::date_connectors(instant now) {
    for (auto& o : organizations)
        for (auto& t : o.tenants)
            t.date_connectors(now);
}

const exchange::organization* world::organization_accepting(std::string_view domain) const {
    for (const auto& o : organizations)
        if (o.accepts(domain))
            return &o;
    return nullptr;
}

const exchange::server* world::server_named(std::string_view name) const {
    for (const auto& o : organizations)
        for (const auto& s : o.servers)
            if (ascii_iequal(s.name, name) || same_domain(*s.fqdn, name))
                return &s;
    return nullptr;
}

const scenario::declared_server* world::declared(const exchange::server& s) const {
    for (const auto& d : plan.servers)
        if (d.organization == s.organization && d.name == s.name)
            return &d;
    return nullptr;
}

const scenario::reach& world::reach_of(const exchange::server& s) const {
    static const scenario::reach usual;
    const auto* d = declared(s);
    return d == nullptr ? usual : d->reaches;
}

party world::party_named(std::string_view server) const {
    for (const auto& o : organizations)
        for (const auto& s : o.servers)
            if (ascii_iequal(s.name, server))
                return {&o, &s};
    return {};
}

party world::party_at(const ip_address& declared) const {
    for (const auto& o : organizations)
        for (const auto& s : o.servers)
            if (std::find(s.addresses->begin(), s.addresses->end(), declared) != s.addresses->end())
                return {&o, &s};
    return {};
}

std::vector<std::string> intermediates_of(const certs::certificate_recipe& recipe,
                                          const std::vector<certs::certificate_recipe>& all) {
    const auto named = [&](const std::string& id) {
        return std::find_if(all.begin(), all.end(), [&](const auto& r) { return r.id == id; });
    };
    std::vector<std::string> ids;
    std::set<std::string> seen;
    for (auto id = recipe.issuer; !id.empty() && seen.insert(id).second;) {
        const auto found = named(id);
        if (found == all.end() || found->issuer.empty())
            break;
        ids.push_back(id);
        id = found->issuer;
    }
    return ids;
}

built_world build_world(const scenario::scenario& plan, const certs::key_pool& pool) {
    built_world out;
    auto recipes = scenario::recipes_of(plan);
    add_responder_certificates(plan, recipes);
    auto forged = certs::forge(recipes, pool);
    if (!forged) {
        out.findings.push_back({severity::error, source_mark{plan.path, 1, 1, 1}, forged.error, {}, {}});
        return out;
    }
    world w;
    w.plan = plan;
    w.organizations = plan.organizations;
    w.certificates = std::move(forged->by_id);
    w.recipes = std::move(recipes);
    w.pool = &pool;
    w.generated_keys = forged->generated_keys;
    w.authorities = authorities_at_work(w);
    for (auto& o : w.organizations)
        for (auto& s : o.servers) {
            fill_server(s, w);
            w.has_external = w.has_external || !s.external.empty();
        }
    for (auto& o : w.organizations)
        set_up_hybrid(o, w, out.findings);
    w.date_connectors(plan.clock);
    for (auto& o : w.organizations) // EdgeSync replicates what the wizard made
        subscribe_edges(o, w, out.findings);
    if (has_errors(out.findings))
        return out;
    out.value = std::move(w);
    return out;
}

} // namespace connlab::lab
