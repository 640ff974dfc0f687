// RSAES-OAEP for the holder of a certificate's key (RFC 8017 7.1), with a seed that follows from key and
// message: the same bytes each time.
#pragma once

#include "certs/certificate.hpp"

#include <string>
#include <string_view>

namespace connlab::certs {

/// With SHA-256 and MGF1. Errors: no RSA key, or one too short for the message (its length less 66 bytes).
parsed<std::string> encrypted_for(const certificate& holder, std::string_view message);

/// Errors: no RSA key, or bytes that were not encrypted for it.
parsed<std::string> decrypted_with(const private_key& key, std::string_view bytes);

} // namespace connlab::certs
