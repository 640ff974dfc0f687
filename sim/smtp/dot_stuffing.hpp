// Transparency of message content (RFC 5321 section 4.5.2).
#pragma once

#include <string>
#include <string_view>

namespace connlab::smtp {

/// Content for DATA: a dot is put before every line that begins with one, a missing final CRLF is added, then
/// the closing `.` line. Only CRLF ends a line: a bare LF is left alone.
std::string dot_stuffed(std::string_view content);

/// The content behind what came between DATA's reply and the closing dot line (which is not part of `wire`).
std::string dot_unstuffed(std::string_view wire);

} // namespace connlab::smtp
