// The SSL policy's name check (Schannel sheet 5.7): dNSName SANs, the CN only when there is none.
#include "sim/chain/verdict.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/ip.hpp"

#include <algorithm>

namespace connlab::chain {

namespace {

/// One star, at the end of the left-most label, with at least two labels behind it: `*.a.b`, `w*.a.b`;
/// nothing else.
bool wildcard_matches(std::string_view pattern, std::string_view host) {
    const auto star = pattern.find('*');
    const auto dot = pattern.find('.');
    if (dot == std::string_view::npos || star + 1 != dot || pattern.find('*', dot) != std::string_view::npos)
        return false;
    const auto rest = pattern.substr(dot);
    if (rest.find('.', 1) == std::string_view::npos)
        return false; // *.com
    const auto host_dot = host.find('.');
    if (host_dot == std::string_view::npos || host_dot == 0)
        return false;
    return ascii_iequal(rest, host.substr(host_dot)) &&
           ascii_istarts_with(host.substr(0, host_dot), pattern.substr(0, star));
}

bool name_matches(std::string_view pattern, std::string_view host) {
    if (pattern.find('*') != std::string_view::npos)
        return wildcard_matches(pattern, host);
    return ascii_iequal(pattern, host);
}

} // namespace

bool host_name_matches(const certs::certificate& c, std::string_view host) {
    const auto& f = c.fields();
    if (!host.empty() && host.back() == '.')
        host.remove_suffix(1);
    if (const auto ip = parse_ip_address(host)) {
        const std::string raw(ip->bytes.begin(), ip->bytes.begin() + (ip->v6 ? 16 : 4));
        if (std::find(f.ip_names.begin(), f.ip_names.end(), raw) != f.ip_names.end())
            return true;
    }
    const auto names = f.dns_names.empty() ? f.subject.common_names() : f.dns_names;
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& n) { return name_matches(n, host); });
}

} // namespace connlab::chain
