#include "sim/base/ascii.hpp"
#include "sim/base/ip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace connlab {

namespace {

std::size_t width(const ip_address& a) {
    return a.v6 ? 16 : 4;
}

/// The first `bits` bits of `a` with the others all zero (low end) or all one (high end).
ip_address block_end(ip_address a, unsigned bits, bool high) {
    for (std::size_t i = 0; i < width(a); ++i) {
        const unsigned kept = bits > 8 * i ? std::min<unsigned>(bits - static_cast<unsigned>(8 * i), 8) : 0;
        const unsigned host = 0xFFU >> kept;
        a.bytes[i] = static_cast<std::uint8_t>(high ? a.bytes[i] | host : a.bytes[i] & ~host);
    }
    return a;
}

/// The number of leading one bits of a net mask, if no one bit follows a zero bit.
std::optional<unsigned> mask_bits(const ip_address& mask) {
    unsigned bits = 0;
    bool ended = false;
    for (std::size_t i = 0; i < width(mask); ++i)
        for (unsigned bit = 0x80; bit != 0; bit >>= 1U) {
            const bool one = (mask.bytes[i] & bit) != 0;
            if (one && ended)
                return std::nullopt;
            ended = ended || !one;
            bits += one ? 1 : 0;
        }
    return bits;
}

/// high - low of one range: its number of addresses less one, as a big-endian number.
std::array<std::uint8_t, 16> span_of(const ip_range& r) {
    std::array<std::uint8_t, 16> out{};
    int borrow = 0;
    const std::size_t n = width(r.low);
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t from = n - 1 - i;
        const int difference = r.high.bytes[from] - r.low.bytes[from] - borrow;
        borrow = difference < 0 ? 1 : 0;
        out[15 - i] = static_cast<std::uint8_t>(difference & 0xFF);
    }
    return out;
}

class range_reader {
  public:
    explicit range_reader(std::string_view text) : text_(trim(text)) {}

    parsed<ip_range> read() const {
        if (const auto slash = text_.find('/'); slash != std::string_view::npos)
            return cidr(text_.substr(0, slash), text_.substr(slash + 1));
        if (const auto dash = text_.find('-'); dash != std::string_view::npos)
            return low_high(trim(text_.substr(0, dash)), trim(text_.substr(dash + 1)));
        if (const auto open = text_.find('('); open != std::string_view::npos && text_.back() == ')')
            return net_mask(trim(text_.substr(0, open)), text_.substr(open + 1, text_.size() - open - 2));
        const auto one = parse_ip_address(text_);
        return one ? made(*one, *one) : refuse(one.error);
    }

  private:
    parsed<ip_range> made(const ip_address& low, const ip_address& high) const {
        return parsed<ip_range>::ok({low, high, std::string(text_)});
    }

    parsed<ip_range> refuse(std::string_view why) const {
        return parsed<ip_range>::fail(fmt::format("`{}` is not an address range: {}", text_, why));
    }

    // Exchange's pages write ranges with host bits set (192.168.1.1/24), so the bits behind the prefix do not
    // matter.
    parsed<ip_range> cidr(std::string_view net, std::string_view length) const {
        const auto address = parse_ip_address(net);
        if (!address)
            return refuse(address.error);
        const unsigned most = address->v6 ? 128 : 32;
        unsigned bits = 0;
        const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bits);
        if (error != std::errc{} || end != length.data() + length.size() || bits > most)
            return refuse(fmt::format("the prefix length must be a number from 0 to {}", most));
        return made(block_end(*address, bits, false), block_end(*address, bits, true));
    }

    parsed<ip_range> net_mask(std::string_view net, std::string_view mask_text) const {
        const auto address = parse_ip_address(net);
        const auto mask = parse_ip_address(mask_text);
        if (!address || !mask)
            return refuse(address ? mask.error : address.error);
        if (address->v6 != mask->v6)
            return refuse("address and mask are of different families");
        const auto bits = mask_bits(*mask);
        if (!bits)
            return refuse(fmt::format("`{}` is not a net mask", mask_text));
        return made(block_end(*address, *bits, false), block_end(*address, *bits, true));
    }

    parsed<ip_range> low_high(std::string_view low_text, std::string_view high_text) const {
        const auto low = parse_ip_address(low_text);
        const auto high = parse_ip_address(high_text);
        if (!low || !high)
            return refuse(low ? high.error : low.error);
        if (low->v6 != high->v6)
            return refuse("its ends are of different families");
        if (*high < *low)
            return refuse("its end lies below its beginning");
        return made(*low, *high);
    }

    std::string_view text_;
};

} // namespace

bool ip_range::contains(const ip_address& a) const {
    return a.v6 == low.v6 && low <= a && a <= high;
}

bool ip_range::contains(const ip_range& other) const {
    return contains(other.low) && contains(other.high);
}

int ip_range::compare_size(const ip_range& other) const {
    const auto mine = span_of(*this);
    const auto theirs = span_of(other);
    return mine < theirs ? -1 : theirs < mine ? 1 : 0;
}

parsed<ip_range> parse_ip_range(std::string_view text) {
    return range_reader(text).read();
}

} // namespace connlab
