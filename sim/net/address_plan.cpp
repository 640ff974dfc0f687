#include "sim/net/address_plan.hpp"

#include <stdexcept>

namespace connlab::net {

namespace {

constexpr std::size_t last_octets = 254; // 1 to 254: neither the network's address nor the broadcast one

} // namespace

ip_address address_plan::real(const ip_address& declared) {
    const auto found = real_.find(declared);
    if (found != real_.end())
        return found->second;
    const auto number = real_.size() + 1;
    if (number > 65000)
        throw std::length_error("a world has more than 65000 addresses");
    ip_address loopback;
    loopback.bytes[0] = 127;
    loopback.bytes[1] = static_cast<std::uint8_t>(1 + lane_ % 200);
    loopback.bytes[2] = static_cast<std::uint8_t>(number / last_octets);
    loopback.bytes[3] = static_cast<std::uint8_t>(1 + number % last_octets);
    real_.emplace(declared, loopback);
    return loopback;
}

} // namespace connlab::net
