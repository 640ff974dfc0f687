// A place of the language as a table of its keys. The loader reads by it, the schema is printed from it.
#pragma once

#include "sim/scenario/reading.hpp"
#include "sim/scenario/shape.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::scenario {

struct key_description {
    std::string name;
    shape looks;
    std::string about; // one line for the schema
    bool required = false;
};

/// Called with a value that has been found to look as demanded, never with null.
template <class Object>
using key_reader = std::function<void(Object&, const node&, reading&)>;

template <class Object>
struct key : key_description {
    key_reader<Object> read;

    key(std::string n, shape s, std::string a, key_reader<Object> f, bool must = false)
        : key_description{std::move(n), std::move(s), std::move(a), must}, read(std::move(f)) {}
};

template <class Object>
using key_table = std::vector<key<Object>>;

template <class Object>
key_table<Object> joined(key_table<Object> first, const key_table<Object>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

/// Reports keys that no table of this place has. `place` stands behind "of" in the sentence: "a server".
void report_unknown_keys(const node& mapping, const std::vector<std::string>& known, std::string_view place,
                         reading& r);
void report_missing_key(const source_mark& at, std::string_view name, std::string_view place, reading& r);

template <class Object>
std::vector<std::string> names_of(const key_table<Object>& table) {
    std::vector<std::string> names;
    for (const auto& k : table)
        names.push_back(k.name);
    return names;
}

/// Reads in the order of the table, so that a reader may rely on the keys above its own. A null is a key that
/// was not written. What a reader gets lives no longer than its call: of a value that is wrong in part it is
/// the part that fits. `at`: where a missing key is reported.
template <class Object>
void read_known_keys(const node& mapping, std::string_view place, const source_mark& at,
                     const key_table<Object>& table, Object& into, reading& r) {
    for (const auto& k : table) {
        const auto* value = mapping.find(k.name);
        if (value != nullptr && !value->is_null()) {
            if (check_shape(*value, k.looks, "`" + k.name + "`", r.findings))
                k.read(into, *value, r);
            else if (has_entries(*value, k.looks))
                k.read(into, fitting_part(*value, k.looks), r);
        } else if (k.required)
            report_missing_key(at, k.name, place, r);
    }
}

template <class Object>
void read_keys(const node& mapping, std::string_view place, const source_mark& at,
               const key_table<Object>& table, Object& into, reading& r) {
    report_unknown_keys(mapping, names_of(table), place, r);
    read_known_keys(mapping, place, at, table, into, r);
}

} // namespace connlab::scenario
