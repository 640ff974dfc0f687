#include "sim/cmdlet/which_shell.hpp"

#include "sim/base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace connlab::cmdlet {

namespace {

constexpr std::string_view online_alone[] = {"InboundConnector", "OutboundConnector"};
constexpr std::string_view of_both[] = {"Get-AcceptedDomain", "Set-AcceptedDomain", "Get-RemoteDomain",
                                        "Set-RemoteDomain"};
/// Said by themselves where they are typed on-premises.
constexpr std::string_view of_a_tenant[] = {"Get-OrganizationConfig", "Set-OrganizationConfig"};

template <class Names>
bool is_in(const Names& names, std::string_view name) {
    return std::any_of(std::begin(names), std::end(names),
                       [&](std::string_view one) { return ascii_iequal(one, name); });
}

std::string_view noun_of(std::string_view name) {
    return name.substr(std::min(name.find('-'), name.size() - 1) + 1);
}

} // namespace

bool is_of_another_shell(const statement& s, const shell& in, error_list& errors) {
    const bool online = is_in(online_alone, noun_of(s.name));
    if (in.tenant.empty() && online) {
        errors.add(s.where,
                   fmt::format("`{}` is a cmdlet of Exchange Online PowerShell, and this is the Exchange "
                               "Management Shell",
                               s.name),
                   "Run: {Tenant: …, Cmdlet: …} is the shell of a tenant");
        return true;
    }
    if (in.tenant.empty() || online || is_in(of_both, s.name) || is_in(of_a_tenant, s.name))
        return false;
    errors.add(
        s.where,
        fmt::format("`{}` is not played in the Exchange Online PowerShell of tenant {}", s.name, in.tenant),
        "there are Get-, New-, Set- and Remove- for InboundConnector and OutboundConnector, Get- and "
        "Set- for AcceptedDomain, RemoteDomain and OrganizationConfig");
    return true;
}

} // namespace connlab::cmdlet
