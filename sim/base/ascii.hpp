// ASCII case and splitting: protocols and parameter names compare without regard to case, and never by
// locale.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace connlab {

std::string ascii_lower(std::string_view text);
std::string ascii_upper(std::string_view text);
bool ascii_iequal(std::string_view a, std::string_view b);
bool ascii_istarts_with(std::string_view text, std::string_view prefix);
std::string_view trim(std::string_view text); // blanks, tabs, CR, LF at both ends
/// Always at least one part: the empty text is one empty part.
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// Upper-case hexadecimal, two digits a byte.
std::string to_hex(std::string_view bytes);

/// Orders and compares names without regard to ASCII case (for maps of connector and server names).
struct ascii_iless {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const;
};

} // namespace connlab
