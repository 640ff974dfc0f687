#include "sim/cmdlet/real_parameters.hpp"

#include "sim/base/ascii.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace connlab::cmdlet {

namespace {

struct parameters_of {
    std::string_view cmdlet;
    std::initializer_list<std::string_view> names;
};

const parameters_of all[] = {
    {"Get-Queue",
     {"Include", "Exclude", "ResultSize", "SortOrder", "ReturnPageInfo", "BookmarkIndex", "BookmarkObject",
      "SearchForward", "IncludeBookmark"}},
    {"Get-ExchangeCertificate", {"Instance"}},
    {"Get-AcceptedDomain", {"ResultSize"}},
    {"Get-RemoteDomain", {"ResultSize"}},
    {"Restart-Service", {"InputObject", "DisplayName", "PassThru", "Include", "Exclude"}},
    {"Restart-Computer",
     {"Credential", "Delay", "For", "Impersonation", "Protocol", "ThrottleLimit", "Timeout",
      "WsmanAuthentication", "DcomAuthentication", "AsJob"}},
    {"Select-Object",
     {"Last", "Skip", "SkipLast", "Unique", "ExcludeProperty", "Index", "InputObject", "Wait"}},
    {"Format-List", {"GroupBy", "View", "Expand", "DisplayError", "ShowError", "InputObject"}},
    {"Format-Table",
     {"GroupBy", "View", "Expand", "DisplayError", "ShowError", "InputObject", "HideTableHeaders"}},
};

/// The aliases that administrators type.
std::string_view full_name(std::string_view cmdlet) {
    constexpr std::pair<std::string_view, std::string_view> aliases[] = {
        {"fl", "Format-List"}, {"ft", "Format-Table"}, {"select", "Select-Object"}};
    for (const auto& [alias, name] : aliases)
        if (ascii_iequal(alias, cmdlet))
            return name;
    return cmdlet;
}

} // namespace

bool is_real_parameter(std::string_view cmdlet, std::string_view parameter) {
    for (const auto& of : all)
        if (ascii_iequal(of.cmdlet, full_name(cmdlet)))
            return std::any_of(of.names.begin(), of.names.end(),
                               [&](std::string_view name) { return ascii_iequal(name, parameter); });
    return false;
}

} // namespace connlab::cmdlet
