// ECDSA with the nonce derived from key and message (RFC 6979), so that a recipe gives the same bytes each
// time. OpenSSL 3.0 has no such mode of its own.
#pragma once

#include "certs/openssl_handle.hpp"

#include <string>
#include <string_view>

namespace connlab::certs {

/// The nonce k of RFC 6979 3.2 for private key `x` and the message digest made with `hash`, which also drives
/// the HMAC. `attempt` counts from 0; a higher one asks for the next candidate (r or s was zero).
number_handle rfc6979_nonce(const BIGNUM* order, const BIGNUM* x, std::string_view digest, const EVP_MD* hash,
                            int attempt = 0);

/// The Ecdsa-Sig-Value (DER) over `digest`.
std::string rfc6979_sign(const EC_GROUP* group, const BIGNUM* x, std::string_view digest, const EVP_MD* hash);

} // namespace connlab::certs
