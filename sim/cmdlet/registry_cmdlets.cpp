// New-Item, Set-ItemProperty and their kin on the registry of a server.
#include "sim/cmdlet/machine_cmdlets.hpp"

#include "sim/tls/registry.hpp"
#include "sim/tls/registry_number.hpp"

namespace connlab::cmdlet {

namespace {

using tls::registry_type;
using tls::registry_value;

/// -Path as one spelling; absent: said what is wrong.
std::optional<std::string> path_of(const machine_work& w) {
    auto path = tls::registry_path(text_of(w.given, "Path"));
    if (path)
        return std::move(*path);
    w.order.fail_at(w.given, "Path", "`Path`: " + path.error);
    return std::nullopt;
}

/// The key at -Path, which has to be there.
std::optional<std::string> existing_path(const machine_work& w) {
    auto path = path_of(w);
    if (path && !w.computer.registry.has_key(*path)) {
        w.order.fail_at(w.given, "Path",
                        fmt::format("The key {} does not exist on {} (our wording)", *path, w.computer.name),
                        "New-Item -Path … -Force makes it");
        return std::nullopt;
    }
    return path;
}

std::optional<registry_type> type_named(std::string_view word) {
    struct entry {
        std::string_view word;
        registry_type type;
    };
    constexpr entry types[] = {{"DWord", registry_type::dword},
                               {"String", registry_type::sz},
                               {"ExpandString", registry_type::expand_sz},
                               {"MultiString", registry_type::multi_sz},
                               {"QWord", registry_type::qword}};
    for (const auto& t : types)
        if (ascii_iequal(t.word, word))
            return t.type;
    return std::nullopt;
}

/// By -Type or -PropertyType, else as the value was, else by how the data is written.
std::optional<registry_type> type_of(const machine_work& w, const registry_value* before, const value& data) {
    for (const auto* name : {"Type", "PropertyType"})
        if (const auto word = text_of(w.given, name); !word.empty()) {
            const auto type = type_named(word);
            if (!type)
                w.order.fail_at(w.given, name,
                                fmt::format("`{}`: `{}` is not DWord, QWord, String, ExpandString or "
                                            "MultiString",
                                            name, word));
            return type;
        }
    if (before != nullptr)
        return before->type;
    if (data.form == value_form::list)
        return registry_type::multi_sz;
    return !data.quoted && tls::looks_like_a_number(data.text) ? registry_type::dword : registry_type::sz;
}

void set_value(const machine_work& w, const std::string& path, const registry_value* before) {
    const auto name = text_of(w.given, "Name");
    const auto given = w.given.find("Value");
    if (name.empty() || given == w.given.end())
        return w.order.fail(fmt::format("{} needs -Name and -Value", w.order.text.name));
    const auto type = type_of(w, before, given->second);
    if (!type)
        return;
    registry_value v;
    v.name = name;
    v.type = *type;
    v.mark = w.order.errors.mark(w.order.text.where);
    const auto items = written(given->second).items;
    if (v.is_number()) {
        const auto number = items.size() == 1 ? tls::registry_number(items.front()) : std::nullopt;
        if (!number)
            return w.order.errors.add(given->second.where, "`Value`: a DWord is a number");
        if (*type == registry_type::dword && !tls::registry_dword(items.front()))
            return w.order.errors.add(given->second.where,
                                      "`Value`: a DWord has 32 bits: 0 to 4294967295 (0xffffffff)");
        v.number = *type == registry_type::dword ? *tls::registry_dword(items.front()) : *number;
    } else {
        v.texts = *type == registry_type::multi_sz ? items : std::vector<std::string>{join(items, " ")};
    }
    const std::string was = before != nullptr ? before->shown() : "absent";
    w.order.changed(fmt::format("{}: {}\\{}: {} → {}", w.computer.name, path, name, was, v.shown()));
    w.computer.registry.set(path, std::move(v));
}

void set_item_property(const machine_work& w) {
    if (const auto path = existing_path(w))
        set_value(w, *path, w.computer.registry.find(*path, text_of(w.given, "Name")));
}

void new_item_property(const machine_work& w) {
    const auto path = existing_path(w);
    if (!path)
        return;
    if (w.computer.registry.find(*path, text_of(w.given, "Name")) != nullptr && !is_on(w.given, "Force"))
        return w.order.fail_at(
            w.given, "Name",
            fmt::format("{} has a value {} already (our wording)", *path, text_of(w.given, "Name")),
            "-Force replaces it; Set-ItemProperty changes it");
    set_value(w, *path, nullptr);
}

void remove_item_property(const machine_work& w) {
    const auto path = existing_path(w);
    const auto name = text_of(w.given, "Name");
    if (!path)
        return;
    if (w.computer.registry.find(*path, name) == nullptr)
        return w.order.fail_at(w.given, "Name", fmt::format("{} has no value {} (our wording)", *path, name));
    w.computer.registry.remove_value(*path, name);
    w.order.changed(fmt::format("{}: {}\\{}: removed", w.computer.name, *path, name));
}

/// A slash in a name (AES 128/128) is part of it, as in the registry itself.
void new_item(const machine_work& w) {
    const auto path = path_of(w);
    if (!path)
        return;
    auto& r = w.computer.registry;
    const auto above = path->substr(0, path->rfind('\\'));
    if (r.has_key(*path) && !is_on(w.given, "Force"))
        return w.order.fail_at(w.given, "Path", fmt::format("The key {} exists already (our wording)", *path),
                               "-Force passes over that");
    if (!r.has_key(above) && !is_on(w.given, "Force"))
        return w.order.fail_at(w.given, "Path",
                               fmt::format("The key {} above it does not exist (our wording)", above),
                               "-Force makes that too");
    r.create_key(*path);
    w.order.changed(fmt::format("{}: {}: created", w.computer.name, *path));
}

void remove_item(const machine_work& w) {
    const auto path = existing_path(w);
    if (!path)
        return;
    if (!w.computer.registry.subkeys(*path).empty() && !is_on(w.given, "Recurse"))
        return w.order.fail_at(w.given, "Path", fmt::format("{} has keys below it (our wording)", *path),
                               "-Recurse removes them too");
    w.computer.registry.remove_key(*path);
    w.order.changed(fmt::format("{}: {}: removed", w.computer.name, *path));
}

void get_item_property(const machine_work& w) {
    const auto path = existing_path(w);
    if (!path)
        return;
    const auto wanted = text_of(w.given, "Name");
    for (const auto* v : w.computer.registry.values(*path))
        if (wanted.empty() || ascii_iequal(wanted, v->name))
            w.order.printed(fmt::format("{} : {}", v->name.empty() ? "(default)" : v->name, v->shown()));
}

} // namespace

std::vector<machine_cmdlet> registry_cmdlets() {
    const plain_parameter path{"Path", false, true};
    const plain_parameter name{"Name", false, true};
    const plain_parameter data{"Value", false, true};
    const plain_parameter force{"Force", true};
    return {
        {"Set-ItemProperty", {path, name, data, {"Type"}, force}, set_item_property},
        {"New-ItemProperty", {path, name, {"Value"}, {"PropertyType"}, force}, new_item_property},
        {"Remove-ItemProperty", {path, name, force}, remove_item_property},
        {"Get-ItemProperty", {path, name}, get_item_property},
        {"New-Item", {path, {"ItemType"}, force}, new_item},
        {"Remove-Item", {path, {"Recurse", true}, force}, remove_item},
    };
}

} // namespace connlab::cmdlet
