#include "tools/connlab/scenario_files.hpp"

#include "tools/connlab/options.hpp"

#include <fmt/ostream.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace connlab::command {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view bundled_prefix = "scenarios/";

fs::path bundled_folder() {
    if (const char* set = std::getenv("CONNLAB_SCENARIOS"))
        return set;
    return CONNLAB_SCENARIOS_DIR;
}

/// The file on disk behind a name: as it is, else below the bundled folder.
fs::path real_path(const std::string& name) {
    std::error_code ignored;
    if (!fs::exists(name, ignored) && name.starts_with(bundled_prefix))
        return bundled_folder() / name.substr(bundled_prefix.size());
    return name;
}

bool is_part(const fs::path& below) {
    return std::any_of(below.begin(), below.end(),
                       [](const fs::path& p) { return p == "topologies" || p == "matrix"; });
}

void append_folder(const fs::path& folder, const std::string& shown, bool parts,
                   std::vector<std::string>& out) {
    std::vector<std::string> found;
    for (const auto& entry :
         fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied)) {
        const auto below = fs::relative(entry.path(), folder);
        if (entry.is_regular_file() && entry.path().extension() == ".yaml" && (parts || !is_part(below)))
            found.push_back((fs::path(shown) / below).generic_string());
    }
    std::sort(found.begin(), found.end());
    out.insert(out.end(), found.begin(), found.end());
}

} // namespace

found_files find_scenarios(const std::vector<std::string>& named) {
    found_files out;
    if (named.empty())
        append_folder(bundled_folder(), "scenarios", false, out.paths);
    for (const auto& argument : named) {
        const auto path = real_path(argument);
        std::error_code failed;
        if (fs::is_directory(path, failed))
            append_folder(path, argument, is_part(argument), out.paths);
        else if (fs::exists(path, failed))
            out.paths.push_back(argument);
        else
            out.missing.push_back(argument);
    }
    return out;
}

std::optional<std::vector<std::string>> existing_scenarios(const std::vector<std::string>& named,
                                                           const streams& io) {
    auto found = find_scenarios(named);
    for (const auto& name : found.missing)
        fmt::print(io.err, "connlab: there is no scenario file or folder {}{}\n", name,
                   did_you_mean(name, find_scenarios({}).paths));
    if (!found.missing.empty())
        return std::nullopt;
    return std::move(found.paths);
}

scenario::file_reader disk_reader() {
    return [](const std::string& name) -> std::optional<std::string> {
        const auto path = real_path(name);
        std::error_code failed;
        if (!fs::is_regular_file(path, failed))
            return std::nullopt;
        std::ifstream file(path, std::ios::binary);
        if (!file)
            return std::nullopt;
        std::ostringstream bytes;
        bytes << file.rdbuf();
        return std::move(bytes).str();
    };
}

std::vector<report::checked_scenario> findings_of(const loaded_files& files,
                                                  const std::vector<std::string>& paths) {
    std::vector<report::checked_scenario> out;
    for (std::size_t i = 0; i < files.all.size(); ++i)
        out.push_back({paths[i], files.all[i].value ? files.all[i].value->title : std::string{},
                       files.all[i].findings});
    return out;
}

loaded_files load_all(const std::vector<std::string>& paths, const streams& io) {
    loaded_files out;
    const auto reader = disk_reader();
    for (const auto& path : paths) {
        out.all.push_back(scenario::load(path, reader));
        const auto& one = out.all.back();
        fmt::print(io.err, "{}", render(one.findings, one.texts));
        out.valid = out.valid && one.value.has_value();
    }
    return out;
}

} // namespace connlab::command
