// Texts in quotation marks, and the variables in them.
#include "sim/cmdlet/value_reader.hpp"

namespace connlab::cmdlet {

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

} // namespace connlab::cmdlet
