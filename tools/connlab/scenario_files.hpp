// Finding and loading scenario files: the bundled ones, a folder, single files.
#pragma once

#include "sim/report/json.hpp"
#include "sim/scenario/loader.hpp"
#include "tools/connlab/command.hpp"

#include <optional>
#include <string>
#include <vector>

namespace connlab::command {

/// Scenario files for the given arguments, in the order of their names: all bundled scenarios when there is
/// none, all below a folder. Bundled files are named `scenarios/…` wherever the project lies, so that reports
/// do not depend on it. Folders `topologies` and `matrix` hold parts, not scenarios, and are left out unless
/// named.
struct found_files {
    std::vector<std::string> paths;
    std::vector<std::string> missing; // arguments that name nothing
};
found_files find_scenarios(const std::vector<std::string>& named);

/// The same for a command line: nothing, and a line for each missing one, unless all are there.
std::optional<std::vector<std::string>> existing_scenarios(const std::vector<std::string>& named,
                                                           const streams& io);

/// Reads a file under the name that find_scenarios gives it.
scenario::file_reader disk_reader();

/// Loads them all; prints every diagnostic. `valid` is false when one of them has errors.
struct loaded_files {
    std::vector<scenario::loaded> all; // in the order of the paths
    bool valid = true;
};
/// What was found in each, as `--format json` prints it.
std::vector<report::checked_scenario> findings_of(const loaded_files& files,
                                                  const std::vector<std::string>& paths);
loaded_files load_all(const std::vector<std::string>& paths, const streams& io);

} // namespace connlab::command
