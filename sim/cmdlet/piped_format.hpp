// What stands behind the bar of a Get- cmdlet: Format-List, Format-Table, Select-Object. Internal.
#pragma once

#include "sim/cmdlet/binding.hpp"
#include "sim/cmdlet/formatting.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace connlab::cmdlet {

struct format_request {
    layout how = layout::by_default;
    std::vector<std::string> properties;
    std::optional<std::size_t> first; // select -First
    std::string expanded;             // select -ExpandProperty
};

/// Absent: something was wrong and said.
std::optional<format_request> format_of(const statement& s, error_list& errors);

/// As asked for; `by_default` is how the objects are printed when nothing is said.
std::string formatted(view v, const format_request& asked, layout by_default);

/// PowerShell prints few properties as a table and many as a list.
layout layout_for(const format_request& asked, layout by_default);

} // namespace connlab::cmdlet
