#include "sim/tls/registry_text.hpp"

#include "sim/base/utf8.hpp"

#include <cstdint>

namespace connlab::tls {

namespace {

constexpr char32_t replacement = 0xFFFD;

void append(std::string& to, char32_t c) {
    const auto byte = [&](char32_t bits) { to += static_cast<char>(static_cast<unsigned char>(bits)); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0U | (c >> 6U));
        byte(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        byte(0xE0U | (c >> 12U));
        byte(0x80U | ((c >> 6U) & 0x3FU));
        byte(0x80U | (c & 0x3FU));
    } else {
        byte(0xF0U | (c >> 18U));
        byte(0x80U | ((c >> 12U) & 0x3FU));
        byte(0x80U | ((c >> 6U) & 0x3FU));
        byte(0x80U | (c & 0x3FU));
    }
}

char32_t unit_at(std::string_view bytes, std::size_t i) {
    return static_cast<unsigned char>(bytes[i]) |
           static_cast<char32_t>(static_cast<unsigned char>(bytes[i + 1])) << 8U;
}

bool is_high(char32_t unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low(char32_t unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto c = first_utf8_character(text);
        if (!c.well_formed)
            return false;
        text.remove_prefix(c.bytes);
    }
    return true;
}

std::string of_latin1(std::string_view bytes) {
    std::string out;
    for (const char c : bytes)
        append(out, static_cast<unsigned char>(c));
    return out;
}

std::string without_nul(std::string text) {
    std::string out;
    for (const char c : text)
        c == '\0' ? append(out, replacement) : void(out += c);
    return out;
}

} // namespace

std::string utf8_of_utf16(std::string_view bytes) {
    std::string out;
    std::size_t i = 0;
    for (; i + 1 < bytes.size(); i += 2) {
        const auto unit = unit_at(bytes, i);
        const auto next = i + 3 < bytes.size() ? unit_at(bytes, i + 2) : char32_t{0};
        if (is_high(unit) && is_low(next)) {
            append(out, 0x10000 + ((unit - 0xD800) << 10U) + (next - 0xDC00));
            i += 2;
        } else {
            append(out, is_high(unit) || is_low(unit) ? replacement : unit);
        }
    }
    if (i < bytes.size())
        append(out, replacement);
    return out;
}

std::string registry_text(std::string_view bytes) {
    if (bytes.substr(0, 2) == "\xFF\xFE")
        return without_nul(utf8_of_utf16(bytes.substr(2)));
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF")
        return without_nul(as_utf8(bytes.substr(3)));
    return without_nul(is_utf8(bytes) ? std::string(bytes) : of_latin1(bytes));
}

} // namespace connlab::tls
