// What `check` finds without playing: the configuration, and the cmdlets of the steps, each applied where
// those before have left the model. EdgeSync is taken to succeed, and no message waits.
#include "sim/base/ascii.hpp"
#include "sim/cmdlet/cmdlet.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/edge_synchronizing.hpp"
#include "sim/lab/certificate_office.hpp"
#include "sim/lab/run.hpp"
#include "sim/lab/world.hpp"
#include "sim/scenario/judge.hpp"

#include <utility>
#include <variant>
#include <vector>

namespace connlab::lab {

namespace {

class rehearsal {
  public:
    explicit rehearsal(world w) : world_(std::move(w)), now_(world_.plan.clock) {}

    diagnostics configuration() const {
        return exchange::best_practice(world_.organizations, now_, world_.plan.behavior);
    }

    /// What is wrong with the step.
    diagnostics play(const scenario::step& s) {
        return std::visit([&](const auto& what) { return play_step(what); }, s.what);
    }

  private:
    template <class Step>
    diagnostics play_step(const Step& /*s*/) {
        return {};
    }

    diagnostics play_step(const scenario::advance_step& s) {
        now_ += s.length;
        for (auto& o : world_.organizations)
            synchronize(o, {});
        return {};
    }

    diagnostics play_step(const scenario::hybrid_wizard_step& s) {
        auto* here = world_.organization_named(*s.organization);
        if (here == nullptr || !here->hybrid.exists())
            return {};
        exchange::wizard_run ignored;
        return run_wizard(world_, *here,
                          s.certificate_alone ? exchange::wizard_scope::certificate
                                              : exchange::wizard_scope::everything,
                          ignored);
    }

    diagnostics play_step(const scenario::run_step& s) {
        certificate_office office(world_);
        const auto issue = [&](const certs::certificate_recipe& r) { return office.issue(r); };
        const auto replicate = [&](exchange::organization& draft, const exchange::edge_sync_order& order) {
            return synchronize(draft, order.edge);
        };
        auto result = cmdlet::run(s.text, s.at,
                                  cmdlet::shell{world_.administered(s),
                                                now_,
                                                {},
                                                issue,
                                                nullptr,
                                                s.server,
                                                &world_.plan.behavior,
                                                {},
                                                s.tenant,
                                                replicate,
                                                nullptr,
                                                true});
        if (!has_errors(result.findings))
            std::move(office).hand_over(world_);
        return std::move(result.findings);
    }

    /// `which`: an Edge; empty: every one.
    std::vector<exchange::edge_sync_result> synchronize(exchange::organization& o, const std::string& which) {
        for (auto& e : o.edge_subscriptions) {
            auto* edge = exchange::find_server(o, e.fqdn);
            if (edge != nullptr && (which.empty() || exchange::find_server(o, which) == edge))
                exchange::synchronize_beforehand(o, e, *edge, now_);
        }
        return {};
    }

    world world_;
    instant now_;
};

} // namespace

diagnostics best_practice(const scenario::scenario& plan, const certs::key_pool& pool) {
    auto built = build_world(plan, pool);
    if (!built.value)
        return built.findings;
    rehearsal r(std::move(*built.value));
    auto out = r.configuration();
    for (const auto& step : plan.steps) {
        auto found = r.play(step);
        if (!expects_refusal(step))
            out.insert(out.end(), found.begin(), found.end());
    }
    return out;
}

} // namespace connlab::lab
