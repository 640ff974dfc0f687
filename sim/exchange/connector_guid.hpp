// The GUID of a Send connector, which Get-SendConnector and Get-Queue show.
#pragma once

#include <string>
#include <string_view>

namespace connlab::exchange {

/// The same for the same names: a real one is random (version 4), and a report of the lab is not.
std::string connector_guid(std::string_view organization, std::string_view connector);

} // namespace connlab::exchange
