// Options that several subcommands share, read with Boost.Program_options; a mistake becomes one clear line
// and status 2.
#pragma once

#include "tools/connlab/command.hpp"

#include <boost/program_options.hpp>

#include <optional>
#include <string>
#include <vector>

namespace connlab::command {

/// An empty table but for `--help`.
boost::program_options::options_description options_of_a_command();

/// `--format text|json`; `read` refuses anything else.
void add_format(boost::program_options::options_description& described);

/// `--threads N`; `what` runs at a time.
void add_threads(boost::program_options::options_description& described, const std::string& what);

enum class positional { none, paths };

/// Reads `args` by `described`. On a mistake prints one line that names the nearest known option and returns
/// nothing. `--help` prints `usage` and the options; the caller ends with 0.
struct read_options {
    std::optional<boost::program_options::variables_map> values;
    int status = 0; // when there are no values
};
read_options read(const arguments& args, const boost::program_options::options_description& described,
                  positional takes, const std::string& usage, const streams& io);

/// The positional arguments.
std::vector<std::string> paths_of(const boost::program_options::variables_map& values);
bool wants_json(const boost::program_options::variables_map& values);
/// Never 0: one a core unless told.
unsigned threads_of(const boost::program_options::variables_map& values);

/// `; did you mean NEAREST?`, or nothing.
std::string did_you_mean(const std::string& wrong, const std::vector<std::string>& known);

} // namespace connlab::command
