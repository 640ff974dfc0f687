// One connection to one next hop: who answers there, what the two sessions say to each other, what it came
// to.
#pragma once

#include "sim/lab/message.hpp"
#include "sim/lab/routing.hpp"
#include "sim/lab/worker.hpp"
#include "sim/transport/sending_session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace connlab::lab {

/// The side that connects, and what it has decided beforehand.
struct caller {
    const exchange::server& server;
    const exchange::send_connector& connector;
    const exchange::certificate_choice& own; // client certificate
    const exchange::tls_policy& policy;
    std::string recipient_domain;
};

struct meeting {
    trace::session_record session;
    transport::attempt_outcome outcome;
    std::optional<std::size_t> deciding; // among the session's decisions: what ended the attempt
    std::vector<trace::delivery_record> deliveries;
    std::vector<trace::event_record> events; // of both servers
    std::vector<std::string> findings;
};

/// Plays the session at `at` over real sockets; `session.ended` tells the virtual time that it took.
meeting meet(const world& w, const message& m, const caller& who, const next_hop& hop, instant at,
             worker& with);

} // namespace connlab::lab
