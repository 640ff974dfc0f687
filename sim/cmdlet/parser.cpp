#include "sim/cmdlet/value_reader.hpp"

#include "sim/base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::cmdlet {

namespace {

constexpr std::size_t most_statements = 200;
constexpr std::size_t most_stages = 10;

/// Statements of the language, and the cmdlets that take script blocks.
bool is_keyword(std::string_view name) {
    constexpr std::string_view keywords[] = {
        "if",     "foreach",        "for",      "while",        "do",    "switch", "try", "throw", "param",
        "return", "ForEach-Object", "function", "Where-Object", "where", "%",      "?"};
    return std::any_of(std::begin(keywords), std::end(keywords),
                       [&](std::string_view k) { return ascii_iequal(k, name); });
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
            first_error error(*marks_);
            const bool too_many = out.statements.size() + out.findings.size() >= most_statements;
            if (too_many)
                error.set({in_.at(), 1}, fmt::format("more than {} cmdlets in one text", most_statements));
            statement s = too_many ? statement{} : read_pipeline(error);
            if (error)
                out.findings.push_back(*error);
            else
                out.statements.push_back(std::move(s));
            if (too_many)
                break;
            if (error)
                in_.skip_to_statement_end();
        }
        return out;
    }

  private:
    /// A cmdlet and what stands behind its bars.
    statement read_pipeline(first_error& error) {
        if (in_.peek() == '$')
            return read_assignment(error);
        statement first = read_statement(error);
        while (!error && in_.peek() == '|') {
            const auto bar = in_.at();
            in_.skip(1);
            in_.skip_blanks(true);
            first.piped.push_back(read_statement(error));
            if (!error && first.piped.size() > most_stages)
                error.set({bar, 1}, fmt::format("more than {} bars in one statement", most_stages));
        }
        return first;
    }

    /// `$x = …`, `$x.Property += …`: what stands behind is a value or a pipeline.
    statement read_assignment(first_error& error) {
        const auto begin = in_.at();
        const auto target = value_reader(in_, error).read_reference();
        const auto where = in_.extent_since(begin);
        in_.skip_blanks(false);
        const bool adds = in_.peek() == '+' && in_.peek(1) == '=';
        statement s;
        if (!adds && in_.peek() != '=')
            error.set(where,
                      "a statement that begins with a variable assigns to it: $x = … or $x.Property += …");
        if (error)
            return s;
        in_.skip(adds ? 2 : 1);
        in_.skip_blanks(false);
        if (is_name_start(in_.peek()))
            s = read_pipeline(error);
        else
            s.assigned = value_reader(in_, error).read();
        s.assigned_to = target.variable;
        s.assigned_property = target.property;
        s.adds = adds;
        s.where = s.assigned ? where : s.where;
        return s;
    }

    statement read_statement(first_error& error) {
        statement s;
        const auto begin = in_.at();
        std::size_t length = 0;
        if (in_.quote_here(length) != quote::none || in_.at_delimiter() || in_.peek() == '$' ||
            in_.peek() == '@') {
            value_reader(in_, error).refuse_character();
            return s;
        }
        while (!in_.at_delimiter())
            in_.skip(1);
        s.name = std::string(in_.since(begin));
        s.where = in_.extent_since(begin);
        if (is_keyword(s.name)) {
            error.set(
                s.where,
                fmt::format("`{}` belongs to PowerShell's language, which is not supported here", s.name),
                what_is_supported);
            return s;
        }
        while (!error) {
            in_.skip_blanks(false);
            if (in_.at_end() || in_.at_line_end() || in_.peek() == ';')
                break;
            if (in_.peek() == '|')
                break;
            s.arguments.push_back(read_argument(error));
        }
        return s;
    }

    argument read_argument(first_error& error) {
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
                error.set(a.where, fmt::format("a blank or a colon is expected behind -{}", a.name));
            in_.skip_blanks(false);
            if (has_value_next() || a.by_colon)
                a.content = value_reader(in_, error).read();
            return a;
        }
        a.content = value_reader(in_, error).read();
        a.where = in_.extent_since(begin);
        return a;
    }

    /// False before the next parameter and at the end of the statement.
    bool has_value_next() const {
        std::size_t dash = 0;
        if (in_.dash_here(dash) && is_name_start(in_.peek(dash)))
            return false;
        return !in_.at_end() && !in_.at_line_end() && in_.peek() != ';' && in_.peek() != '|';
    }

    scanner in_;
    const text_marks* marks_;
};

} // namespace

script parse(std::string_view text, const text_marks& marks) {
    return reader(text, marks).read();
}

} // namespace connlab::cmdlet
