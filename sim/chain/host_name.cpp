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

/// A host as it was asked for: an IP address is found in an iPAddress, or as text where a name could stand.
class asked_host {
  public:
    explicit asked_host(std::string_view host) : text_(host) {
        if (!text_.empty() && text_.back() == '.')
            text_.remove_suffix(1);
        if (const auto ip = parse_ip_address(text_))
            address_.assign(ip->bytes.begin(), ip->bytes.begin() + (ip->v6 ? 16 : 4));
    }

    bool in_addresses(const std::vector<std::string>& addresses) const {
        return !address_.empty() &&
               std::find(addresses.begin(), addresses.end(), address_) != addresses.end();
    }

    bool in_names(const std::vector<std::string>& names) const {
        return std::any_of(names.begin(), names.end(), [&](std::string_view n) {
            return n.find('*') == std::string_view::npos ? ascii_iequal(n, text_)
                                                         : address_.empty() && wildcard_matches(n, text_);
        });
    }

  private:
    std::string_view text_;
    std::string address_; // raw bytes; empty: not an IP address
};

} // namespace

bool host_name_matches(const certs::certificate& c, std::string_view host) {
    const auto& f = c.fields();
    const asked_host asked(host);
    if (asked.in_addresses(f.ip_names))
        return true;
    return asked.in_names(f.dns_names.empty() ? f.subject.common_names() : f.dns_names);
}

} // namespace connlab::chain
