// The TLS lines of Exchange's protocol logs as texts (on-premises sheet 6.4, Schannel sheet 3.5).
#pragma once

#include "certs/certificate.hpp"
#include "sim/tls/suite.hpp"
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

/// How this version prints the key exchange on a curve, unless the switch ProtocolLogKeyExchange says so:
/// CALG_ECDHE before Exchange 2016 CU16 and 2019 CU5 (both of 2020), CALG_ECDH_EPHEM from there [assumed].
std::string_view ecdhe_token(const exchange::exchange_version& v, const exchange::behavior& b);

/// Bits of the key exchange: the prime's, the curve's, or the server's RSA key's.
int key_exchange_bits(const tls::suite& s, const trace::handshake_view& h,
                      const certs::certificate& server_cert);

/// `TLS protocol SP_PROT_TLS1_2_SERVER negotiation succeeded using bulk encryption algorithm CALG_AES_256 …`
std::string negotiation_succeeded(const trace::handshake_view& h, bool server,
                                  const certs::certificate& server_cert,
                                  std::string_view ecdhe = "CALG_ECDH_EPHEM");

/// The rights of the session under their names; builds of 2013 alone write them.
void note_permissions(session_log& log, const exchange::exchange_version& v, std::uint32_t granted);

/// `Tarpit for '0.00:00:05'`; from 2019 on with the reply that waits (the division by version is assumed).
void note_tarpit(session_log& log, const exchange::exchange_version& v, duration length,
                 std::string_view reply);

/// Before MAIL FROM. How Exchange numbers its records is not public: the lab's number is made of the
/// Message-ID.
void note_message(session_log& log, std::string_view message_id);

/// The Message-ID of a message's header, with its brackets; empty when there is none.
std::string message_id_of(const std::string& content);

} // namespace connlab::transport
