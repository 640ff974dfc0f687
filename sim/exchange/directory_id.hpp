// Ids of objects in a directory, made up of what they are.
#pragma once

#include <string>
#include <string_view>

namespace connlab::exchange {

/// A GUID that follows from the text: a real one is random (version 4), and a report of the lab is not.
std::string directory_id(std::string_view of_what);

} // namespace connlab::exchange
