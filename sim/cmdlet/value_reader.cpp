#include "sim/cmdlet/value_reader.hpp"

#include "sim/base/ascii.hpp"

#include <fmt/format.h>

#include <utility>

namespace connlab::cmdlet {

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
        const extent comma{in_.at(), 1};
        in_.skip(1);
        read_behind_comma(comma, all);
    }
    return first;
}

/// The list goes on, on the next line if need be; but not with a cmdlet.
void value_reader::read_behind_comma(const extent& comma, std::vector<value>& all) {
    in_.skip_blanks(false);
    const bool line_ends = in_.at_line_end();
    in_.skip_blanks(true);
    const bool ends = in_.at_end() || in_.peek() == ';' || in_.peek() == '|';
    if (!ends)
        all.push_back(read_element(false));
    const auto& last = all.back();
    const bool is_cmdlet = line_ends && !last.quoted && last.form == value_form::text &&
                           is_name_start(last.text.empty() ? ' ' : last.text.front()) &&
                           last.text.find('-') != std::string::npos && in_.peek() == ' ';
    if (ends || is_cmdlet)
        error_.set(comma, "a value is expected behind the comma");
    for (const auto* item : {&std::as_const(all).front(), &last})
        if (item->form == value_form::list || item->form == value_form::table)
            error_.set(item->where, "a list in a list is not supported");
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
    else if (in_.peek() == '{' && !in_brackets)
        v = read_block();
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
        refuse_command(in_.extent_since(begin), v.text);
    if (v.text == "--" || v.text == "--%")
        error_.set(in_.extent_since(begin),
                   fmt::format("`{}` has a meaning of its own in PowerShell", v.text),
                   "write it in quotation marks");
    return v;
}

void value_reader::refuse_command(const extent& where, const std::string& name) {
    error_.set(where, fmt::format("`{}` in brackets would be a command, which is not supported", name),
               asks_for_credential(name) ? how_to_give_a_credential
                                         : "text in brackets stands in quotation marks: @(\"a\",\"b\")");
}

/// `{Status -eq "Retry"}`: the text between the braces, for whoever takes a filter.
value value_reader::read_block() {
    value v;
    v.quoted = true;
    const auto begin = in_.at();
    int open = 0;
    do {
        open += in_.peek() == '{' ? 1 : in_.peek() == '}' ? -1 : 0;
        in_.skip(1);
    } while (open > 0 && !in_.at_end());
    if (open > 0)
        error_.set({begin, 1}, "the brace is never closed");
    else
        v.text = std::string(in_.since(begin).substr(1, in_.at() - begin - 2));
    return v;
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
