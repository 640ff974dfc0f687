// What Exchange Online writes on a message that it takes: which cross-premises fields it believes, whether
// the message is internal or anonymous, whose it is (Exchange Online sheet 1.10, 3.5, 3.6).
#pragma once

#include "sim/exchange/message_headers.hpp"
#include "sim/exchange/online_recipient.hpp"

#include <string>
#include <string_view>

namespace connlab::exchange {

/// Who took the message and from whom.
struct online_arrival {
    std::string server; // FQDN of the front end
    std::string hello;  // EHLO name of the client
    ip_address client;
};

struct online_message {
    std::string content;
    std::string auth_as; // Internal, Anonymous
};

/// Fields of the organization that a stranger wrote are removed. Cross-premises fields are promoted by a
/// connector with CloudServicesMailEnabled, else removed; a promoted message is as internal as its own
/// AuthAs field says, when the tenant knows the sender's domain. Without them TreatMessagesAsInternal can
/// make it internal.
trace::decided<online_message> stamp_online_message(std::string_view content, const online_recipient& came_by,
                                                    std::string_view sender_domain,
                                                    const online_arrival& how);

/// A message that Exchange Online has had twenty times is in a loop.
trace::decided<inbound_verdict> judge_online_passes(std::string_view content, const server& s,
                                                    const online_session_name& session);

/// Outwards: organization headers go along as cross-premises ones by a connector with
/// CloudServicesMailEnabled, else they stay behind; X-OriginatorOrg names the tenant.
trace::decided<filtered_message> send_online_message(std::string_view content, const send_connector& c,
                                                     const tenant& t, const server& s,
                                                     std::string_view recipient_domain);

/// What the mailbox's server refuses, after the front end has accepted or without one: a recipient of an
/// Authoritative domain that the tenant does not have, and a message that is not internal for one that takes
/// mail of authenticated senders only.
trace::decided<inbound_verdict> judge_online_delivery(const tenant& t, std::string_view recipient,
                                                      std::string_view auth_as);

} // namespace connlab::exchange
