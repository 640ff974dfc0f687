// Handshakes that `openssl s_client -msg` printed, and bytes written by hand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::tls::tests {

/// `<<< TLS 1.2, Handshake [length 0061], ServerHello` and the bytes below it.
struct recorded_message {
    bool from_client = false;
    std::string content; // Handshake, ChangeCipherSpec, Alert
    std::size_t length = 0;
    std::string name; // OpenSSL's
    std::string bytes;
};

/// `tests/cases/handshake-tls-1-2.txt` for "1-2".
std::vector<recorded_message> recorded(std::string_view version);

/// `16 03 01` → three bytes; blanks and line feeds do not count.
std::string bytes_of(std::string_view hex);

/// Type, length of three bytes, body.
std::string message(std::uint8_t type, std::string_view body);

} // namespace connlab::tls::tests
