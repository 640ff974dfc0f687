// A handshake message in one line: what matters most of its fields.
#pragma once

#include "sim/tls/handshake_message.hpp"

#include <string>

namespace connlab::tls {

/// `TLS 1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384` of a ServerHello; empty when there is nothing to say.
/// `type`: the number of the message.
std::string summary_of(const trace::tls_message& m, std::uint32_t type, const settled& so_far);

} // namespace connlab::tls
