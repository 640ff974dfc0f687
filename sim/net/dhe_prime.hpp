// The prime of a server's DHE key exchange: one of the well-known groups, by its length.
#pragma once

struct ssl_ctx_st;

namespace connlab::net {

/// The shortest well-known safe prime of at least `bits` bits: 768 and 1024 of RFC 2409, 1536 to 8192 of RFC
/// 3526. Throws std::runtime_error when OpenSSL refuses it.
void set_dhe_prime(ssl_ctx_st* ctx, int bits);

} // namespace connlab::net
