#include "sim/lab/run.hpp"

#include "sim/exchange/configuration_rules.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/lab/assumptions.hpp"
#include "sim/lab/retriever.hpp"
#include "sim/lab/routing.hpp"
#include "sim/lab/stapling.hpp"
#include "sim/lab/steps.hpp"
#include "sim/tls/negotiate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace connlab::lab {

namespace {

/// A fault of the lab says where it happened.
bool play_named(player& p, const scenario::step& s, trace::step_record& record, diagnostics& findings) {
    try {
        return p.play(s, record, findings);
    } catch (const std::exception& fault) {
        throw std::runtime_error(
            fmt::format("{}, step {}: {}", to_string(s.mark), record.number, fault.what()));
    }
}

} // namespace

const std::vector<trace::rule>& rule_catalogue() {
    static const std::vector<trace::rule> all = [] {
        std::vector<trace::rule> out;
        for (const auto* table : {&exchange::rules(), &exchange::configuration_rules(), &chain::rules(),
                                  &routing_rules(), &retrieval_rules(), &stapling_rules(), &tls::rules()})
            out.insert(out.end(), table->begin(), table->end());
        std::sort(out.begin(), out.end(),
                  [](const trace::rule& a, const trace::rule& b) { return a.id < b.id; });
        return out;
    }();
    return all;
}

run_result run(const scenario::scenario& plan, const certs::key_pool& pool, const run_options& options) {
    run_result out;
    auto built = build_world(plan, pool);
    out.findings = std::move(built.findings);
    if (!built.value)
        return out;
    trace::run_record record;
    record.path = plan.path;
    record.title = plan.title;
    record.about = plan.about;
    record.shows = plan.shows;
    record.clock = plan.clock;
    record.generated_keys = built.value->generated_keys;
    record.byte_stable = !built.value->has_external;
    player p(std::move(*built.value), options);
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        trace::step_record step;
        step.number = static_cast<int>(i + 1);
        const bool played = play_named(p, plan.steps[i], step, out.findings);
        record.steps.push_back(std::move(step));
        if (!played) {
            record.stopped_at = static_cast<int>(i + 1);
            break;
        }
    }
    record.rules = rules_used(record);
    out.record = std::move(record);
    out.most_at_once = p.most_at_once();
    return out;
}

} // namespace connlab::lab
