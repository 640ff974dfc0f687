// Arguments of cmdlets whose parameters are no settings of an object: names, switches, an Identity. Internal.
#pragma once

#include "sim/cmdlet/binding.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace connlab::cmdlet {

struct plain_parameter {
    std::string_view name;
    bool is_switch = false;
    bool positional = false; // takes a value that stands alone
    bool has_effect = true;
};

/// One that is taken and changes nothing here.
constexpr plain_parameter without_effect(std::string_view name, bool is_switch = false) {
    return {name, is_switch, false, false};
}

/// What was given; a switch has the text True or False.
using plain_arguments = std::map<std::string, value, std::less<>>;

/// Absent: something was wrong and said. Unknown, ambiguous and repeated names are errors, as in PowerShell.
std::optional<plain_arguments> bind_plain(const statement& s, const std::vector<plain_parameter>& parameters,
                                          error_list& errors);

/// The text of an argument; empty: not given.
std::string text_of(const plain_arguments& given, std::string_view name);
bool is_on(const plain_arguments& given, std::string_view name);

} // namespace connlab::cmdlet
