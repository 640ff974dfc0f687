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

} // namespace connlab::tls
