// `connlab verify`: Windows' verdict on certificate chains, from files or from JSON lines on standard input.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace connlab::command {

/// Exit status 0: every chain is trusted; 1: one is refused; 2: an argument, a file or a case cannot be read.
int verify_main(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err);

} // namespace connlab::command
