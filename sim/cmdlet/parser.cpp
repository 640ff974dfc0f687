#include "sim/base/ascii.hpp"
#include "sim/cmdlet/scanner.hpp"

#include <fmt/format.h>

namespace connlab::cmdlet {

namespace {

constexpr const char* supported_text =
    "supported are cmdlets with parameters, one after the other, each on a line of its "
    "own or separated by `;`";

constexpr std::size_t most_statements = 200;

bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_name_start(char c) {
    return is_name_byte(c) && !(c >= '0' && c <= '9');
}

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

class reader {
  public:
    reader(std::string_view text, const text_marks& marks) : in_(text), marks_(&marks) {}

    script read() {
        script out;
        for (;;) {
            in_.skip_blanks(true);
            while (in_.peek() == ';') {
                in_.skip(1);
                in_.skip_blanks(true);
            }
            if (in_.at_end())
                break;
            failed_ = false;
            if (out.statements.size() + findings_.size() >= most_statements) {
                fail({in_.at(), 1}, fmt::format("more than {} cmdlets in one text", most_statements));
                break;
            }
            statement s = read_statement();
            if (failed_)
                in_.skip_to_statement_end();
            else
                out.statements.push_back(std::move(s));
        }
        out.findings = std::move(findings_);
        return out;
    }

  private:
    void fail(const extent& where, std::string message, std::string hint = {}) {
        if (!failed_) // what follows the first error of a statement is its echo
            findings_.push_back(
                {severity::error, marks_->of(where), std::move(message), std::move(hint), {}});
        failed_ = true;
    }

    statement read_statement() {
        statement s;
        const auto begin = in_.at();
        std::size_t length = 0;
        if (in_.quote_here(length) != quote::none || in_.at_delimiter() || in_.peek() == '$' ||
            in_.peek() == '@') {
            refuse_character();
            return s;
        }
        while (!in_.at_delimiter())
            in_.skip(1);
        s.name = std::string(in_.since(begin));
        s.where = in_.extent_since(begin);
        while (!failed_) {
            in_.skip_blanks(false);
            if (in_.at_end() || in_.at_line_end() || in_.peek() == ';')
                break;
            s.arguments.push_back(read_argument());
        }
        return s;
    }

    argument read_argument() {
        argument a;
        const auto begin = in_.at();
        std::size_t dash = 0;
        if (in_.dash_here(dash) && is_name_start(in_.peek(dash))) {
            in_.skip(dash);
            const auto name = in_.at();
            while (is_name_byte(in_.peek()))
                in_.skip(1);
            a.name = std::string(in_.since(name));
            a.where = in_.extent_since(begin);
            a.by_colon = in_.peek() == ':';
            if (a.by_colon)
                in_.skip(1);
            else if (!in_.at_delimiter())
                fail(a.where, fmt::format("a blank or a colon is expected behind -{}", a.name));
            in_.skip_blanks(false);
            if (has_value_next() || a.by_colon)
                a.content = read_value();
            return a;
        }
        a.content = read_value();
        a.where = in_.extent_since(begin);
        return a;
    }

    /// False before the next parameter and at the end of the statement.
    bool has_value_next() const {
        std::size_t dash = 0;
        if (in_.dash_here(dash) && is_name_start(in_.peek(dash)))
            return false;
        return !in_.at_end() && !in_.at_line_end() && in_.peek() != ';';
    }

    /// One element, or several with commas between them.
    value read_value() {
        const auto begin = in_.at();
        value first = read_element(false);
        std::vector<value> all;
        while (!failed_) {
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
            for (const auto& item : all)
                if (item.form == value_form::list || item.form == value_form::table)
                    fail(item.where, "a list in a list is not supported");
        }
        return first;
    }

    /// `in_brackets`: words without quotation marks are commands there, so they are refused.
    value read_element(bool in_brackets) {
        const auto begin = in_.at();
        std::size_t length = 0;
        value v;
        if (const quote q = in_.quote_here(length); q != quote::none)
            v = read_quoted(q, length);
        else if (in_.peek() == '$')
            v = read_variable();
        else if (in_.peek() == '@' && in_.peek(1) == '{')
            v = read_table(in_brackets);
        else if (in_.peek() == '(' || (in_.peek() == '@' && in_.peek(1) == '('))
            v = read_brackets(in_brackets);
        else if (in_.peek() == '@')
            fail({begin, 1}, "`@` begins a list @(…) or a table @{…} here", supported_text);
        else if (in_.at_delimiter())
            refuse_character();
        else
            v = read_word(in_brackets);
        v.where = in_.extent_since(begin);
        return v;
    }

