// One attempt to deliver one message: hop after hop, each with its connector, policy and sessions, until it
// has arrived or waits.
#pragma once

#include "sim/lab/message.hpp"
#include "sim/lab/retriever.hpp"
#include "sim/lab/worker.hpp"
#include "sim/lab/world.hpp"

#include <set>
#include <string>

namespace connlab::lab {

struct attempt {
    trace::flow_record record;
    message onward;            // as it is now: where it waits, and its content after the hops it has made
    std::string queue;         // key of the queue the message waits in: connector and next hop domain
    std::string tls_domain;    // of that queue, when Domain Security is in force
    std::string delivery_type; // DnsConnectorDelivery, SmartHostConnectorDelivery
    std::set<std::string> clear_hosts; // for the next attempt
    bool made = true;                  // false: it went into a suspended queue at once
    std::vector<remembered> fetched;   // for the servers' caches
};

/// Of a queue on a server, by the key that attempt::queue is.
std::string full_queue_name(const std::string& server, const std::string& key);

/// Plays the attempt at `at` in the world as it is. Nothing in the world changes: steps merge results
/// afterwards.
attempt try_to_deliver(const world& w, const message& m, std::string flow_id, instant at, worker& with);

} // namespace connlab::lab
