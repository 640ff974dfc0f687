// SMTP replies: parsing what a peer says, line by line, and writing our own (RFC 5321 section 4.2, RFC 2034).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::smtp {

struct reply {
    int code = 0;                   // 200 to 599; 0: malformed
    std::vector<std::string> lines; // texts without code and separator
    bool malformed = false;

    bool positive() const { return code >= 200 && code < 300; }
    bool intermediate() const { return code >= 300 && code < 400; }
    bool transient() const { return code >= 400 && code < 500; }
    bool permanent() const { return code >= 500; }
    /// `451 5.7.3 Must issue …`: code and the lines joined by blanks. A malformed reply shows what came.
    std::string text() const;
};

/// `250 2.1.0 Sender OK` → the bytes for the wire; every text line gets the code. An empty list is one empty
/// line.
std::string format_reply(int code, const std::vector<std::string>& lines);
/// From one string that begins with its code; ends with CRLF.
std::string wire_reply(std::string_view text);

/// Collects the lines of one reply. Wrong codes between lines, lines without a code and more than 256 lines
/// make it malformed; nothing a peer sends makes it throw.
class reply_reader {
  public:
    /// The whole reply when this line completes it.
    std::optional<reply> add(std::string_view line);

  private:
    reply current_;
    bool begun_ = false;
};

} // namespace connlab::smtp
