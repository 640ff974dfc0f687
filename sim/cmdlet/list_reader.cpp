// Lists `@(…)` and tables `@{…}`.
#include "sim/base/ascii.hpp"
#include "sim/cmdlet/value_reader.hpp"

#include <fmt/format.h>

namespace connlab::cmdlet {

value value_reader::read_brackets(bool in_brackets) {
    value v;
    v.form = value_form::list;
    const auto begin = in_.at();
    in_.skip(in_.peek() == '@' ? 2 : 1);
    if (in_brackets)
        error_.set({begin, 1}, "a list in a list is not supported");
    in_.skip_blanks(true);
    while (!error_ && in_.peek() != ')') {
        if (in_.at_end())
            error_.set({begin, 1}, "the bracket is never closed");
        else if (!v.items.empty() && in_.peek() != ',')
            error_.set({in_.at(), in_.character_length()}, "a comma or `)` is expected in the list");
        if (!v.items.empty())
            in_.skip(1);
        in_.skip_blanks(true);
        if (!error_)
            v.items.push_back(read_element(true));
        in_.skip_blanks(true);
    }
    in_.skip(1);
    return v;
}

value value_reader::read_table(bool in_brackets) {
    value v;
    v.form = value_form::table;
    const auto begin = in_.at();
    in_.skip(2);
    if (in_brackets)
        error_.set({begin, 2}, "a table in a list is not supported");
    for (;;) {
        const auto behind = in_.at();
        in_.skip_blanks(false);
        const bool separated = in_.peek() == ';' || in_.at_line_end();
        in_.skip_blanks(true);
        while (in_.peek() == ';') {
            in_.skip(1);
            in_.skip_blanks(true);
        }
        if (error_)
            return v;
        if (in_.peek() == '}')
            break;
        if (!v.entries.empty() && !separated && !in_.at_end())
            error_.set({behind, 1}, "a `;` is expected between the entries of a table");
        if (in_.at_end()) {
            error_.set({begin, 2}, "the brace is never closed");
            return v;
        }
        auto entry = read_entry();
        for (const auto& other : v.entries)
            if (ascii_iequal(other.key, entry.key))
                error_.set(entry.where, fmt::format("the table has an entry {} already", other.key));
        v.entries.push_back(std::move(entry));
    }
    in_.skip(1);
    return v;
}

table_entry value_reader::read_entry() {
    table_entry e;
    const auto begin = in_.at();
    e.key = read_key();
    e.where = in_.extent_since(begin);
    in_.skip_blanks(false);
    if (e.key.empty() || in_.peek() != '=') {
        error_.set(e.where, "an entry of a table is Key=Value", "for example @{Add=\"contoso.com\"}");
        return e;
    }
    in_.skip(1);
    in_.skip_blanks(true);
    e.content = read_table_value();
    return e;
}

/// A word or a quoted text without escapes.
std::string value_reader::read_key() {
    std::size_t length = 0;
    const quote q = in_.quote_here(length);
    in_.skip(length);
    const auto begin = in_.at();
    std::size_t end = 0;
    while (!in_.at_end() && (q == quote::none ? is_name_byte(in_.peek()) : in_.quote_here(end) != q))
        in_.skip(1);
    std::string key(in_.since(begin));
    if (q != quote::none)
        in_.skip(end);
    return key;
}

/// Like a value, but words are commands here too.
value value_reader::read_table_value() {
    const auto begin = in_.at();
    value list;
    list.form = value_form::list;
    for (;;) {
        if (in_.peek() == '@' && in_.peek(1) == '{')
            error_.set({in_.at(), 2}, "a table in a table is not supported");
        const bool bracketed = in_.peek() == '(' || in_.peek() == '@';
        if (error_)
            return list;
        value one = read_element(!bracketed);
        if (error_)
            return list;
        if (one.form == value_form::list)
            list.items.insert(list.items.end(), one.items.begin(), one.items.end());
        else
            list.items.push_back(std::move(one));
        list.where = in_.extent_since(begin);
        in_.skip_blanks(false);
        if (in_.peek() != ',')
            return list;
        in_.skip(1);
        in_.skip_blanks(true);
    }
}

} // namespace connlab::cmdlet
