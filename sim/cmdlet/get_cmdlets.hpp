// Get-…: views of the organization, with Format-List, Format-Table and Select-Object behind them. Internal.
#pragma once

#include "sim/cmdlet/binding.hpp"
#include "sim/cmdlet/formatting.hpp"
#include "sim/cmdlet/shell.hpp"

#include <optional>
#include <string>
#include <vector>

namespace connlab::cmdlet {

const std::vector<std::string>& get_cmdlets();

/// What the statement prints; errors are said. Absent: no cmdlet of these.
std::optional<std::string> run_get(const statement& s, const shell& in, error_list& errors);

/// The objects that the statement finds, for a variable. Absent: no cmdlet of these.
std::optional<std::vector<view_object>> objects_of(const statement& s, const shell& in, error_list& errors);

/// Whether the names and the arguments are right, without a model. False: no cmdlet of these.
bool check_get(const statement& s, error_list& errors);

} // namespace connlab::cmdlet
