#include "sim/scenario/source_bytes.hpp"

#include "sim/base/utf8.hpp"
#include "sim/scenario/yaml_document.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace connlab::scenario {

namespace {

bool forbidden_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20U && c != '\t' && c != '\n' && c != '\r') || byte == 0x7FU;
}

/// Offset of the first byte that cannot stand in a scenario; the size when there is none.
std::size_t first_bad_byte(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const auto c = first_utf8_character(text.substr(at));
        if (!c.well_formed || forbidden_control(text[at]))
            break;
        at += c.bytes;
    }
    return at;
}

/// Offset behind the first run of so many blanks and line ends; npos: there is none. The YAML library's time
/// grows with the square of such a run.
std::size_t end_of_long_void(std::string_view text) {
    std::size_t run = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool nothing = text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r';
        run = nothing ? run + 1 : 0;
        if (run > longest_void)
            return i;
    }
    return std::string_view::npos;
}

/// Offset of a line that begins with `%`; npos: there is none. Long ones cost the library their square, too.
std::size_t directive(std::string_view text) {
    if (!text.empty() && text.front() == '%')
        return 0;
    const auto end = text.find("\n%");
    const auto other_end = text.find("\r%");
    const auto first = std::min(end, other_end);
    return first == std::string_view::npos ? first : first + 1;
}

bool says_nothing(std::string_view text) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        const auto word = line.find_first_not_of(" \t\r");
        if (word != std::string_view::npos && line[word] != '#')
            return false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

} // namespace

line_starts::line_starts(std::string_view text) : text_(text), starts_{0} {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')))
            starts_.push_back(i + 1);
}

int line_starts::line_of(std::size_t offset) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    return static_cast<int>(after - starts_.begin());
}

int line_starts::column_of(std::size_t offset) const {
    const auto line = static_cast<std::size_t>(line_of(offset) - 1);
    return static_cast<int>(offset - starts_[line]) + 1;
}

std::size_t line_starts::offset_of(int line, int character) const {
    if (line < 1 || static_cast<std::size_t>(line) > starts_.size())
        return text_.size();
    std::size_t at = starts_[static_cast<std::size_t>(line - 1)];
    for (int i = 1; i < character && at < text_.size(); ++i) {
        ++at;
        while (at < text_.size() && is_utf8_continuation(text_[at]))
            ++at;
    }
    return at;
}

std::optional<diagnostic> not_text(std::string_view bytes, const std::string& file) {
    const auto at = [&](std::size_t offset, std::string message) {
        const line_starts lines(bytes);
        const source_mark mark{file, lines.line_of(offset), lines.column_of(offset), 1};
        return diagnostic{severity::error, mark, std::move(message), {}, {}};
    };
    if (bytes.size() > largest_file)
        return diagnostic{
            severity::error,
            {file, 0, 0, 1},
            fmt::format("the file has {} bytes; a scenario has at most {}", bytes.size(), largest_file),
            {},
            {}};
    if (const auto bad = first_bad_byte(bytes); bad < bytes.size())
        return at(bad, fmt::format(
                           "byte 0x{:02X} cannot stand here; a scenario is UTF-8 text without control bytes",
                           static_cast<unsigned char>(bytes[bad])));
    if (says_nothing(bytes))
        return diagnostic{
            severity::error, {file, 0, 0, 1}, "the file is empty", "a scenario begins with `Title:`", {}};
    if (const auto end = end_of_long_void(bytes); end != std::string_view::npos)
        return at(end, fmt::format("more than {} blanks and line ends in a row", longest_void));
    if (const auto line = directive(bytes); line != std::string_view::npos)
        return at(line, "a line that begins with `%` is not part of the scenario language");
    return std::nullopt;
}

} // namespace connlab::scenario
