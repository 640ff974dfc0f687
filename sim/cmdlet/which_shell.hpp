// Exchange Online PowerShell and the Exchange Management Shell have different cmdlets. Internal.
#pragma once

#include "sim/cmdlet/binding.hpp"
#include "sim/cmdlet/shell.hpp"
#include "sim/cmdlet/syntax.hpp"

namespace connlab::cmdlet {

/// Whether the cmdlet belongs to the other one, or is none that the lab plays in this one: said so.
bool is_of_another_shell(const statement& s, const shell& in, error_list& errors);

} // namespace connlab::cmdlet
