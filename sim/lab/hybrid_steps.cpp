// The Hybrid Configuration Wizard: when the world is built, and as a step.
#include "sim/base/ascii.hpp"
#include "sim/exchange/hybrid_wizard.hpp"
#include "sim/exchange/refusals.hpp"
#include "sim/lab/steps.hpp"

#include <fmt/format.h>

#include <utility>

namespace connlab::lab {

namespace {

/// Null: no tenant of Exchange Online accepts its domains.
exchange::tenant* other_side(world& w, const exchange::organization& here) {
    for (auto& online : w.organizations)
        if (const auto* t = exchange::hybrid_tenant(here, online))
            for (auto& one : online.tenants)
                if (one.name == t->name)
                    return &one;
    return nullptr;
}

} // namespace

diagnostics run_wizard(world& w, exchange::organization& here, exchange::wizard_scope scope,
                       exchange::wizard_run& out) {
    auto* there = other_side(w, here);
    if (there == nullptr)
        return {{severity::error,
                 exchange::first_known({here.hybrid.domains.mark, here.hybrid.mark}),
                 fmt::format("no tenant of Exchange Online accepts `Domains` of {}: {}", here.name,
                             here.hybrid.domains->empty() ? "none" : join(*here.hybrid.domains, ", ")),
                 {},
                 {}}};
    auto refused = exchange::wizard_refusals(here, *there);
    if (refused.empty())
        out = exchange::run_hybrid_wizard(here, *there, scope);
    return refused;
}

bool player::play_step(const scenario::hybrid_wizard_step& s, trace::step_record& record,
                       diagnostics& findings) {
    record.verb = "HybridConfigurationWizard";
    auto& here = *world_.organization_named(*s.organization);
    const auto scope =
        s.certificate_alone ? exchange::wizard_scope::certificate : exchange::wizard_scope::everything;
    record.text = here.name + (s.certificate_alone ? ", the certificate alone" : "");
    exchange::wizard_run run;
    const auto refused =
        here.hybrid.exists()
            ? run_wizard(world_, here, scope, run)
            : diagnostics{
                  {severity::error,
                   s.organization.mark,
                   fmt::format("`HybridConfigurationWizard`: {} has no HybridConfiguration", here.name),
                   {},
                   {}}};
    for (const auto& d : refused)
        record.refusal += (record.refusal.empty() ? "" : "; ") + d.message;
    findings.insert(findings.end(), refused.begin(), refused.end());
    world_.date_connectors(now_);
    record.decisions = std::move(run.decisions);
    for (auto& d : record.decisions)
        d.at = now_;
    std::vector<std::string> lines = std::move(run.changes);
    if (lines.empty() && refused.empty())
        lines.emplace_back("nothing has changed");
    lines.insert(lines.end(), run.notes.begin(), run.notes.end());
    record.output = join(lines, "\n");
    return refused.empty();
}

} // namespace connlab::lab
