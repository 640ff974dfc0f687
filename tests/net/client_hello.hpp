// A ClientHello as RFC 5246 7.4.1.2 and RFC 8446 4.1.2 lay it out, read from the bytes that a context puts on
// the wire.
#pragma once

#include <string>
#include <vector>

struct ssl_ctx_st;

namespace connlab::net::tests {

struct client_hello {
    unsigned version = 0;
    std::vector<unsigned> suites;
    std::vector<unsigned> compressions;
    std::string server_name;                  // extension 0
    std::vector<unsigned> groups;             // extension 10
    std::vector<unsigned> supported_versions; // extension 43
    bool session_ticket = false;              // extension 35
};

client_hello read_client_hello(ssl_ctx_st* context, const std::string& server_name);

} // namespace connlab::net::tests
