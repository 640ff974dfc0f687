#include "certs/der.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace connlab::certs::der {
namespace {

enum tag : std::uint8_t {
    boolean_tag = 0x01,
    integer_tag = 0x02,
    bit_string_tag = 0x03,
    octet_string_tag = 0x04,
    null_tag = 0x05,
    oid_tag = 0x06,
    enumerated_tag = 0x0a,
    utf8_tag = 0x0c,
    printable_tag = 0x13,
    ia5_tag = 0x16,
    utc_time_tag = 0x17,
    generalized_time_tag = 0x18,
    sequence_tag = 0x30,
    set_tag = 0x31,
    context = 0x80,
    context_constructed = 0xa0,
};

void append_byte(std::string& out, std::uint64_t value) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(value)));
}

std::string length(std::size_t n) {
    std::string out;
    if (n < 0x80) {
        append_byte(out, n);
        return out;
    }
    std::string digits;
    for (; n != 0; n >>= 8)
        append_byte(digits, n & 0xff);
    append_byte(out, 0x80 | digits.size());
    out.append(digits.rbegin(), digits.rend());
    return out;
}

/// Two's complement in the fewest bytes.
std::string integer_content(std::int64_t value) {
    std::string out;
    do {
        append_byte(out, static_cast<std::uint64_t>(value) & 0xff);
        value >>= 8;
    } while (!((value == 0 && (out.back() & 0x80) == 0) || (value == -1 && (out.back() & 0x80) != 0)));
    std::reverse(out.begin(), out.end());
    return out;
}

/// One arc, base 128, high bit on all bytes but the last.
std::string arc(std::uint64_t value) {
    std::string out;
    append_byte(out, value & 0x7f);
    for (value >>= 7; value != 0; value >>= 7)
        append_byte(out, 0x80 | (value & 0x7f));
    std::reverse(out.begin(), out.end());
    return out;
}

/// The arcs of a dotted form; empty when it is none.
std::vector<std::uint64_t> arcs_of(std::string_view dotted) {
    std::vector<std::uint64_t> out;
    const char* at = dotted.data();
    const char* const end = at + dotted.size();
    while (true) {
        std::uint64_t value = 0;
        const auto [next, error] = std::from_chars(at, end, value);
        if (error != std::errc{})
            return {};
        out.push_back(value);
        if (next == end)
            return out;
        if (*next != '.')
            return {};
        at = next + 1;
    }
}

/// `20240603090000Z`
std::string digits_of(instant at) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    const auto day = std::chrono::floor<std::chrono::days>(seconds);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(seconds - day);
    return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

} // namespace

std::string element(std::uint8_t tag, std::string_view content) {
    std::string out;
    append_byte(out, tag);
    out += length(content.size());
    out += content;
    return out;
}

std::string sequence(std::string_view content) {
    return element(sequence_tag, content);
}

std::string set_of(std::vector<std::string> elements) {
    std::sort(elements.begin(), elements.end());
    std::string content;
    for (const auto& e : elements)
        content += e;
    return element(set_tag, content);
}

std::string boolean(bool value) {
    return element(boolean_tag, value ? "\xff" : std::string_view("\0", 1));
}

std::string integer(std::int64_t value) {
    return element(integer_tag, integer_content(value));
}

std::string unsigned_integer(std::string_view bytes) {
    const auto first = std::min(bytes.find_first_not_of('\0'), bytes.size());
    std::string content(bytes.substr(first));
    if (content.empty() || (content.front() & 0x80) != 0)
        content.insert(content.begin(), '\0');
    return element(integer_tag, content);
}

std::string enumerated(std::int64_t value) {
    return element(enumerated_tag, integer_content(value));
}

std::string null() {
    return element(null_tag, {});
}

std::string object_identifier(std::string_view dotted) {
    const auto arcs = arcs_of(dotted);
    if (arcs.size() < 2 || arcs[0] > 2 || (arcs[0] < 2 && arcs[1] > 39))
        return {};
    std::string content = arc(40 * arcs[0] + arcs[1]);
    for (std::size_t i = 2; i < arcs.size(); ++i)
        content += arc(arcs[i]);
    return element(oid_tag, content);
}

std::string octet_string(std::string_view bytes) {
    return element(octet_string_tag, bytes);
}

std::string bit_string(std::string_view bytes) {
    std::string content(1, '\0');
    content += bytes;
    return element(bit_string_tag, content);
}

std::string named_bits(std::uint16_t bits) {
    std::string bytes;
    int used = 0;
    for (int i = 0; i < 16; ++i)
        if ((bits >> i & 1) != 0)
            used = i + 1;
    bytes.assign(static_cast<std::size_t>((used + 7) / 8), '\0');
    for (int i = 0; i < used; ++i)
        if ((bits >> i & 1) != 0) {
            auto& byte = bytes[static_cast<std::size_t>(i / 8)];
            byte = static_cast<char>(static_cast<unsigned char>(byte) | (0x80 >> (i % 8)));
        }
    std::string content(1, static_cast<char>((8 - used % 8) % 8));
    content += bytes;
    return element(bit_string_tag, content);
}

std::string utf8_string(std::string_view text) {
    return element(utf8_tag, text);
}
std::string printable_string(std::string_view text) {
    return element(printable_tag, text);
}
std::string ia5_string(std::string_view text) {
    return element(ia5_tag, text);
}

std::string time(instant at) {
    const auto written = digits_of(at);
    if (written >= "1950" && written < "2050")
        return element(utc_time_tag, std::string_view(written).substr(2));
    return element(generalized_time_tag, written);
}

std::string generalized_time(instant at) {
    return element(generalized_time_tag, digits_of(at));
}

std::string constructed(int number, std::string_view content) {
    return element(static_cast<std::uint8_t>(context_constructed + number), content);
}

std::string primitive(int number, std::string_view content) {
    return element(static_cast<std::uint8_t>(context + number), content);
}

} // namespace connlab::certs::der
