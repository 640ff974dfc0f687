#include "sim/tls/octets.hpp"

namespace connlab::tls {

std::string_view octets::take(std::size_t size) {
    if (damaged_ || size > rest_.size()) {
        damaged_ = true;
        rest_ = {};
        return {};
    }
    const auto out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
}

std::uint32_t octets::number(std::size_t width) {
    std::uint32_t out = 0;
    for (const char c : take(width))
        out = out << 8U | static_cast<unsigned char>(c);
    return out;
}

} // namespace connlab::tls
