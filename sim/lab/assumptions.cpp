#include "sim/lab/assumptions.hpp"

#include "sim/lab/run.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace connlab::lab {

namespace {

const std::map<std::string, const trace::rule*, std::less<>>& by_id() {
    static const auto index = [] {
        std::map<std::string, const trace::rule*, std::less<>> out;
        for (const auto& r : rule_catalogue())
            out.emplace(r.id, &r);
        return out;
    }();
    return index;
}

template <class Visit>
void each_decision(const trace::flow_record& f, Visit visit) {
    for (const auto& d : f.decisions)
        visit(d);
    for (const auto& s : f.sessions)
        for (const auto& d : s.decisions)
            visit(d);
}

} // namespace

std::vector<std::string> assumptions_of(const trace::flow_record& f) {
    std::set<std::string> ids;
    each_decision(f, [&](const trace::decision& d) {
        const auto rule = by_id().find(d.rule);
        if (rule != by_id().end() && rule->second->level == trace::confidence::assumed)
            ids.insert(d.rule);
        ids.insert(d.assumed.begin(), d.assumed.end());
    });
    return {ids.begin(), ids.end()};
}

std::vector<trace::rule> rules_used(const trace::run_record& r) {
    std::set<std::string> ids;
    const auto note = [&](const trace::decision& d) {
        ids.insert(d.rule);
        ids.insert(d.assumed.begin(), d.assumed.end());
    };
    for (const auto& step : r.steps) {
        for (const auto& d : step.decisions)
            note(d);
        for (const auto& s : step.synchronizations)
            for (const auto& d : s.decisions)
                note(d);
        for (const auto* flows : {&step.flows, &step.reports})
            for (const auto& f : *flows) {
                each_decision(f, [&](const trace::decision& d) { ids.insert(d.rule); });
                ids.insert(f.assumptions.begin(), f.assumptions.end());
            }
    }
    std::vector<trace::rule> out;
    for (const auto& id : ids)
        if (const auto found = by_id().find(id); found != by_id().end())
            out.push_back(*found->second);
    return out;
}

} // namespace connlab::lab
