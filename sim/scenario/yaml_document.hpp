// The bytes of a scenario file → a tree of nodes. The only place that knows the YAML library.
#pragma once

#include "sim/base/diagnostic.hpp"
#include "sim/scenario/node.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace connlab::scenario {

inline constexpr std::size_t largest_file = 1024 * 1024; // bytes; a scenario of a thousand flows has a tenth
inline constexpr std::size_t longest_void = 1000;        // blanks and line ends in a row
inline constexpr int deepest_nesting = 64;

struct yaml_document {
    std::optional<node> root; // absent when there is an error
    diagnostics findings;
};

/// Reads one YAML document. Errors: what is not text, syntax, duplicate keys, keys that are not words,
/// anchors, aliases, tags, a second document, nesting below `deepest_nesting`, nothing at all. A syntax error
/// stops the file.
yaml_document read_yaml(std::string_view text, const std::string& file);

/// Without a byte order mark. Marks count from here, so the text shown beside them has to be this one.
std::string_view without_byte_order_mark(std::string_view bytes);

} // namespace connlab::scenario
