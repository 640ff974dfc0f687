// A YAML document as a plain tree whose every node knows its place. Nothing here knows YAML's syntax or
// Exchange.
#pragma once

#include "sim/base/source_mark.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::scenario {

enum class node_kind { null, scalar, sequence, mapping };
enum class scalar_style { plain, quoted, block };

struct member;

struct node {
    node_kind kind = node_kind::null;
    scalar_style style = scalar_style::plain;
    std::string text; // of a scalar; of a null as it was written
    std::vector<node> items;
    std::vector<member> members; // in the order of the file
    std::shared_ptr<const std::string> file;
    int line = 0;
    int column = 0;
    int length = 1;
    bool flow = false; // written in braces or brackets

    source_mark mark() const { return {file ? *file : std::string(), line, column, length}; }
    bool is_null() const { return kind == node_kind::null; }
    /// The value of a mapping's key; null when there is none.
    const node* find(std::string_view key) const;
};

struct member {
    node key;
    node value;
};

inline const node* node::find(std::string_view key) const {
    for (const auto& m : members)
        if (m.key.text == key)
            return &m.value;
    return nullptr;
}

} // namespace connlab::scenario
