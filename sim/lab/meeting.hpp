// One connection to one next hop: who answers there, what the two sessions say to each other, what it came
// to; and, when a proxy answers, the sessions that it opens behind.
#pragma once

#include "sim/lab/message.hpp"
#include "sim/lab/routing.hpp"
#include "sim/lab/worker.hpp"
#include "sim/transport/sending_session.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace connlab::lab {

struct meeting;

/// The side that connects, and what it has decided beforehand.
struct caller {
    const exchange::server& server;
    std::string service; // FrontEnd, Hub, Edge; empty: no Exchange server
    const exchange::send_connector& connector;
    const exchange::certificate_choice& own; // client certificate
    const exchange::tls_policy& policy;
    std::string recipient_domain;
    /// What a Front End that is asked to proxy (port 717) does with the message.
    std::function<meeting(const message&, instant, worker&)> proxied = {};
    std::vector<trace::decision> decided = {}; // that belong to the session
    /// Exchange Online: its connector, and whose message it is.
    std::optional<exchange::online_attempt> online = {};
    const exchange::tenant* tenant = nullptr;
    std::string originator_organization = {}; // XOORG
};

/// A decision of one of the sessions.
struct place_of_decision {
    std::size_t session = 0;
    std::size_t decision = 0;
};

/// Who has the message now.
struct acceptance {
    const exchange::server* server = nullptr; // null: a real process, or nobody
    exchange::transport_role service = exchange::transport_role::hub_transport;
    std::string content;
    trace::delivery_record receipt;
    std::string tenant; // of Exchange Online, whose message it is
    exchange::directionality direction = exchange::directionality::none;
};

struct meeting {
    std::vector<trace::session_record> sessions; // with the next hop, then those behind it
    transport::attempt_outcome outcome;
    std::optional<place_of_decision> deciding; // what ended the attempt
    acceptance accepted;                       // when delivered
    std::vector<trace::event_record> events;   // of all servers
    std::vector<std::string> findings;
    instant ended{};
};

/// Plays the session at `at` over real sockets; `ended` tells the virtual time that it took.
meeting meet(const world& w, const message& m, const caller& who, const next_hop& hop, instant at,
             worker& with);

/// Plays a session between services of one organization, by the implicit connector: X-ANONYMOUSTLS, X-EXPS.
/// `onward`: the Send connector that an Edge is to send by.
meeting meet_inside(const world& w, const message& m, const exchange::server& from, std::string service,
                    const exchange::server& to, std::uint16_t port, instant at, worker& with,
                    const exchange::send_connector* onward = nullptr);

} // namespace connlab::lab
