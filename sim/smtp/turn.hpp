// What a session says and what it waits for next; what the driver tells a session. Sessions do no I/O.
#pragma once

#include "sim/base/instant.hpp"

#include <cstdint>
#include <string>
#include <variant>

namespace connlab::smtp {

enum class next {
    read_line, // one line without its line end
    read_data, // message content: until <CRLF>.<CRLF>, or exactly `octets` bytes (BDAT)
    start_tls, // flush, drop what is buffered in clear, then the handshake (RFC 3207 section 4.2)
    pass_on,   // hand the message to the service behind this one; its answer is `passed_on`
    finish,    // flush and close
};

struct turn {
    std::string send; // bytes for the wire, may be empty
    next then = next::read_line;
    std::uint64_t octets = 0; // read_data: 0 means until the dot
    bool content = false;     // `send` is message content, not lines
    bool secret = false;      // what `send` says behind its first words is for no log
    duration pause{};         // virtual time that goes by before `send` (tarpit)
};

/// The connection stands. A server speaks first, a client waits.
struct connected {};
struct line_received {
    std::string text;
    bool bare_lf = false;  // ended by LF alone
    bool too_long = false; // cut at the driver's limit
};
/// Content as it was on the wire: dot-stuffed and without the final dot line, or a BDAT chunk as it is.
struct data_received {
    std::string bytes;
};
struct tls_started {
    std::uint64_t discarded = 0; // clear-text bytes that were dropped at the upgrade
};
struct tls_failed {};
struct passed_on {
    std::string reply; // of the service behind, for the client
};
struct closed {};    // by the peer
struct timed_out {}; // nothing came for as long as this side waits

using event = std::variant<connected, line_received, data_received, tls_started, tls_failed, passed_on,
                           closed, timed_out>;

} // namespace connlab::smtp
