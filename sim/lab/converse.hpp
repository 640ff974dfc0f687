// The one driver for both sides of a session: bytes in, events out, turns in, bytes out; virtual time jumps
// when both wait.
#pragma once

#include "sim/lab/agreement_memo.hpp"
#include "sim/net/loopback.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/trace/run_record.hpp"
#include "sim/transport/receiving_session.hpp"
#include "sim/transport/sending_session.hpp"

#include <functional>

namespace connlab::lab {

/// What the sessions of one worker share.
struct conversation {
    net::loopback& network;
    net::tls_contexts& contexts;
    agreement_memo& agreements;
    transport::sending_session* client;   // null: a real process calls
    transport::receiving_session* server; // null: a real process answers
    scenario::fault fault;                // of the server, or of what stands before it
    instant& now;                         // the flow's virtual time
    trace::session_record& record;        // lines and handshake are added
    /// What a side's Windows fetches for a verdict, and how long it took; needed where a session asks.
    std::function<chain::retrieved(const transport::errand&, instant)> client_fetches = {};
    std::function<chain::retrieved(const transport::errand&, instant)> server_fetches = {};
    /// What the service behind says of a message that a proxy has taken; virtual time goes on meanwhile.
    std::function<std::string()> pass_on = {};
    /// What a device that inspects TLS presents instead of the server's own certificate.
    const exchange::stored_certificate* inspects_with = nullptr;
    /// OCSP response that the server has for clients that ask (DER); empty: none.
    std::string stapled_response = {};
};

/// The log that this connector's service keeps, still empty.
trace::protocol_log receive_log_of(const exchange::server& s, const exchange::receive_connector& c);

/// Plays the session to its end over the connection. Throws only for faults of the lab.
void converse(const conversation& c, net::connection ends);

} // namespace connlab::lab
