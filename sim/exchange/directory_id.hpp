// Ids of objects in a directory, made up of what they are.
#pragma once

#include <string>
#include <string_view>

namespace connlab::exchange {

/// A GUID in its usual form that follows from the text: the same on every machine.
std::string directory_id(std::string_view of_what);

} // namespace connlab::exchange
