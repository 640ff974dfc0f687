// `connlab verify`: Windows' verdict on certificate chains from files or from JSON lines.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace connlab::command {

int verify_main(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err);

} // namespace connlab::command
