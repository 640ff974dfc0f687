#include "sim/cmdlet/value_reader.hpp"

#include "sim/base/ascii.hpp"

#include <fmt/format.h>

namespace connlab::cmdlet {

namespace {

/// What a backtick makes of the character behind it.
char escaped(char c) {
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case '0':
        return '\0';
    default: // a character, not an enumeration
        return c;
    }
}

} // namespace

bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_name_start(char c) {
    return is_name_byte(c) && !(c >= '0' && c <= '9');
}

/// One element, or several with commas between them.
value value_reader::read() {
    const auto begin = in_.at();
    value first = read_element(false);
    std::vector<value> all;
    while (!error_) {
        const auto before = in_.at();
        in_.skip_blanks(false);
        if (in_.peek() != ',') {
            if (all.empty())
                return first;
            value list;
            list.form = value_form::list;
            list.where = {begin, before - begin};
            list.items = std::move(all);
            return list;
        }
        if (all.empty())
            all.push_back(std::move(first));
        in_.skip(1);
        in_.skip_blanks(true);
        all.push_back(read_element(false));
        for (const auto* item : {&all.front(), &all.back()})
            if (item->form == value_form::list || item->form == value_form::table)
                error_.set(item->where, "a list in a list is not supported");
    }
    return first;
}

/// `in_brackets`: words without quotation marks are commands there, so they are refused.
value value_reader::read_element(bool in_brackets) {
    const auto begin = in_.at();
    std::size_t length = 0;
    value v;
    if (in_.peek() == '(' && !in_brackets && read_call(v)) {
        v.where = in_.extent_since(begin);
        return v;
    }
    if (const quote q = in_.quote_here(length); q != quote::none)
        v = read_quoted(q, length);
    else if (in_.peek() == '$')
        v = read_variable();
    else if (in_.peek() == '@' && in_.peek(1) == '{')
        v = read_table(in_brackets);
    else if (in_.peek() == '(' || (in_.peek() == '@' && in_.peek(1) == '('))
        v = read_brackets(in_brackets);
    else if (in_.peek() == '@')
        error_.set({begin, 1}, "`@` begins a list @(…) or a table @{…} here", what_is_supported);
    else if (in_.at_delimiter())
        refuse_character();
    else
        v = read_word(in_brackets);
    v.where = in_.extent_since(begin);
    return v;
}

value value_reader::read_word(bool in_brackets) {
    value v;
    const auto begin = in_.at();
    while (!in_.at_delimiter()) {
        std::size_t mark = 0;
        if (in_.quote_here(mark) != quote::none) {
            error_.set({in_.at(), mark}, "a quotation mark inside a word is not supported",
                       "write the whole value in quotation marks");
            return v;
        }
        if (in_.peek() == '$' || (in_.peek() == '`' && (in_.peek(1) == '\r' || in_.peek(1) == '\n')))
            break;
        if (in_.peek() == '`' && in_.peek(1) != '\0') {
            in_.skip(1);
            v.text += escaped(in_.peek());
            in_.skip(1);
            continue;
        }
        v.text += in_.peek();
        in_.skip(1);
    }
    if (in_.peek() == '$')
        error_.set({in_.at(), 1}, "a variable inside a word is not supported",
                   "write the value in single quotation marks");
    const bool number = v.text.find_first_not_of("0123456789") == std::string::npos;
    if (in_brackets && !number)
        error_.set(in_.extent_since(begin),
                   fmt::format("`{}` in brackets would be a command, which is not supported", v.text),
                   "text in brackets stands in quotation marks: @(\"a\",\"b\")");
    if (v.text == "--" || v.text == "--%")
        error_.set(in_.extent_since(begin),
                   fmt::format("`{}` has a meaning of its own in PowerShell", v.text),
                   "write it in quotation marks");
    return v;
}

value value_reader::read_quoted(quote q, std::size_t mark_length) {
    value v;
    v.quoted = true;
    const auto begin = in_.at();
    in_.skip(mark_length);
    while (!in_.at_end()) {
        std::size_t length = 0;
        if (in_.quote_here(length) == q) {
            in_.skip(length);
            std::size_t second = 0;
            if (in_.quote_here(second) != q) {
                if (!in_.at_delimiter())
                    error_.set({in_.at(), in_.character_length()},
                               "a blank, a comma or the end is expected behind the quotation mark",
                               "a quotation mark inside a text is doubled");
                close_expansion(v);
                return v;
            }
            v.text += q == quote::double_mark ? '"' : '\''; // doubled: the mark itself
            in_.skip(second);
        } else if (q == quote::double_mark && !read_inside_double_quotes(v)) {
            return v;
        } else if (q == quote::single_mark) {
            v.text += in_.peek();
            in_.skip(1);
        }
    }
    error_.set({begin, mark_length}, "the quotation mark is never closed");
    return v;
}

