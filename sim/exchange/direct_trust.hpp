// Direct trust between Edge and Mailbox servers: the very certificate that the directory knows, and nothing
// else (on-premises sheet 1.4).
#pragma once

#include "sim/exchange/decisions.hpp"

namespace connlab::exchange {

/// Whether a session between these two is one of direct trust: exactly one of them is an Edge.
bool uses_direct_trust(const server& a, const server& b);

/// The receiving side, after X-ANONYMOUSTLS: AD knows Edge servers by their subscription, AD LDS knows
/// Mailbox servers by EdgeSync. Not accepted: the session goes on unauthenticated; events 1036, 12019.
trace::decided<inbound_verdict> judge_trusted_client(const server& s, const inbound_facts& facts,
                                                     const ip_address& remote);

/// The sending side, after the handshake; events 2018, 12019.
trace::decided<send_verdict> judge_trusted_server(const server& s,
                                                  const std::vector<certs::certificate>& chain,
                                                  const endpoint& remote, instant now);

} // namespace connlab::exchange
