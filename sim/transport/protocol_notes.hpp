// The TLS lines of Exchange's protocol logs as texts (on-premises sheet 6.4, Schannel sheet 3.5).
#pragma once

#include "certs/certificate.hpp"
#include "sim/transport/session_log.hpp"

#include <string>

namespace connlab::transport {

/// A certificate in one row (Exchange 2019 and later) or in a row for each attribute, by version unless the
/// switch ProtocolLogCertificateStyle says so.
bool one_row_for_a_certificate(const exchange::exchange_version& v, const exchange::behavior& b);

/// The rows about the certificate that this side presents.
void note_own_certificate(session_log& log, const certs::certificate& c, bool one_row);

/// The rows after a handshake: what the peer presented (an empty certificate: nothing) and what was
/// negotiated, in the order of the style.
void note_handshake(session_log& log, const certs::certificate& peer, std::string negotiated, bool one_row);

/// `TLS protocol SP_PROT_TLS1_2_SERVER negotiation succeeded using bulk encryption algorithm CALG_AES_256 …`
std::string negotiation_succeeded(const trace::handshake_view& h, bool server,
                                  const certs::certificate& server_cert);

} // namespace connlab::transport
