// DSA keys that leave their parameters to their issuer's key (RFC 3279 2.3.2).
#pragma once

#include "certs/openssl_handle.hpp"

namespace connlab::certs {

/// The key bits of one certificate with the algorithm and parameters of another; null when that gives no key.
pkey_handle completed_key(const X509* bare, const X509* parameters);

} // namespace connlab::certs
