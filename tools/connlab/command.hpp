// The subcommands. Each takes its arguments and streams and returns the exit status; main only dispatches.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace connlab::command {

/// Exit statuses (README, "Exit status").
enum exit_status : int { as_expected = 0, not_as_expected = 1, invalid_input = 2, lab_fault = 3 };

struct streams {
    std::istream& in;
    std::ostream& out; // results
    std::ostream& err; // progress, diagnostics, log
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    bool colour = false; // a terminal, and NO_COLOR unset
};

using arguments = std::vector<std::string>;

int run(const arguments& args, const streams& io);
int check(const arguments& args, const streams& io);
int explain(const arguments& args, const streams& io);
int matrix(const arguments& args, const streams& io);
int verify(const arguments& args, const streams& io);
int forge(const arguments& args, const streams& io);
int listen(const arguments& args, const streams& io);

/// Dispatches `connlab ARGS`; also --help and --version.
int dispatch(const arguments& args, const streams& io);

} // namespace connlab::command
