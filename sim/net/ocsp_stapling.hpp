// OCSP stapling (RFC 6066 section 8) in OpenSSL's terms: a client asks, a server sends the response that it
// was given, and the client reads what came. Nothing is judged here.
#pragma once

#include <string>

struct ssl_st;
struct ssl_ctx_st;

namespace connlab::net {

/// Servers of this context answer status_request when they have something to staple.
void answer_status_requests(ssl_ctx_st* server);
/// What this server staples (DER). `response` outlives the handshake; null: nothing.
void staple(ssl_st* server, const std::string* response);
void ask_for_status(ssl_st* client);
/// What came with the server's certificate (DER); empty: nothing.
std::string stapled_response(ssl_st* client);

} // namespace connlab::net
