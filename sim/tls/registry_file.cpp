#include "sim/tls/registry_file.hpp"

#include "sim/base/utf8.hpp"
#include "sim/tls/registry_data.hpp"
#include "sim/tls/registry_text.hpp"

#include <fmt/format.h>

#include <optional>

namespace connlab::tls {

namespace {

constexpr std::string_view header_of_today = "Windows Registry Editor Version 5.00";
constexpr std::string_view header_of_old = "REGEDIT4";
constexpr std::size_t most_findings = 50; // of a file that is something else

/// One statement: a line with those that continue it, and where each of them begins in the whole.
struct logical_line {
    struct piece {
        std::size_t begin = 0;  // in `joined`
        int number = 1;         // of the line in the file
        std::size_t column = 0; // of its first byte, from 0
    };
    std::string joined; // without backslashes, line ends and the blanks at both ends of the following lines
    std::size_t length = 0; // of the first physical line
    std::vector<piece> pieces;

    int number() const { return pieces.front().number; }
};

class reader {
  public:
    reader(std::string_view text, const std::string& file, registry_file& out)
        : text_(text), file_(file), out_(out) {}

    void run() {
        bool first = true;
        while (!text_.empty() && out_.findings.size() < most_findings) {
            const auto line = next();
            if (trim(line.joined).empty() || trim(line.joined).front() == ';')
                continue;
            if (first)
                read_header(line);
            else if (trim(line.joined).front() == '[')
                read_key(line);
            else
                read_value(line);
            first = false;
        }
        if (first)
            error({{}, 0, {{0, 1, 0}}}, 0, 1, "the file holds nothing",
                  fmt::format("its first line is `{}`", header_of_today));
    }

  private:
    std::string_view physical_line() {
        const auto end = text_.find_first_of("\r\n");
        const auto line = text_.substr(0, end);
        text_.remove_prefix(end == std::string_view::npos ? text_.size()
                                                          : end + (text_.substr(end, 2) == "\r\n" ? 2U : 1U));
        ++number_;
        return line;
    }

    static bool goes_on(std::string_view line) {
        const auto rest = trim(line);
        return !rest.empty() && rest.back() == '\\' && rest.front() != '[' && rest.front() != ';';
    }

    logical_line next() {
        auto last = physical_line();
        logical_line out{std::string(last), last.size(), {{0, number_, 0}}};
        while (goes_on(last) && !text_.empty()) {
            out.joined.erase(out.joined.rfind('\\'));
            last = physical_line();
            const auto blanks = std::min(last.find_first_not_of(" \t"), last.size());
            out.pieces.push_back({out.joined.size(), number_, blanks});
            out.joined += trim(last);
        }
        return out;
    }

    /// At a byte of the joined line.
    void error(const logical_line& l, std::size_t at, std::size_t length, std::string message,
               std::string hint = {}) {
        auto piece = l.pieces.front();
        for (const auto& p : l.pieces)
            if (p.begin <= at)
                piece = p;
        const auto column = at - piece.begin + piece.column + 1;
        out_.findings.push_back(
            {severity::error,
             {file_, piece.number, static_cast<int>(column), std::max(1, static_cast<int>(length))},
             std::move(message),
             std::move(hint),
             {}});
    }

    source_mark mark(const logical_line& l) const {
        const auto first = std::string_view(l.joined).substr(0, l.length);
        const auto begin = std::min(first.find_first_not_of(" \t"), first.size());
        return {file_, l.number(), static_cast<int>(begin) + 1,
                std::max(1, static_cast<int>(trim(first).size()))};
    }

    void read_header(const logical_line& l) {
        const auto word = trim(l.joined);
        ansi_ = ascii_iequal(word, header_of_old);
        if (ansi_ || ascii_iequal(word, header_of_today))
            return;
        const auto near = nearest_word(word, {std::string(header_of_today), std::string(header_of_old)});
        error(l, 0, l.length, "a registry file begins with its header",
              near.empty() ? fmt::format("the first line is `{}`", header_of_today)
                           : fmt::format("did you mean `{}`?", near));
    }

    void read_key(const logical_line& l) {
        key_.reset();
        const auto begin = l.joined.find('[');
        const auto end = l.joined.rfind(']');
        if (end == std::string::npos)
            return error(l, l.joined.size(), 1, "the path of the key ends with `]`");
        if (const auto rest = trim(std::string_view(l.joined).substr(end + 1));
            !rest.empty() && rest.front() != ';')
            return error(l, end + 1, l.joined.size() - end - 1, "nothing follows the `]` of a key");
        auto path = std::string_view(l.joined).substr(begin + 1, end - begin - 1);
        const bool removes = !path.empty() && path.front() == '-';
        if (removes)
            path.remove_prefix(1);
        const auto good = registry_path(path);
        if (!good)
            return error(l, begin + 1 + (removes ? 1U : 0U), path.substr(0, path.find('\\')).size(),
                         good.error);
        using action = registry_change::action;
        out_.changes.push_back({removes ? action::remove_key : action::create_key, *good, {}});
        if (!removes)
            key_ = *good;
        skips_ = removes;
    }

    /// `"Name"=data` or `@=data`.
    void read_value(const logical_line& l) {
        const auto begin = l.joined.find_first_not_of(" \t");
        std::string name;
        auto after = begin + 1;
        if (l.joined[begin] == '"') {
            const auto text = quoted_text(std::string_view(l.joined).substr(begin));
            if (!text)
                return error(l, begin, 1, "the name of the value has no closing `\"`");
            name = text->text;
            after = begin + text->length;
        } else if (l.joined[begin] != '@') {
            return error(l, begin, l.length - std::min(l.length, begin),
                         "neither a key `[…]`, a value `\"Name\"=…` nor a comment `;`");
        }
        const auto equals = l.joined.find_first_not_of(" \t", after);
        if (equals == std::string::npos || l.joined[equals] != '=')
            return error(l, after, 1, "`=` is expected behind the name of the value");
        if (!key_ && !skips_)
            return error(l, begin, l.length - std::min(l.length, begin),
                         "the value stands under no key that reads");
        if (key_)
            set(l, std::move(name), equals + 1);
    }

    void set(const logical_line& l, std::string name, std::size_t at) {
        const auto begin = std::min(l.joined.find_first_not_of(" \t", at), l.joined.size());
        const auto data = trim(std::string_view(l.joined).substr(begin));
        using action = registry_change::action;
        registry_change change{action::remove_value, *key_, {}};
        if (data != "-") {
            auto read = read_registry_data(data, ansi_);
            if (!read.error.empty())
                return error(l, begin + read.at, read.length, std::move(read.error), std::move(read.hint));
            change.what = action::set_value;
            change.value = std::move(read.value);
        }
        change.value.name = std::move(name);
        change.value.mark = mark(l);
        out_.changes.push_back(std::move(change));
    }

    std::string_view text_;
    const std::string& file_;
    registry_file& out_;
    int number_ = 0;
    bool ansi_ = false;  // REGEDIT4: the bytes of texts are no UTF-16
    bool skips_ = false; // below a key that is taken away nothing is set
    std::optional<std::string> key_;
};

} // namespace

registry_file read_registry_file(std::string_view bytes, const std::string& file) {
    registry_file out;
    out.text = registry_text(bytes);
    reader(out.text, file, out).run();
    return out;
}

} // namespace connlab::tls
