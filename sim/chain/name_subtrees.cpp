#include "sim/chain/name_subtrees.hpp"

#include "sim/base/ascii.hpp"

#include <algorithm>

namespace connlab::chain {

namespace {

using certs::general_name_kind;

bool ends_with(std::string_view text, std::string_view tail) {
    return text.size() >= tail.size() && ascii_iequal(text.substr(text.size() - tail.size()), tail);
}

std::string_view uri_host(std::string_view uri) {
    const auto scheme = uri.find("://");
    if (scheme == std::string_view::npos)
        return {};
    auto rest = uri.substr(scheme + 3);
    rest = rest.substr(0, rest.find_first_of("/?#"));
    if (const auto at = rest.rfind('@'); at != std::string_view::npos)
        rest.remove_prefix(at + 1);
    return rest.substr(0, rest.find(':'));
}

bool host_within(std::string_view host, std::string_view base) {
    if (!base.empty() && base.front() == '.')
        return host.size() > base.size() && ends_with(host, base);
    return ascii_iequal(host, base);
}

bool is_mailbox(std::string_view address) {
    return std::count(address.begin(), address.end(), '@') == 1;
}

/// One bits from the left, then zero bits.
bool is_prefix_mask(std::string_view mask) {
    bool ended = false;
    for (const char c : mask)
        for (int bit = 7; bit >= 0; --bit) {
            const bool one = (static_cast<unsigned char>(c) >> static_cast<unsigned>(bit) & 1U) != 0;
            if (one && ended)
                return false;
            ended = ended || !one;
        }
    return true;
}

} // namespace

bool dns_within(std::string_view name, std::string_view base) {
    if (base.empty())
        return true;
    if (!ends_with(name, base))
        return false;
    return name.size() == base.size() || base.front() == '.' || name[name.size() - base.size() - 1] == '.';
}

bool email_within(std::string_view address, std::string_view base) {
    if (!is_mailbox(address))
        return false;
    const auto at = address.find('@');
    const auto host = address.substr(at + 1);
    if (const auto base_at = base.find('@'); base_at != std::string_view::npos)
        return address.substr(0, at) == base.substr(0, base_at) &&
               ascii_iequal(host, base.substr(base_at + 1));
    return base.empty() || host_within(host, base);
}

bool uri_within(std::string_view uri, std::string_view base) {
    const auto host = uri_host(uri);
    return !host.empty() && (base.empty() || host_within(host, base));
}

bool ip_within(std::string_view address, std::string_view base) {
    if (base.size() != 2 * address.size())
        return false;
    for (std::size_t i = 0; i < address.size(); ++i)
        if (((address[i] ^ base[i]) & base[i + address.size()]) != 0)
            return false;
    return true;
}

bool upn_within(std::string_view name, std::string_view base) {
    if (const auto at = base.find('@'); at != std::string_view::npos && at > 0)
        return ascii_iequal(name, base);
    if (!base.empty() && base.front() == '@')
        base.remove_prefix(1);
    const auto at = name.rfind('@');
    return base.empty() || dns_within(at == std::string_view::npos ? name : name.substr(at + 1), base);
}

bool directory_within(const certs::x500_name& name, const certs::x500_name& base) {
    return base.rdns.size() <= name.rdns.size() &&
           std::equal(
               base.rdns.begin(), base.rdns.end(), name.rdns.begin(),
               [](const auto& a, const auto& b) { return a == b || certs::folded(a) == certs::folded(b); });
}

bool is_malformed(const certs::general_subtree& subtree) {
    const std::string_view text = subtree.text;
    switch (subtree.kind) {
    case general_name_kind::ip:
        return (text.size() != 8 && text.size() != 32) || !is_prefix_mask(text.substr(text.size() / 2));
    case general_name_kind::email:
        return std::count(text.begin(), text.end(), '@') > 1;
    case general_name_kind::dns:
    case general_name_kind::uri:
    case general_name_kind::upn:
    case general_name_kind::directory:
    case general_name_kind::other:
        return false;
    }
    return false;
}

} // namespace connlab::chain
