// What a server says in an SMTP session apart from its verdicts: Exchange's texts (on-premises sheet 3.7),
// Postfix-like ones for a plain SMTP partner. Plain strings, so that any session can be given them.
#pragma once

#include "sim/exchange/model.hpp"
#include "sim/smtp/session_replies.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace connlab::exchange {

using session_replies = smtp::session_replies;

/// The texts of this server's kind and version.
session_replies replies_for(const server& s);

/// True for a reply of an Exchange server whose wording no public source shows: it is the lab's.
bool is_our_wording(const server& s, std::string_view reply);

/// `<Fqdn> Hello [192.168.10.5]`, the first line of the EHLO reply without its code; a plain SMTP server says
/// its name only.
std::string hello_line(const server& s, const receive_connector& c, const ip_address& client);

/// The name that banner, EHLO reply and Received header carry: the connector's Fqdn, else the server's.
const std::string& announced_name(const server& s, const receive_connector& c);

/// `250 2.6.0 <message-id> [InternalId=N, Hostname=<fqdn>] <bytes> bytes in <s>, <rate> KB/sec Queued mail
/// for delivery`. `took` is virtual time; Postfix-like servers answer `250 2.0.0 Ok: queued as …`.
std::string queued_reply(const server& s, std::string_view message_id, std::uint64_t internal_id,
                         std::uint64_t bytes, duration took);

} // namespace connlab::exchange
