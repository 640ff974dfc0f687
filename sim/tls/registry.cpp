#include "sim/tls/registry.hpp"

#include "sim/base/diagnostic.hpp"

#include <algorithm>
#include <array>

namespace connlab::tls {

namespace {

struct root_name {
    std::string_view whole;
    std::string_view abbreviation;
};
constexpr std::array<root_name, 5> roots{{
    {"HKEY_LOCAL_MACHINE", "HKLM"},
    {"HKEY_CURRENT_USER", "HKCU"},
    {"HKEY_CLASSES_ROOT", "HKCR"},
    {"HKEY_USERS", "HKU"},
    {"HKEY_CURRENT_CONFIG", "HKCC"},
}};

std::string_view root_named(std::string_view word) {
    if (!word.empty() && word.back() == ':') // a PowerShell drive
        word.remove_suffix(1);
    for (const auto& r : roots)
        if (ascii_iequal(word, r.whole) || ascii_iequal(word, r.abbreviation))
            return r.whole;
    return {};
}

std::string unknown_root(std::string_view word) {
    std::vector<std::string> known;
    for (const auto& r : roots)
        known.insert(known.end(), {std::string(r.whole), std::string(r.abbreviation)});
    const auto near = nearest_word(word, known);
    return "`" + std::string(word) + "` is no root of the registry" +
           (near.empty() ? " (HKEY_LOCAL_MACHINE, HKLM:)" : ": did you mean `" + near + "`?");
}

/// ControlSet001, ControlSet002: the sets that CurrentControlSet points to in a hive that is not running.
bool is_control_set(std::string_view part) {
    constexpr std::string_view stem = "ControlSet";
    return part.size() == stem.size() + 3 && ascii_istarts_with(part, stem) &&
           part.find_first_not_of("0123456789", stem.size()) == std::string_view::npos;
}

bool is_below(std::string_view path, std::string_view top) {
    return path.size() > top.size() && path[top.size()] == '\\' && ascii_istarts_with(path, top);
}

} // namespace

std::string_view to_string(registry_type t) {
    switch (t) {
    case registry_type::none:
        return "REG_NONE";
    case registry_type::sz:
        return "REG_SZ";
    case registry_type::expand_sz:
        return "REG_EXPAND_SZ";
    case registry_type::binary:
        return "REG_BINARY";
    case registry_type::dword:
        return "REG_DWORD";
    case registry_type::dword_big_endian:
        return "REG_DWORD_BIG_ENDIAN";
    case registry_type::multi_sz:
        return "REG_MULTI_SZ";
    case registry_type::qword:
        return "REG_QWORD";
    }
    return "";
}

bool registry_value::is_number() const {
    return type == registry_type::dword || type == registry_type::dword_big_endian ||
           type == registry_type::qword;
}

std::string registry_value::shown() const {
    if (type == registry_type::qword)
        return std::to_string(number);
    if (is_number())
        return std::to_string(static_cast<std::int32_t>(static_cast<std::uint32_t>(number)));
    if (type == registry_type::multi_sz)
        return "{" + join(texts, ", ") + "}";
    return texts.empty() ? to_hex(bytes) : texts.front();
}

registry_value dword(std::string name, std::uint32_t number, source_mark mark) {
    registry_value out;
    out.name = std::move(name);
    out.type = registry_type::dword;
    out.number = number;
    out.mark = std::move(mark);
    return out;
}

registry_value one_text(std::string name, std::string text, source_mark mark) {
    registry_value out;
    out.name = std::move(name);
    out.texts.push_back(std::move(text));
    out.mark = std::move(mark);
    return out;
}

registry_value several_texts(std::string name, std::vector<std::string> texts, source_mark mark) {
    registry_value out;
    out.name = std::move(name);
    out.type = registry_type::multi_sz;
    out.texts = std::move(texts);
    out.mark = std::move(mark);
    return out;
}

parsed<std::string> registry_path(std::string_view written) {
    constexpr std::string_view provider = "Registry::";
    if (ascii_istarts_with(written, provider))
        written.remove_prefix(provider.size());
    std::string out;
    std::string above;
    for (const auto& part : split(written, '\\')) {
        if (part.empty())
            continue;
        if (out.empty()) {
            out = root_named(part);
            if (out.empty())
                return parsed<std::string>::fail(unknown_root(part));
            continue;
        }
        const bool hive_of_another_time = ascii_iequal(above, "SYSTEM") && is_control_set(part);
        out += '\\' + (hive_of_another_time ? "CurrentControlSet" : part);
        above = part;
    }
    if (out.empty())
        return parsed<std::string>::fail("a path of the registry is expected, and nothing stands there");
    return parsed<std::string>::ok(std::move(out));
}

void registry::create_key(std::string_view path) {
    for (auto end = path.find('\\'); end != std::string_view::npos; end = path.find('\\', end + 1))
        keys_.try_emplace(std::string(path.substr(0, end)));
    keys_.try_emplace(std::string(path));
}

void registry::remove_key(std::string_view path) {
    for (auto k = keys_.begin(); k != keys_.end();)
        k = ascii_iequal(k->first, path) || is_below(k->first, path) ? keys_.erase(k) : std::next(k);
}

void registry::set(std::string_view path, registry_value v) {
    create_key(path);
    auto& values = keys_.find(path)->second;
    auto name = v.name;
    values.insert_or_assign(std::move(name), std::move(v));
}

void registry::remove_value(std::string_view path, std::string_view name) {
    const auto key = keys_.find(path);
    if (key == keys_.end())
        return;
    if (const auto v = key->second.find(name); v != key->second.end())
        key->second.erase(v);
}

bool registry::has_key(std::string_view path) const {
    return keys_.find(path) != keys_.end();
}

const registry_value* registry::find(std::string_view path, std::string_view name) const {
    const auto key = keys_.find(path);
    if (key == keys_.end())
        return nullptr;
    const auto v = key->second.find(name);
    return v == key->second.end() ? nullptr : &v->second;
}

const registry_value* registry::find_number(std::string_view path, std::string_view name) const {
    const auto* v = find(path, name);
    return v != nullptr && v->is_number() ? v : nullptr;
}

std::vector<const registry_value*> registry::values(std::string_view path) const {
    std::vector<const registry_value*> out;
    if (const auto key = keys_.find(path); key != keys_.end())
        for (const auto& [name, v] : key->second)
            out.push_back(&v);
    return out;
}

std::vector<std::string> registry::subkeys(std::string_view path) const {
    std::vector<std::string> out;
    for (const auto& [whole, values] : keys_)
        if (is_below(whole, path) && whole.find('\\', path.size() + 1) == std::string::npos)
            out.push_back(whole.substr(path.size() + 1));
    return out;
}

void registry::take_subtree(std::string_view path, const registry& from) {
    remove_key(path);
    for (const auto& [whole, values] : from.keys_)
        if (ascii_iequal(whole, path) || is_below(whole, path)) {
            create_key(whole);
            keys_.find(whole)->second = values;
        }
}

void apply(const std::vector<registry_change>& changes, registry& to) {
    using action = registry_change::action;
    for (const auto& c : changes)
        switch (c.what) {
        case action::create_key:
            to.create_key(c.path);
            break;
        case action::remove_key:
            to.remove_key(c.path);
            break;
        case action::set_value:
            to.set(c.path, c.value);
            break;
        case action::remove_value:
            to.remove_value(c.path, c.value.name);
            break;
        }
}

} // namespace connlab::tls
