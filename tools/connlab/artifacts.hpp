// What `run --artifacts DIR` leaves on the disk: a folder for each scenario. A later run takes away what an
// earlier one wrote there, and nothing else: files.txt says what that is.
#pragma once

#include "sim/report/log_file.hpp"
#include "sim/trace/run_record.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace connlab::command {

/// Where a scenario's files go: its own path below `folder`, never beside it.
std::filesystem::path artifact_folder(const std::string& folder, const std::filesystem::path& scenario);

/// Why nothing can be written to this folder without harm or confusion, as a sentence; empty: nothing stands
/// in the way. Changes nothing.
std::string obstacle_in(const std::filesystem::path& folder);

/// Takes away the files that files.txt lists, with the folders that become empty, then writes these and a
/// list of them. Throws std::runtime_error when there is an obstacle or a file cannot be written.
void replace_artifacts(const std::filesystem::path& folder, const std::vector<report::log_file>& files);

/// record.json, story.txt, keys.log, and a folder for each server with its logs.
std::vector<report::log_file> artifacts_of(const trace::run_record& run);

} // namespace connlab::command
