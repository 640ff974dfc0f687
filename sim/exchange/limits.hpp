// What a message's own size, its way so far and its recipient's domain decide, beside TLS.
#pragma once

#include "sim/exchange/decisions.hpp"

namespace connlab::exchange {

/// Whether the connector takes a message of so many octets: MaxMessageSize. `accepted` false: back to the
/// sender at once.
trace::decided<inbound_verdict> judge_size(const send_connector& c, std::uint64_t octets);

/// When a message was larger than MaxMessageSize of the Receive connector allows; `reply` is the session's.
trace::decided<inbound_verdict> refuse_size(const receive_connector& c, std::string reply);

/// When a connection has lasted for ConnectionTimeout; `reply` is the session's.
trace::decided<inbound_verdict> end_connection(const receive_connector& c, std::string reply);

/// After the content: MaxHopCount against the message's Received fields.
trace::decided<inbound_verdict> judge_hop_count(const receive_connector& c, std::string_view content);

/// How long the reply to a message is held back: an Edge without subscription has nobody for a shadow copy.
trace::decided<duration> acknowledgement_delay(const server& s, const receive_connector& c);

/// Whether a domain that does not exist ends the attempt for good: ErrorPolicies.
trace::decided<bool> is_permanent_dns_failure(const send_connector& c, std::string_view domain);

/// Whether mail for an accepted domain leaves by a Send connector: DomainType.
trace::decided<bool> is_relayed(const organization& o, std::string_view recipient);

/// What becomes of a recipient in an authoritative domain that has no mailbox: back to the sender.
trace::decided<inbound_verdict> judge_recipient(const organization& o, std::string_view recipient);
/// Where mail for the address goes: to the RemoteRoutingAddress of a remote mailbox, else to itself.
trace::decided<std::string> resolve_recipient(const organization& o, std::string_view recipient);

} // namespace connlab::exchange
