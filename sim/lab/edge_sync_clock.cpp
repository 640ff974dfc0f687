#include "sim/lab/edge_sync_clock.hpp"

#include "sim/exchange/edge_subscribing.hpp"

#include <algorithm>

namespace connlab::lab {

edge_sync_clock::edge_sync_clock(world& w, instant now) : w_(w) {
    for (auto& o : w.organizations)
        for (const auto& e : o.edge_subscriptions)
            all_.push_back({&o, e.name, exchange::next_edge_sync(o, e, now)});
}

instant edge_sync_clock::next_due() const {
    auto first = instant::max();
    for (const auto& one : all_)
        first = std::min(first, one.due);
    return first;
}

edge_sync_report edge_sync_clock::run_due(instant now, worker& with) {
    edge_sync_report out;
    for (auto& one : all_) {
        if (one.due > now)
            continue;
        auto& o = *one.organization;
        out.append(synchronize_edges(w_, o, {one.edge, {}, false}, now, with));
        one.due = exchange::next_edge_change(o, *exchange::find_edge_subscription(o, one.edge));
    }
    return out;
}

std::vector<trace::decision> edge_sync_clock::finish(instant until) {
    std::vector<trace::decision> out;
    for (auto& one : all_) {
        auto& o = *one.organization;
        out.push_back(
            exchange::pass_quiet_sessions(o, *exchange::find_edge_subscription(o, one.edge), until));
        out.back().at = until;
    }
    return out;
}

} // namespace connlab::lab
