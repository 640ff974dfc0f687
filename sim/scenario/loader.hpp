// YAML → scenario, with every error at its line and column.
#pragma once

#include "sim/scenario/scenario.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace connlab::scenario {

struct loaded {
    std::optional<scenario> value; // absent when there is an error
    diagnostics findings;
    source_texts texts; // of every file that was read, for rendering
};

/// Reads a file's bytes; nullopt: it cannot be read. Injected so that the loader itself touches no disk in
/// tests.
using file_reader = std::function<std::optional<std::string>(const std::string& path)>;

/// Loads `path` and what it extends. Relative paths in Extends are relative to the file that names them.
loaded load(const std::string& path, const file_reader& read);

/// The published JSON Schema, generated from the same tables that the loader uses.
std::string json_schema();

} // namespace connlab::scenario
