// The parts of an http URL (RFC 3986, RFC 9110 4.2.1), as far as certificates use them.
#pragma once

#include "sim/base/parsed.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace connlab {

struct http_url {
    std::string host; // as written
    std::uint16_t port = 80;
    std::string target; // path and query; `/` when there is none
    friend bool operator==(const http_url&, const http_url&) = default;
};

/// The scheme in lower case; empty: there is none.
std::string url_scheme(std::string_view url);

/// `http://host[:port]/path?query`. Errors: another scheme, user information, no host, no port number, blanks
/// and control characters.
parsed<http_url> parse_http_url(std::string_view text);

/// `host`, or `host:port` where the port is not 80: what stands in the Host field.
std::string authority_of(const http_url& url);

} // namespace connlab
