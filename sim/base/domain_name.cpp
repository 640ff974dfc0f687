#include "sim/base/domain_name.hpp"

#include "sim/base/ascii.hpp"

#include <algorithm>

namespace connlab {

namespace {

constexpr std::size_t longest_name = 253;
constexpr std::size_t longest_label = 63;

bool is_label_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

std::string_view without_trailing_dot(std::string_view name) {
    if (!name.empty() && name.back() == '.')
        name.remove_suffix(1);
    return name;
}

} // namespace

bool is_domain_name(std::string_view text) {
    if (text.empty() || text.size() > longest_name)
        return false;
    std::size_t label = 0;
    for (const char c : text) {
        if (c == '.' ? label == 0 : !is_label_byte(c))
            return false;
        label = c == '.' ? 0 : label + 1;
        if (label > longest_label)
            return false;
    }
    return label > 0;
}

bool is_wildcard_name(std::string_view text) {
    return text.size() > 2 && text.substr(0, 2) == "*." && is_domain_name(text.substr(2));
}

bool same_domain(std::string_view a, std::string_view b) {
    return ascii_iequal(without_trailing_dot(a), without_trailing_dot(b));
}

bool covers(std::string_view pattern, std::string_view name) {
    if (!is_wildcard_name(without_trailing_dot(pattern)))
        return same_domain(pattern, name);
    const auto dot = name.find('.');
    return dot != std::string_view::npos && dot > 0 && same_domain(pattern.substr(2), name.substr(dot + 1));
}

bool is_subdomain(std::string_view name, std::string_view parent) {
    name = without_trailing_dot(name);
    parent = without_trailing_dot(parent);
    if (parent.empty() || name.size() < parent.size() + 2)
        return false;
    const auto dot = name.size() - parent.size() - 1;
    return name[dot] == '.' && ascii_iequal(name.substr(dot + 1), parent);
}

std::string mail_domain(std::string_view address) {
    if (address.size() >= 2 && address.front() == '<' && address.back() == '>')
        address = address.substr(1, address.size() - 2);
    const auto at = address.rfind('@');
    // An `@` inside a quoted local part ("a@b") does not begin a domain.
    if (at == std::string_view::npos || address.find('"', at) != std::string_view::npos)
        return {};
    return ascii_lower(address.substr(at + 1));
}

} // namespace connlab
