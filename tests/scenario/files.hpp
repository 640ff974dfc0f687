// Scenario files for tests: a few in memory, or those of a folder by their paths below it.
#pragma once

#include "sim/scenario/loader.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace connlab::scenario {

inline file_reader in_memory(std::map<std::string, std::string> files) {
    return [files = std::move(files)](const std::string& path) -> std::optional<std::string> {
        const auto found = files.find(path);
        return found == files.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
}

inline loaded load_text(std::string text) {
    return load("x.yaml", in_memory({{"x.yaml", std::move(text)}}));
}

inline std::optional<std::string> bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return std::nullopt;
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

inline file_reader below(const std::string& folder) {
    return [folder](const std::string& path) { return bytes_of(std::filesystem::path(folder) / path); };
}

/// Paths of the scenarios in a folder and below, relative to it, in order.
inline std::vector<std::string> scenarios_in(const std::string& folder) {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".yaml")
            out.push_back(entry.path().lexically_relative(folder).string());
    std::sort(out.begin(), out.end());
    return out;
}

inline const std::string bundled_folder = CONNLAB_SOURCE_DIR "/scenarios";

} // namespace connlab::scenario
