// Extends: a scenario laid over its base files, as one tree whose nodes remember which file they came from.
#pragma once

#include "sim/base/diagnostic.hpp"
#include "sim/scenario/loader.hpp"
#include "sim/scenario/node.hpp"

#include <optional>
#include <string>

namespace connlab::scenario {

struct layered {
    std::optional<node> root; // absent when there is an error
    diagnostics findings;
    source_texts texts;
};

/// Mappings merge key by key (null takes the base's key away), everything else replaces. Title, About,
/// Sources, Shows and Steps of a base stay behind. Errors: files that cannot be read or extend themselves, at
/// the Extends that names them.
layered read_layers(const std::string& path, const file_reader& read);

/// `over` laid over `base`.
node merged(node base, const node& over);

} // namespace connlab::scenario
