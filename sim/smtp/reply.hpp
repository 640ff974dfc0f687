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
    /// `5.7.3` when the first line begins with an enhanced status code, else empty. Its class need not be
    /// the code's: Exchange writes `451 5.7.3`.
    std::string_view enhanced_code() const;

    friend bool operator==(const reply&, const reply&) = default;
};

/// The enhanced status code (RFC 3463: class 2, 4 or 5, two numbers of at most three digits) that a text
/// begins with; empty: none.
std::string_view leading_enhanced_code(std::string_view text);

/// `250 2.1.0 Sender OK` → the bytes for the wire; every text line gets the code. An empty list is one empty
/// line.
std::string format_reply(int code, const std::vector<std::string>& lines);
/// From one string that begins with its code; ends with CRLF. Lines separated by LF make a reply of several
/// lines, of which the first one has the code.
std::string wire_reply(std::string_view text);
/// The same text with the enhanced status code taken out, for a server that does not advertise
/// ENHANCEDSTATUSCODES.
std::string without_enhanced_code(std::string_view text);

/// Collects the lines of one reply. Different codes between lines, lines without a code, more than 256 lines
/// or 64 KiB make it malformed; nothing a peer sends makes it throw.
class reply_reader {
  public:
    /// The whole reply when this line completes it.
    std::optional<reply> add(std::string_view line);

  private:
    reply give_up(std::string_view line);

    reply current_;
    std::size_t bytes_ = 0;
    bool begun_ = false;
};

/// A reply that is not one: as it came, cut to 80 bytes.
reply malformed_reply(std::string_view line);

} // namespace connlab::smtp
