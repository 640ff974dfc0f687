#include "certs/serial_number.hpp"

#include "certs/der.hpp"

#include <fmt/format.h>

namespace connlab::certs {

namespace {

constexpr std::uint8_t integer_tag = 0x02;

int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// The bytes of hexadecimal digits; nothing for anything else.
std::string magnitude_of(std::string_view hex) {
    std::string out;
    const std::string padded = (hex.size() % 2 != 0 ? "0" : "") + std::string(hex);
    for (std::size_t i = 0; i < padded.size(); i += 2) {
        const int high = hex_digit(padded[i]);
        const int low = hex_digit(padded[i + 1]);
        if (high < 0 || low < 0)
            return {};
        out.push_back(static_cast<char>(static_cast<unsigned char>(high * 16 + low)));
    }
    return out;
}

/// Two's complement of a magnitude that is not zero, in the fewest bytes.
std::string negated(std::string bytes) {
    bytes.insert(bytes.begin(), '\0');
    unsigned carry = 1;
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
        const unsigned sum = (~static_cast<unsigned>(static_cast<unsigned char>(*byte)) & 0xffU) + carry;
        *byte = static_cast<char>(static_cast<unsigned char>(sum));
        carry = sum >> 8U;
    }
    while (bytes.size() > 1 && bytes[0] == '\xff' && (bytes[1] & 0x80) != 0)
        bytes.erase(bytes.begin());
    return bytes;
}

} // namespace

parsed<std::string> serial_number_der(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    const auto bytes = magnitude_of(text.substr(negative ? 1 : 0));
    if (bytes.empty())
        return parsed<std::string>::fail(
            fmt::format("'{}' is no serial number in hexadecimal digits.", text));
    if (negative && bytes.find_first_not_of('\0') != std::string::npos)
        return parsed<std::string>::ok(der::element(integer_tag, negated(bytes)));
    return parsed<std::string>::ok(der::unsigned_integer(bytes));
}

} // namespace connlab::certs
