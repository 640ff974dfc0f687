// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, at most U+10FFFF.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace connlab {

struct utf8_character {
    char32_t code = 0;     // 0 also for a byte that begins no well-formed character
    std::size_t bytes = 1; // 1 for such a byte
    bool well_formed = false;
};

/// The character at the front of `text`, which is not empty.
utf8_character first_utf8_character(std::string_view text);

/// A byte that can only stand inside a character.
bool is_utf8_continuation(char c);

/// The text with U+FFFD for each byte that belongs to no well-formed character.
std::string as_utf8(std::string_view text);

} // namespace connlab
