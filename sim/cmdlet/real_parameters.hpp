// Parameters that the cmdlets have in Exchange and Windows and not here: whoever types one did not misspell
// it. Internal.
#pragma once

#include <string_view>

namespace connlab::cmdlet {

/// Exact names, without regard to case (cmdlet references of Exchange Server and PowerShell 5.1).
bool is_real_parameter(std::string_view cmdlet, std::string_view parameter);

} // namespace connlab::cmdlet
