// The TLS lines of Exchange's protocol logs as texts (on-premises sheet 6.4, Schannel sheet 3.5).
#pragma once

#include "certs/certificate.hpp"
#include "sim/trace/run_record.hpp"

#include <string>

namespace connlab::transport {

/// ` CN=… CN=… SERIAL THUMBPRINT 2020-01-17T15:15:33.000Z 2025-01-17T15:15:33.000Z a;b`
std::string certificate_data(const certs::certificate& c);

/// `TLS protocol SP_PROT_TLS1_2_SERVER negotiation succeeded using bulk encryption algorithm CALG_AES_256 …`
std::string negotiation_succeeded(const trace::handshake_view& h, bool server,
                                  const certs::certificate& server_cert);

} // namespace connlab::transport
