// A message on its way, and what one attempt needs to know.
#pragma once

#include "sim/base/instant.hpp"
#include "sim/base/source_mark.hpp"
#include "sim/exchange/tenant_attribution.hpp"
#include "sim/transport/retry_schedule.hpp"

#include <set>
#include <string>

namespace connlab::lab {

struct message {
    std::string id;    // 1, 2.3: step and flow that submitted it
    std::string kind;  // of a server's own message: NDR, Delay
    std::string about; // Message-ID of what such a one is about
    std::string message_id;
    std::string from;
    std::string to;
    std::string server; // that submits
    std::string content;
    source_mark mark;
    transport::retry_state retry;
    std::string addressed_to; // the recipient, when `to` is the routing address of a remote mailbox
    std::string tenant;       // in Exchange Online, whose message it is
    /// Likewise: sent by the tenant's own servers, to it by others, or (none) by one of its mailboxes.
    exchange::directionality direction = exchange::directionality::none;
    std::set<std::string> clear_hosts; // that are tried without STARTTLS at the next attempt
};

/// What mailbox submission writes on the message before the Transport service has it: Received by mapi, and
/// that it is the organization's own. Nothing on a server that is not a Mailbox server.
void submit(message& m, const exchange::server& s, instant at);

/// The message a Send step submits: fixed headers, the given body or a standard one, CRLF line ends.
message compose(std::string id, std::string from, std::string to, std::string server, const std::string& body,
                instant at);

} // namespace connlab::lab