    value read_word(bool in_brackets) {
        value v;
        const auto begin = in_.at();
        while (!in_.at_delimiter()) {
            std::size_t mark = 0;
            if (in_.quote_here(mark) != quote::none) {
                fail({in_.at(), mark}, "a quotation mark inside a word is not supported",
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
            fail({in_.at(), 1}, "a variable inside a word is not supported",
                 "write the value in single quotation marks");
        const bool number = v.text.find_first_not_of("0123456789") == std::string::npos;
        if (in_brackets && !number)
            fail(in_.extent_since(begin),
                 fmt::format("`{}` in brackets would be a command, which is not supported", v.text),
                 "text in brackets stands in quotation marks: @(\"a\",\"b\")");
        if (v.text == "--" || v.text == "--%")
            fail(in_.extent_since(begin), fmt::format("`{}` has a meaning of its own in PowerShell", v.text),
                 "write it in quotation marks");
        return v;
    }

    value read_quoted(quote q, std::size_t mark_length) {
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
                    check_end_of_quoted();
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
        fail({begin, mark_length}, "the quotation mark is never closed");
        return v;
    }

    bool read_inside_double_quotes(value& v) {
        const char c = in_.peek();
        const char next = in_.peek(1);
        if (c == '$' && (is_name_start(next) || next == '{' || next == '(')) {
            fail({in_.at(), 1}, "a variable in double quotation marks is not supported",
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

    void check_end_of_quoted() {
        if (!in_.at_delimiter())
            fail({in_.at(), in_.character_length()},
                 "a blank, a comma or the end is expected behind the quotation mark",
                 "a quotation mark inside a text is doubled");
    }

    value read_variable() {
        value v;
        const auto begin = in_.at();
        in_.skip(1);
        while (is_name_byte(in_.peek()) || in_.peek() == ':')
            in_.skip(1);
        const auto name = in_.since(begin);
        if (ascii_iequal(name, "$null")) {
            v.form = value_form::null;
        } else if (ascii_iequal(name, "$true") || ascii_iequal(name, "$false")) {
            v.form = value_form::boolean;
            v.text = ascii_iequal(name, "$true") ? "True" : "False";
        } else {
            fail(in_.extent_since(begin),
                 fmt::format("`{}` is not supported: variables are $true, $false and $null", name));
        }
        if (!in_.at_delimiter())
            fail({in_.at(), in_.character_length()}, fmt::format("a blank is expected behind `{}`", name));
        return v;
    }

    value read_brackets(bool in_brackets) {
        value v;
        v.form = value_form::list;
        const auto begin = in_.at();
        in_.skip(in_.peek() == '@' ? 2 : 1);
        if (in_brackets)
            fail({begin, 1}, "a list in a list is not supported");
        in_.skip_blanks(true);
        while (!failed_ && in_.peek() != ')') {
            if (in_.at_end())
                fail({begin, 1}, "the bracket is never closed");
            else if (!v.items.empty() && in_.peek() != ',')
                fail({in_.at(), in_.character_length()}, "a comma or `)` is expected in the list");
            if (!v.items.empty())
                in_.skip(1);
            in_.skip_blanks(true);
            if (!failed_)
                v.items.push_back(read_element(true));
            in_.skip_blanks(true);
        }
        in_.skip(1);
        return v;
    }

    value read_table(bool in_brackets) {
        value v;
        v.form = value_form::table;
        const auto begin = in_.at();
        in_.skip(2);
        if (in_brackets)
            fail({begin, 2}, "a table in a list is not supported");
        for (;;) {
            in_.skip_blanks(true);
            while (in_.peek() == ';') {
                in_.skip(1);
                in_.skip_blanks(true);
            }
            if (failed_)
                return v;
            if (in_.peek() == '}')
                break;
            if (in_.at_end()) {
                fail({begin, 2}, "the brace is never closed");
                return v;
            }
            v.entries.push_back(read_entry());
        }
        in_.skip(1);
        return v;
    }

    table_entry read_entry() {
        table_entry e;
        const auto begin = in_.at();
        std::size_t length = 0;
        if (const quote q = in_.quote_here(length); q != quote::none) {
            e.key = read_key_in_quotes(q, length);
        } else {
            while (is_name_byte(in_.peek()))
                in_.skip(1);
            e.key = std::string(in_.since(begin));
        }
        e.where = in_.extent_since(begin);
        in_.skip_blanks(false);
        if (e.key.empty() || in_.peek() != '=') {
            fail(e.where, "an entry of a table is Key=Value", "for example @{Add=\"contoso.com\"}");
            return e;
        }
        in_.skip(1);
        in_.skip_blanks(true);
        e.content = read_table_value();
        return e;
    }

    std::string read_key_in_quotes(quote q, std::size_t length) {
        const auto begin = in_.at() + length;
        in_.skip(length);
        std::size_t end = 0;
        while (!in_.at_end() && in_.quote_here(end) != q)
            in_.skip(1);
        std::string key(in_.since(begin));
        in_.skip(end);
        return key;
    }

    /// Like a value, but words are commands here too.
    value read_table_value() {
        const auto begin = in_.at();
        value list;
        list.form = value_form::list;
        for (;;) {
            const bool bracketed = in_.peek() == '(' || in_.peek() == '@';
            value one = read_element(!bracketed);
            if (failed_)
                return one;
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

    void refuse_character() {
        const auto length = in_.at_end() ? 1 : in_.character_length();
        if (in_.at_end() || in_.at_line_end() || in_.peek() == ';') {
            fail({in_.at(), 1}, "a value is expected here");
            return;
        }
        const auto begin = in_.at();
        std::string hint = supported_text;
        if (in_.peek() == '<' || in_.peek() == '>')
            hint = "write the value in quotation marks: \"<I>…<S>…\"";
        in_.skip(length);
        fail({begin, length}, fmt::format("`{}` is not supported here", in_.since(begin)), hint);
    }

    scanner in_;
    const text_marks* marks_;
    diagnostics findings_;
    bool failed_ = false;
};

} // namespace

script parse(std::string_view text, const text_marks& marks) {
    return reader(text, marks).read();
}

} // namespace connlab::cmdlet
