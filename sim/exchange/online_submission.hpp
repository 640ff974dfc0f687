// Client submission to Exchange Online, port 587 of smtp.office365.com: what stands before the logon, and
// whose message one is that comes after it (Exchange Online sheet 1.8, 6.4, 7.1).
#pragma once

#include "sim/exchange/online_recipient.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace connlab::exchange {

inline constexpr std::uint16_t submission_port = 587;

/// AUTH and MAIL FROM inside a TLS 1.0 or 1.1 that was negotiated: refused with 421 4.7.66. `tls_version` as
/// the Received header prints it (TLS1_0); empty: clear text.
trace::decided<inbound_verdict> judge_submission_version(const server& s, std::string_view tls_version);

/// MAIL FROM of a client that has logged on, or has not.
trace::decided<inbound_verdict> judge_submission_sender(bool logged_on, const online_session_name& session);

/// RCPT TO after a logon: the message is that of the tenant which accepts the sender's domain.
online_recipient judge_submitted_recipient(const std::vector<tenant>& all, std::string_view sender,
                                           std::string_view recipient, const online_session_name& session);

} // namespace connlab::exchange