/// `$x`, `$($x)` or `$($x.Property)` in a text.
bool value_reader::read_expansion(value& v) {
    const auto begin = in_.at();
    const bool in_brackets = in_.peek(1) == '(';
    if (in_brackets) {
        in_.skip(2);
        if (in_.peek() != '$') {
            error_.set({begin, 2}, "only a variable may stand in $(…): $($name) or $($name.Property)");
            return false;
        }
    }
    v.form = value_form::expanded;
    value before;
    before.text = std::move(v.text);
    v.text.clear();
    v.items.push_back(std::move(before));
    auto reference = in_brackets ? read_reference() : read_name();
    if (in_brackets && in_.peek() != ')') {
        error_.set({begin, 2}, "only a variable may stand in $(…): $($name) or $($name.Property)");
        return false;
    }
    if (in_brackets)
        in_.skip(1);
    v.items.push_back(std::move(reference));
    return true;
}

/// `$x` in a text: there a dot behind it is the text's.
value value_reader::read_name() {
    value v;
    const auto begin = in_.at();
    in_.skip(1);
    const auto name = in_.at();
    while (is_name_byte(in_.peek()))
        in_.skip(1);
    v.form = value_form::variable;
    v.variable = std::string(in_.since(name));
    v.where = in_.extent_since(begin);
    return v;
}

/// What stands behind the last variable of a text belongs to it too.
void value_reader::close_expansion(value& v) {
    if (v.form != value_form::expanded)
        return;
    value rest;
    rest.text = std::move(v.text);
    v.text.clear();
    v.items.push_back(std::move(rest));
}

bool value_reader::read_inside_double_quotes(value& v) {
    const char c = in_.peek();
    const char next = in_.peek(1);
    if (c == '$' && (is_name_start(next) || next == '('))
        return read_expansion(v);
    if (c == '$' && next == '{') {
        error_.set({in_.at(), 1}, "${…} in double quotation marks is not supported",
                   "write the text in single quotation marks, or a backtick before the `$`");
        return false;
    }
    if (c == '`' && next != '\0') {
        in_.skip(1);
        v.text += escaped(next);
    } else {
        v.text += c;
    }
    in_.skip(1);
    return true;
}

value value_reader::read_reference() {
    const auto begin = in_.at();
    value v = read_name();
    if (v.variable.empty())
        error_.set({begin, 1}, "a name is expected behind `$`");
    if (in_.peek() == '.' && is_name_start(in_.peek(1))) {
        in_.skip(1);
        const auto property = in_.at();
        while (is_name_byte(in_.peek()))
            in_.skip(1);
        v.property = std::string(in_.since(property));
    }
    v.where = in_.extent_since(begin);
    return v;
}

value value_reader::read_variable() {
    value v = read_reference();
    if (v.property.empty() && ascii_iequal(v.variable, "null")) {
        v.form = value_form::null;
    } else if (v.property.empty() &&
               (ascii_iequal(v.variable, "true") || ascii_iequal(v.variable, "false"))) {
        v.form = value_form::boolean;
        v.text = ascii_iequal(v.variable, "true") ? "True" : "False";
    }
    if (in_.peek() == '[' || in_.peek() == ':')
        error_.set(v.where, fmt::format("`${}{}` is not supported: variables are $name and $name.Property",
                                        v.variable, in_.peek()));
    else if (!in_.at_delimiter())
        error_.set({in_.at(), in_.character_length()},
                   fmt::format("a blank is expected behind `${}`", v.variable));
    return v;
}

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

void value_reader::refuse_character() {
    const auto length = in_.at_end() ? 1 : in_.character_length();
    if (in_.at_end() || in_.at_line_end() || in_.peek() == ';') {
        error_.set({in_.at(), 1}, "a value is expected here");
        return;
    }
    const auto begin = in_.at();
    std::string hint = what_is_supported;
    if (in_.peek() == '<' || in_.peek() == '>')
        hint = "write the value in quotation marks: \"<I>…<S>…\"";
    in_.skip(length);
    error_.set({begin, length}, fmt::format("`{}` is not supported here", in_.since(begin)), hint);
}

} // namespace connlab::cmdlet
