#include "sim/base/ip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace connlab {

namespace {

using groups = std::array<std::uint16_t, 8>;

std::optional<unsigned> decimal(std::string_view text, unsigned most) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > most)
        return std::nullopt;
    return value;
}

std::optional<std::array<std::uint8_t, 4>> read_v4(std::string_view text) {
    std::array<std::uint8_t, 4> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto dot = text.find('.');
        if ((dot == std::string_view::npos) != (i == 3))
            return std::nullopt;
        const auto part = text.substr(0, dot);
        const auto value = decimal(part, 255);
        // A leading zero is refused: some readers take it for octal, so it means two addresses.
        if (!value || (part.size() > 1 && part.front() == '0'))
            return std::nullopt;
        bytes[i] = static_cast<std::uint8_t>(*value);
        text.remove_prefix(dot == std::string_view::npos ? text.size() : dot + 1);
    }
    return bytes;
}

/// Appends the groups of one side of `::` to `out`; an IPv4 address may stand at the end of the last side.
bool read_groups(std::string_view text, bool v4_allowed, std::vector<std::uint16_t>& out) {
    while (!text.empty() && out.size() <= 8) {
        const auto colon = text.find(':');
        const auto part = text.substr(0, colon);
        const bool last = colon == std::string_view::npos;
        if (last && v4_allowed && part.find('.') != std::string_view::npos) {
            const auto v4 = read_v4(part);
            if (!v4)
                return false;
            out.push_back(static_cast<std::uint16_t>((*v4)[0] << 8U | (*v4)[1]));
            out.push_back(static_cast<std::uint16_t>((*v4)[2] << 8U | (*v4)[3]));
            return true;
        }
        std::uint16_t value = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value, 16);
        if (error != std::errc{} || end != part.data() + part.size() || part.size() > 4)
            return false;
        out.push_back(value);
        if (last)
            return true;
        text.remove_prefix(colon + 1);
        if (text.empty()) // a single colon at the end
            return false;
    }
    return out.size() <= 8;
}

std::optional<groups> read_v6(std::string_view text) {
    const auto gap = text.find("::");
    std::vector<std::uint16_t> front;
    std::vector<std::uint16_t> back;
    if (gap == std::string_view::npos) {
        if (!read_groups(text, true, front) || front.size() != 8)
            return std::nullopt;
    } else {
        if (!read_groups(text.substr(0, gap), false, front) || !read_groups(text.substr(gap + 2), true, back))
            return std::nullopt;
        if (front.size() + back.size() > 7)
            return std::nullopt;
    }
    groups all{};
    std::copy(front.begin(), front.end(), all.begin());
    std::copy_backward(back.begin(), back.end(), all.end());
    return all;
}

std::string format_v6(const groups& all) {
    // RFC 5952 4.2: the longest run of two or more zero groups becomes `::`, the first of equals.
    std::size_t at = 8;
    std::size_t length = 1;
    for (std::size_t i = 0; i < 8; ++i) {
        std::size_t end = i;
        while (end < 8 && all[end] == 0)
            ++end;
        if (end - i > length) {
            at = i;
            length = end - i;
        }
    }
    std::string out;
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == at) {
            out += "::";
            i += length - 1;
            continue;
        }
        if (!out.empty() && out.back() != ':')
            out += ':';
        out += fmt::format("{:x}", all[i]);
    }
    return out;
}

bool is_mapped_v4(const ip_address& a) {
    return std::all_of(a.bytes.begin(), a.bytes.begin() + 10, [](auto b) { return b == 0; }) &&
           a.bytes[10] == 0xFF && a.bytes[11] == 0xFF;
}

} // namespace

bool ip_address::is_unspecified() const {
    return std::all_of(bytes.begin(), bytes.end(), [](auto b) { return b == 0; });
}

parsed<ip_address> parse_ip_address(std::string_view text) {
    ip_address out;
    if (const auto v4 = read_v4(text)) {
        std::copy(v4->begin(), v4->end(), out.bytes.begin());
        return parsed<ip_address>::ok(out);
    }
    if (const auto v6 = read_v6(text)) {
        out.v6 = true;
        for (std::size_t i = 0; i < 8; ++i) {
            out.bytes[2 * i] = static_cast<std::uint8_t>((*v6)[i] >> 8U);
            out.bytes[2 * i + 1] = static_cast<std::uint8_t>((*v6)[i] & 0xFFU);
        }
        return parsed<ip_address>::ok(out);
    }
    return parsed<ip_address>::fail(fmt::format("`{}` is not an IPv4 or IPv6 address", text));
}

std::string to_string(const ip_address& address) {
    const auto& b = address.bytes;
    if (!address.v6)
        return fmt::format("{}.{}.{}.{}", b[0], b[1], b[2], b[3]);
    if (is_mapped_v4(address)) // RFC 5952 5: the mapped prefix keeps the dotted form
        return fmt::format("::ffff:{}.{}.{}.{}", b[12], b[13], b[14], b[15]);
    groups all{};
    for (std::size_t i = 0; i < 8; ++i)
        all[i] = static_cast<std::uint16_t>(b[2 * i] << 8U | b[2 * i + 1]);
    return format_v6(all);
}

parsed<endpoint> parse_endpoint(std::string_view text, std::uint16_t default_port) {
    const auto refuse = [&](std::string_view why) {
        return parsed<endpoint>::fail(fmt::format("`{}` is not an endpoint: {}", text, why));
    };
    std::string_view host = text;
    std::string_view port;
    bool has_port = false;
    if (!text.empty() && text.front() == '[') {
        const auto close = text.find(']');
        if (close == std::string_view::npos)
            return refuse("the `[` is not closed");
        host = text.substr(1, close - 1);
        const auto rest = text.substr(close + 1);
        if (!rest.empty() && rest.front() != ':')
            return refuse("`:` and a port number are expected after `]`");
        has_port = !rest.empty();
        port = has_port ? rest.substr(1) : rest;
        if (host.find(':') == std::string_view::npos)
            return refuse("brackets hold an IPv6 address");
    } else if (std::count(text.begin(), text.end(), ':') == 1) {
        host = text.substr(0, text.find(':'));
        port = text.substr(text.find(':') + 1);
        has_port = true;
    }
    const auto address = parse_ip_address(host);
    if (!address)
        return refuse(address.error);
    if (!has_port)
        return parsed<endpoint>::ok({*address, default_port});
    const auto number = decimal(port, 65535);
    if (!number || *number == 0)
        return refuse("the port must be a number from 1 to 65535");
    return parsed<endpoint>::ok({*address, static_cast<std::uint16_t>(*number)});
}

std::string to_string(const endpoint& e) {
    const auto address = to_string(e.address);
    return e.address.v6 ? fmt::format("[{}]:{}", address, e.port) : fmt::format("{}:{}", address, e.port);
}

} // namespace connlab
