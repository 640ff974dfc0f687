#include "sim/scenario/layering.hpp"

#include "sim/base/ascii.hpp"
#include "sim/scenario/reading.hpp"
#include "sim/scenario/yaml_document.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <unordered_map>

namespace connlab::scenario {

namespace {

/// Far more than anyone needs; a base of a base of a base is hard to follow already.
constexpr std::size_t most_layers = 16;

bool stays_behind(std::string_view key) {
    return key == "Title" || key == "About" || key == "Sources" || key == "Shows" || key == "Steps" ||
           key == "Extends";
}

class layer_reader {
  public:
    explicit layer_reader(const file_reader& read) : read_(read) {}

    layered all(const std::string& path) {
        auto root = layer(path, {path, 0, 0, 1});
        if (!has_errors(out_.findings))
            out_.root = std::move(root);
        return std::move(out_);
    }

  private:
    void error(source_mark at, std::string message, std::string hint = {}) {
        out_.findings.push_back({severity::error, std::move(at), std::move(message), std::move(hint), {}});
    }

    /// The file's tree, over what it extends. `named_at`: the Extends that names it.
    node layer(const std::string& path, const source_mark& named_at) {
        if (is_open(path, named_at))
            return {};
        auto own = document(path, named_at);
        if (!own)
            return {};
        open_.push_back(path);
        node below;
        below.kind = node_kind::mapping;
        below.file = own->file;
        if (const auto* extends = own->find("Extends"))
            for (const auto* entry : entries(*extends))
                if (entry->kind == node_kind::scalar)
                    below = merged(std::move(below), base(path, *entry));
        open_.pop_back();
        return merged(std::move(below), *own);
    }

    node base(const std::string& path, const node& name) {
        const auto file = (std::filesystem::path(path).parent_path() / name.text).lexically_normal().string();
        auto tree = layer(file, name.mark());
        auto& members = tree.members;
        members.erase(std::remove_if(members.begin(), members.end(),
                                     [](const member& m) { return stays_behind(m.key.text); }),
                      members.end());
        return tree;
    }

    bool is_open(const std::string& path, const source_mark& named_at) {
        const auto first = std::find(open_.begin(), open_.end(), path);
        if (first != open_.end()) {
            std::vector<std::string> circle(first, open_.end());
            circle.push_back(path);
            error(named_at, "the scenario extends itself: " + join(circle, " → "));
            return true;
        }
        if (open_.size() < most_layers)
            return false;
        error(named_at, fmt::format("more than {} files extend each other", most_layers));
        return true;
    }

    std::optional<node> document(const std::string& path, const source_mark& named_at) {
        if (const auto known = read_already_.find(path); known != read_already_.end())
            return known->second;
        auto bytes = read_(path);
        if (!bytes) {
            error(named_at, fmt::format("cannot read `{}`", path),
                  open_.empty() ? ""
                                : "paths in Extends begin at the folder of the file that names them; bundled "
                                  "files are named scenarios/…");
            return std::nullopt;
        }
        const auto& text = out_.texts[path] = std::string(without_byte_order_mark(*bytes));
        auto doc = read_yaml(text, path);
        out_.findings.insert(out_.findings.end(), doc.findings.begin(), doc.findings.end());
        if (doc.root && doc.root->kind != node_kind::mapping) {
            error(doc.root->mark(),
                  "a scenario is a mapping of keys such as `Title`, `Organizations` and `Steps`");
            doc.root.reset();
        }
        return read_already_[path] = doc.root;
    }

    const file_reader& read_;
    layered out_;
    std::vector<std::string> open_; // the files between the scenario and the one being read
    std::map<std::string, std::optional<node>> read_already_;
};

} // namespace

node merged(node base, const node& over) {
    if (base.kind != node_kind::mapping || over.kind != node_kind::mapping)
        return over;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < base.members.size(); ++i)
        places.emplace(base.members[i].key.text, i);
    std::vector<bool> taken_away(base.members.size());
    for (const auto& m : over.members) {
        const auto below = places.find(m.key.text);
        if (below == places.end())
            base.members.push_back(m);
        else if (m.value.is_null())
            taken_away[below->second] = true;
        else {
            auto& value = base.members[below->second].value;
            value = merged(std::move(value), m.value);
        }
    }
    std::vector<member> left;
    for (std::size_t i = 0; i < base.members.size(); ++i)
        if (i >= taken_away.size() || !taken_away[i])
            left.push_back(std::move(base.members[i]));
    base.members = std::move(left);
    base.flow = base.flow && over.flow;
    return base;
}

layered read_layers(const std::string& path, const file_reader& read) {
    return layer_reader(read).all(path);
}

} // namespace connlab::scenario
