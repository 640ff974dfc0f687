// The Windows registry as far as TLS is read from it: keys and values, whose names are compared without
// regard to case. A value, not a connection to anything.
#pragma once

#include "sim/base/ascii.hpp"
#include "sim/base/parsed.hpp"
#include "sim/base/source_mark.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::tls {

enum class registry_type { none, sz, expand_sz, binary, dword, dword_big_endian, multi_sz, qword };
std::string_view to_string(registry_type t); // REG_DWORD

struct registry_value {
    std::string name; // empty: the key's default value
    registry_type type = registry_type::sz;
    std::uint64_t number = 0;       // REG_DWORD, REG_QWORD
    std::vector<std::string> texts; // REG_SZ: one; REG_MULTI_SZ: any number
    std::string bytes;              // of every other type
    source_mark mark;               // where it was set; unknown: by setup

    bool is_number() const;
    /// As Get-ItemProperty prints it: a DWORD in decimal, as a signed number; several texts in braces.
    std::string shown() const;
    friend bool operator==(const registry_value&, const registry_value&) = default;
};

registry_value dword(std::string name, std::uint32_t number, source_mark mark = {});
registry_value one_text(std::string name, std::string text, source_mark mark = {});
registry_value several_texts(std::string name, std::vector<std::string> texts, source_mark mark = {});

/// One spelling for every way to write a path: `HKLM:\`, `HKLM\`, `Registry::HKEY_LOCAL_MACHINE\`;
/// ControlSet001 is CurrentControlSet; no backslash at the end. Error: a root that does not exist, with the
/// nearest one.
parsed<std::string> registry_path(std::string_view written);

class registry {
  public:
    /// Paths as registry_path gives them. Keys above a created one exist too.
    void create_key(std::string_view path);
    void remove_key(std::string_view path); // with everything below
    void set(std::string_view path, registry_value v);
    void remove_value(std::string_view path, std::string_view name);
    bool has_key(std::string_view path) const;
    const registry_value* find(std::string_view path, std::string_view name) const;
    /// Null too for a value that is no number: Windows asks for a REG_DWORD (that it passes over others is
    /// assumed).
    const registry_value* find_number(std::string_view path, std::string_view name) const;
    std::vector<const registry_value*> values(std::string_view path) const; // by name
    /// Names of the keys directly below, as they were first written.
    std::vector<std::string> subkeys(std::string_view path) const;
    /// The key and everything below becomes what it is in `from`.
    void take_subtree(std::string_view path, const registry& from);

    friend bool operator==(const registry&, const registry&) = default;

  private:
    using values_by_name = std::map<std::string, registry_value, ascii_iless>;
    std::map<std::string, values_by_name, ascii_iless> keys_; // by whole path
};

/// One line of a .reg file or one order of a cmdlet.
struct registry_change {
    enum class action { create_key, remove_key, set_value, remove_value };
    action what = action::create_key;
    std::string path;
    registry_value value; // remove_value: its name alone
};
void apply(const std::vector<registry_change>& changes, registry& to);

} // namespace connlab::tls
