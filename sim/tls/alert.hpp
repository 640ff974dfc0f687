// Alerts: their names (RFC 5246 7.2, RFC 8446 6) and what Schannel makes of one that it receives.
#pragma once

#include <string>
#include <string_view>

namespace connlab::tls {

/// Numbers of the alerts that end a negotiation (RFC 8446, 6.2).
namespace alert_number {
inline constexpr int handshake_failure = 40;
inline constexpr int protocol_version = 70;
} // namespace alert_number

/// `unknown_ca`; empty: no alert has this number.
std::string_view alert_name(int number);

/// `handshake_failure (40)`, `alert (7)` for a number without a name.
std::string alert_text(int number);

/// What InitializeSecurityContext or AcceptSecurityContext answer to whoever receives the alert:
/// `SEC_E_UNTRUSTED_ROOT (0x80090325)`. Source: Schannel Error Codes for TLS and SSL Alerts.
std::string_view schannel_answer(int alert);

/// The alert speaks of the certificate that its receiver has presented, or has not.
bool is_about_a_certificate(int alert);

} // namespace connlab::tls
