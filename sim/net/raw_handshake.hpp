// A handshake through memory, without network or SMTP: what the benchmark sets complete flows against.
#pragma once

#include "sim/net/tls_context.hpp"

#include <string>

namespace connlab::net {

/// Plays one handshake, both ends in this thread; false: it did not complete.
bool raw_handshake(const tls_context& client, const tls_context& server, const std::string& sni);

} // namespace connlab::net
