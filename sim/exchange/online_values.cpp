#include "sim/exchange/online_values.hpp"

#include "sim/base/ascii.hpp"

#include <fmt/format.h>

#include <charconv>

namespace connlab::exchange {

parsed<std::string> read_domain_pattern(std::string_view text) {
    std::string_view bare = trim(text);
    if (ascii_istarts_with(bare, "smtp:"))
        bare = bare.substr(5, bare.rfind(';') == std::string_view::npos ? bare.npos : bare.rfind(';') - 5);
    return bare == "*" ? parsed<std::string>::ok(std::string(bare)) : read_smtp_domain_with_subdomains(bare);
}

parsed<ip_range> read_sender_address(std::string_view text) {
    const auto refuse = [&](std::string_view why) {
        return parsed<ip_range>::fail(fmt::format(
            "`{}` is no address of a sender: {}; allowed are IPv4 addresses and networks from /24 to /32",
            text, why));
    };
    const auto range = parse_ip_range(trim(text));
    if (!range)
        return refuse(range.error);
    if (range->low.v6)
        return refuse("IPv6 is not supported");
    const auto slash = text.find('/');
    if (slash == std::string_view::npos && !(range->low == range->high))
        return refuse("a range is not supported");
    if (slash == std::string_view::npos)
        return range;
    int bits = 0;
    const auto digits = trim(text.substr(slash + 1));
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (read.ptr != digits.data() + digits.size() || bits < 24)
        return refuse("the network is larger than /24");
    return range;
}

parsed<std::string> read_online_smart_host(std::string_view text) {
    if (text.find('/') != std::string_view::npos) {
        const auto network = parse_ip_range(trim(text));
        return network ? parsed<std::string>::ok(network->text) : parsed<std::string>::fail(network.error);
    }
    auto host = read_smart_host(text);
    if (host && *host == "--")
        return parsed<std::string>::fail("`--` is for Edge Transport servers; allowed are a host name, an IP "
                                         "address and a network");
    return host;
}

} // namespace connlab::exchange
