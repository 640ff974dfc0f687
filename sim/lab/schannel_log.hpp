// What Schannel writes into the System log of one side of a handshake: errors, and, with EventLogging bit 4,
// what went well. (Schannel sheet 2.5, 4.1)
#pragma once

#include "sim/lab/tls_agreement.hpp"

#include <string>
#include <vector>

namespace connlab::lab {

struct schannel_facts {
    const exchange::server& who;
    tls::side side = tls::side::client;
    const net::handshake_result& seen;
    /// Null: the other side is a real process, or a fault broke the handshake.
    const tls_agreement* agreed = nullptr;
    const tls::credential* own = nullptr; // null: none
    bool presents = true;                 // the own certificate was asked for
    std::string target;                   // the host that the client names
    instant now{};
    bool real_peer = false; // what it came to is told by OpenSSL alone
};

/// None for a machine that is not Windows. Before the handshake, then of its end.
std::vector<trace::event_record> schannel_log(const schannel_facts& f);

} // namespace connlab::lab
