// How PowerShell prints objects: Format-List and Format-Table.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace connlab::cmdlet {

/// Properties in their order, values as they are printed.
using view_object = std::vector<std::pair<std::string, std::string>>;

struct view {
    std::vector<view_object> objects;
    std::vector<std::string> columns; // of the default table
};

enum class layout {
    by_default,
    list,
    table,
    wrapped_table, // -Wrap: what is too wide goes on below
};

/// `properties`: names, `*` and `?` allowed; empty: all of them in a list, the default columns in a table. A
/// name that no object has prints as an empty column, as PowerShell does.
std::string printed(const view& v, layout how, const std::vector<std::string>& properties);

/// `*tls*` against `TlsDomain`, without regard to case.
bool matches_pattern(std::string_view name, std::string_view pattern);

} // namespace connlab::cmdlet
