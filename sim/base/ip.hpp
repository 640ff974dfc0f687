// IP addresses, endpoints and ranges as Exchange writes them: address, low-high, CIDR, net(mask); IPv4 and
// IPv6.
#pragma once

#include "sim/base/parsed.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace connlab {

struct ip_address {
    bool v6 = false;
    std::array<std::uint8_t, 16> bytes{}; // network order; an IPv4 address uses the first four

    bool is_unspecified() const; // 0.0.0.0 or ::
    friend auto operator<=>(const ip_address&, const ip_address&) = default;
};

parsed<ip_address> parse_ip_address(std::string_view text);
std::string to_string(const ip_address& address); // IPv6 by RFC 5952

struct endpoint {
    ip_address address;
    std::uint16_t port = 0;
    friend auto operator<=>(const endpoint&, const endpoint&) = default;
};

/// `192.168.10.5:25`, `[::]:25`; an address alone takes `default_port`.
parsed<endpoint> parse_endpoint(std::string_view text, std::uint16_t default_port);
std::string to_string(const endpoint& e);

struct ip_range {
    ip_address low;
    ip_address high;  // same family as low, not below it
    std::string text; // as it was written

    bool contains(const ip_address& a) const;
    bool contains(const ip_range& other) const;
    /// Less is more specific: negative when this range holds fewer addresses than the other.
    int compare_size(const ip_range& other) const;
    friend bool operator==(const ip_range&, const ip_range&) = default;
};

parsed<ip_range> parse_ip_range(std::string_view text);

} // namespace connlab
