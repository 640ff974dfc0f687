#include "sim/tls/registry_number.hpp"

#include "sim/base/ascii.hpp"

#include <charconv>

namespace connlab::tls {

std::optional<std::uint64_t> registry_number(std::string_view text) {
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);
    const bool hexadecimal = ascii_istarts_with(text, "0x");
    text.remove_prefix(hexadecimal ? 2 : 0);
    std::uint64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value, hexadecimal ? 16 : 10);
    if (text.empty() || read.ec != std::errc{} || read.ptr != end)
        return std::nullopt;
    return negative ? 0U - value : value;
}

std::optional<std::uint32_t> registry_dword(std::string_view text) {
    constexpr std::uint64_t largest = 0xffffffffU;
    const auto number = registry_number(text);
    if (!number)
        return std::nullopt;
    const bool fits = text.starts_with('-') ? 0U - *number <= largest / 2 + 1 : *number <= largest;
    return fits ? std::optional(static_cast<std::uint32_t>(*number)) : std::nullopt;
}

bool looks_like_a_number(std::string_view text) {
    text.remove_prefix(text.starts_with('-') ? 1 : 0);
    const bool hexadecimal = ascii_istarts_with(text, "0x");
    text.remove_prefix(hexadecimal ? 2 : 0);
    return !text.empty() && text.find_first_not_of(hexadecimal ? "0123456789abcdefABCDEF" : "0123456789") ==
                                std::string_view::npos;
}

} // namespace connlab::tls
