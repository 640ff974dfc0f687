// PowerShell as far as cmdlets with parameters need it: what a text says, before anything is bound to a
// parameter. Internal.
#pragma once

#include "sim/base/diagnostic.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::cmdlet {

/// A stretch of the text, in bytes.
struct extent {
    std::size_t begin = 0;
    std::size_t length = 1;
};

enum class value_form { text, boolean, null, list, table, variable, expanded };

struct table_entry;

/// `x`, `"x"`, `$true`, `$null`, `$x.Name`, `"<I>$($x.Issuer)"`, `a,b`, `@("a","b")`, `@{Add="x"}`.
struct value {
    value_form form = value_form::text;
    std::string text;                 // of a text; of a Boolean "True" or "False"
    bool quoted = false;              // written in quotation marks
    std::string variable;             // of a variable: its name without $
    std::string property;             // of `$x.Property`
    std::vector<value> items;         // of a list; the pieces of an expanded text
    std::vector<table_entry> entries; // of a table
    extent where;
};

struct table_entry {
    std::string key;
    value content;
    extent where; // of the key
};

/// `-Name value`, `-Name:value`, or a value alone.
struct argument {
    std::string name;             // without the dash; empty: positional
    std::optional<value> content; // absent: nothing follows the name
    bool by_colon = false;
    extent where; // of name with dash, or of the value
};

struct statement {
    std::string name;
    std::vector<argument> arguments;
    std::vector<statement> piped; // what stands behind `|`
    std::string assigned_to;      // `$x = …`: x; then either the cmdlet's name or `assigned`
    std::string assigned_property;
    bool adds = false; // +=
    std::optional<value> assigned;
    extent where; // of the name
};

/// The places of a text in its file. Lines behind the first are taken to begin at the column of the first, as
/// in a YAML block; the columns of a text that was written with escapes or folded lines are near the place
/// only.
class text_marks {
  public:
    text_marks(std::string_view text, source_mark first) : text_(text), first_(std::move(first)) {}
    source_mark of(const extent& where) const;

  private:
    std::string_view text_;
    source_mark first_;
};

struct script {
    std::vector<statement> statements;
    diagnostics findings; // a statement with an error is not among the statements
};

script parse(std::string_view text, const text_marks& marks);

} // namespace connlab::cmdlet
