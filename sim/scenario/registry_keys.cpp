#include "sim/scenario/registry_keys.hpp"

#include "sim/base/ascii.hpp"
#include "sim/tls/registry_file.hpp"
#include "sim/tls/registry_number.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace connlab::scenario {

namespace {

using action = tls::registry_change::action;

tls::registry_value value_of(const node& name, const node& n) {
    if (n.kind == node_kind::sequence)
        return tls::several_texts(name.text, texts(n), name.mark());
    const auto number = n.style == scalar_style::plain ? tls::registry_dword(n.text) : std::nullopt;
    return number ? tls::dword(name.text, *number, name.mark())
                  : tls::one_text(name.text, n.text, name.mark());
}

/// `Enabled`, `DisabledByDefault` with a text would be read by nobody; and a number has to have its place.
void check_value(const tls::registry_value& v, const node& n, reading& r) {
    if (n.style == scalar_style::plain && !v.is_number() && tls::looks_like_a_number(n.text))
        return r.error(n,
                       fmt::format("`{}` is a number (REG_DWORD) of 32 bits, and {} has no place in them",
                                   v.name, n.text),
                       "0 to 4294967295 (0xffffffff), or -1 as PowerShell shows it; a text stands in quotes");
    for (const auto* name : {"Enabled", "DisabledByDefault"})
        if (ascii_iequal(v.name, name) && !v.is_number())
            r.error(n,
                    fmt::format("`{}` is a number (REG_DWORD): 0, 1 or 0xffffffff, not `{}`", name, n.text));
}

void read_key(server_draft& d, const member& m, reading& r) {
    const auto path = tls::registry_path(m.key.text);
    if (!path) {
        r.error(m.key, "`Registry`: " + path.error);
        return;
    }
    auto& changes = d.declared.registry;
    if (m.value.kind == node_kind::scalar) {
        if (m.value.text != "-")
            r.error(m.value, "a key of the registry holds values, `Name: data`, or is taken away with `-`");
        changes.push_back({action::remove_key, *path, {}});
        return;
    }
    changes.push_back({action::create_key, *path, {}});
    for (const auto& v : m.value.members) {
        const bool removed = v.value.kind == node_kind::scalar && v.value.text == "-";
        auto value = value_of(v.key, v.value);
        if (!removed)
            check_value(value, v.value, r);
        changes.push_back({removed ? action::remove_value : action::set_value, *path, std::move(value)});
    }
}

} // namespace

void read_registry(server_draft& d, const node& n, reading& r) {
    for (const auto& m : n.members)
        if (!m.value.is_null())
            read_key(d, m, r);
}

void read_registry_files(server_draft& d, const node& n, reading& r) {
    for (const auto* entry : entries(n)) {
        const auto path =
            (std::filesystem::path(*entry->file).parent_path() / entry->text).lexically_normal().string();
        const auto bytes = r.read_file ? r.read_file(path) : std::nullopt;
        if (!bytes) {
            r.error(*entry, fmt::format("cannot read `{}`", path),
                    "a path begins at the folder of the file that names it");
            continue;
        }
        auto file = tls::read_registry_file(*bytes, path);
        r.texts[path] = std::move(file.text);
        r.findings.insert(r.findings.end(), file.findings.begin(), file.findings.end());
        d.declared.registry.insert(d.declared.registry.end(), file.changes.begin(), file.changes.end());
    }
}

} // namespace connlab::scenario
