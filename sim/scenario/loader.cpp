#include "sim/scenario/loader.hpp"
#include "sim/scenario/idle_faults.hpp"

#include "sim/base/ascii.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/hybrid_wizard.hpp"
#include "sim/exchange/online_validation.hpp"
#include "sim/scenario/layering.hpp"
#include "sim/scenario/publishing_keys.hpp"
#include "sim/scenario/references.hpp"
#include "sim/scenario/scenario_keys.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace connlab::scenario {

namespace {

/// More than anyone reads; a file that is something else altogether would have thousands.
constexpr std::size_t most_findings = 100;

/// A root that everyone trusts is a member of the root programme; an intermediate is in everyone's CA store.
void hand_out_intermediates(scenario& world) {
    for (auto& a : world.authorities)
        if (a.public_programme && !a.recipe.issuer.empty())
            for (const auto& o : world.organizations)
                a.trusted_by.emplace_back(o.name, a.mark);
}

exchange::server_role role_behind(const exchange::organization& o, const exchange::send_connector& c) {
    for (const auto& s : o.servers)
        for (const auto& source : *c.source_transport_servers)
            if (s.name == source)
                return s.role;
    return o.servers.empty() ? exchange::server_role::mailbox : o.servers.front().role;
}

/// A rule without a place of its own is shown at the connector or the server.
void take(diagnostics found, const source_mark& otherwise, reading& r) {
    for (auto& d : found) {
        if (!d.mark.known())
            d.mark = otherwise;
        r.findings.push_back(std::move(d));
    }
}

void check_server(exchange::server s, reading& r) {
    auto& connectors = s.receive_connectors;
    connectors.erase(
        std::remove_if(connectors.begin(), connectors.end(),
                       [&](const exchange::receive_connector& c) { return r.is_misread(c.mark); }),
        connectors.end());
    for (const auto& c : connectors)
        take(exchange::validate(c, s), c.mark.known() ? c.mark : s.mark, r);
    take(exchange::validate(s), s.mark, r);
}

template <class Connector>
void check_connectors(const std::vector<Connector>& all, reading& r) {
    for (const auto& c : all)
        if (!r.is_misread(c.mark))
            take(exchange::validate(c), c.mark, r);
}

void check_tenant_combinations(const exchange::organization& o, reading& r) {
    for (const auto& t : o.tenants) {
        check_connectors(t.inbound_connectors, r);
        check_connectors(t.outbound_connectors, r);
        take(exchange::validate(t), t.mark, r);
    }
    take(exchange::validate(o.tenants), o.mark, r);
}

/// What the wizard would not take; its other side is the tenant that accepts the domains.
void check_hybrid_configuration(const exchange::organization& o, reading& r) {
    if (!o.hybrid.exists() || r.is_misread(o.hybrid.mark))
        return;
    for (const auto& online : r.world.organizations)
        if (const auto* t = exchange::hybrid_tenant(o, online))
            return take(exchange::wizard_refusals(o, *t), o.hybrid.mark, r);
    r.error(
        o.hybrid.domains.mark.known() ? o.hybrid.domains.mark : o.hybrid.mark,
        fmt::format("`HybridConfiguration`: no tenant of Exchange Online accepts {}",
                    o.hybrid.domains->empty() ? "the domains of " + o.name : join(*o.hybrid.domains, ", ")));
}

/// Combinations that Exchange refuses.
void check_combinations(reading& r) {
    for (const auto& o : r.world.organizations) {
        for (const auto& c : o.send_connectors)
            if (!r.is_misread(c.mark))
                take(exchange::validate(c, role_behind(o, c)), c.mark, r);
        for (const auto& s : o.servers)
            check_server(s, r);
        check_tenant_combinations(o, r);
        check_hybrid_configuration(o, r);
    }
}

void sort_and_limit(diagnostics& findings) {
    std::stable_sort(findings.begin(), findings.end(), [](const diagnostic& a, const diagnostic& b) {
        return std::tie(a.mark.file, a.mark.line, a.mark.column, a.level) <
               std::tie(b.mark.file, b.mark.line, b.mark.column, b.level);
    });
    findings.erase(std::unique(findings.begin(), findings.end()), findings.end());
    if (findings.size() <= most_findings)
        return;
    const auto more = findings.size() - most_findings;
    const auto level = has_errors(findings) ? severity::error : severity::warning;
    findings.resize(most_findings);
    const auto last = findings.back().mark;
    findings.push_back({level, last, fmt::format("{} more like these are not shown", more), {}, {}});
}

} // namespace

loaded load(const std::string& path, const file_reader& read) {
    auto layers = read_layers(path, read);
    loaded out;
    out.texts = std::move(layers.texts);
    reading r;
    r.findings = std::move(layers.findings);
    r.read_file = read;
    if (layers.root) {
        r.world.path = path;
        r.world.clock = *parse_instant("2024-06-03T09:00:00Z");
        read_keys(*layers.root, "a scenario", {path, 0, 0, 1}, scenario_keys(), r.world, r);
        hand_out_intermediates(r.world);
        place_publications(r);
        check_references(r);
        report_idle_faults(r);
        check_combinations(r);
    }
    out.texts.merge(r.texts);
    sort_and_limit(r.findings);
    if (layers.root && !has_errors(r.findings))
        out.value = std::move(r.world);
    out.findings = std::move(r.findings);
    return out;
}

} // namespace connlab::scenario
