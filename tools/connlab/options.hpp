// Options that several subcommands share, read with Boost.Program_options; a mistake becomes one clear line
// and status 2.
#pragma once

#include "tools/connlab/command.hpp"

#include <boost/program_options.hpp>

#include <optional>
#include <string>

namespace connlab::command {

/// Reads `args` by `described` (positional arguments go to `positional`, if named). On a mistake prints one
/// line that names the nearest known option and returns nothing. `--help` prints `usage` and the options; the
/// caller ends with 0.
struct read_options {
    std::optional<boost::program_options::variables_map> values;
    int status = 0; // when there are no values
};
read_options read(const arguments& args, const boost::program_options::options_description& described,
                  const std::string& positional, const std::string& usage, const streams& io);

} // namespace connlab::command
