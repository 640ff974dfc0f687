// EdgeSync over a real connection: TLS to the port of AD LDS, both sides of the session, and what they leave
// behind in the world.
#pragma once

#include "sim/exchange/edge_synchronizing.hpp"
#include "sim/lab/worker.hpp"
#include "sim/lab/world.hpp"
#include "sim/trace/run_record.hpp"

#include <vector>

namespace connlab::lab {

/// What sessions of EdgeSync have left to be written down.
struct edge_sync_report {
    std::vector<exchange::edge_sync_result> results;
    std::vector<trace::session_record> sessions;
    std::vector<trace::event_record> events;

    void append(edge_sync_report more);
};

/// Plays one session for each Edge that the order names, at `now`, and changes the organization (one of the
/// world's, or a draft of it). `w` tells of faults alone.
edge_sync_report synchronize_edges(const world& w, exchange::organization& o,
                                   const exchange::edge_sync_order& order, instant now, worker& with);

} // namespace connlab::lab
