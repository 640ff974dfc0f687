#include "sim/base/source_line.hpp"

#include "sim/base/utf8.hpp"

#include <algorithm>

namespace connlab {

namespace {

constexpr std::size_t widest_line = 100;
constexpr std::size_t before_caret = 60; // what is kept to its left when the line is cut
constexpr std::string_view unprintable = "·";
constexpr std::string_view cut = "…";

/// Controls, and the marks of Unicode that have no width or turn the direction of what follows.
bool is_shown(char32_t c) {
    const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    return !(c < 0x20 || within(0x7F, 0x9F) || c == 0xAD || c == 0x61C || within(0x200B, 0x200F) ||
             within(0x2028, 0x202E) || within(0x2060, 0x206F) || c == 0xFEFF || within(0xFFF9, 0xFFFB));
}

/// What is printed for each character, and the byte at which it begins.
struct cell {
    std::size_t at = 0;
    std::string_view shown;
};

std::vector<cell> cells_of(std::string_view text) {
    std::vector<cell> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = first_utf8_character(text.substr(at));
        const auto shown = text[at] == '\t' ? " " : is_shown(c.code) ? text.substr(at, c.bytes) : unprintable;
        out.push_back({at, shown});
        at += c.bytes;
    }
    return out;
}

std::string joined(const std::vector<cell>& cells, std::size_t from, std::size_t to) {
    std::string out;
    for (auto i = from; i < to; ++i)
        out += cells[i].shown;
    return out;
}

/// The number of cells that begin before byte `at`.
std::size_t cells_before(const std::vector<cell>& cells, std::size_t at) {
    return static_cast<std::size_t>(
        std::partition_point(cells.begin(), cells.end(), [at](const cell& c) { return c.at < at; }) -
        cells.begin());
}

/// Index of the cell that holds byte `at`; one past the last for a place behind the line.
std::size_t cell_at(const std::vector<cell>& cells, std::size_t at, std::size_t line_size) {
    return at >= line_size ? cells.size() : cells_before(cells, at + 1) - 1;
}

} // namespace

line_index::line_index(std::string_view text) : text_(text), begins_{0} {
    for (auto at = text.find_first_of("\r\n"); at != std::string_view::npos;
         at = text.find_first_of("\r\n", at)) {
        at += text.substr(at, 2) == "\r\n" ? 2 : 1;
        begins_.push_back(at);
    }
}

std::string_view line_index::line(int number) const {
    if (!has(number))
        return {};
    const auto rest = text_.substr(begins_[static_cast<std::size_t>(number) - 1]);
    return rest.substr(0, rest.find_first_of("\r\n"));
}

std::string printable(std::string_view text) {
    const auto cells = cells_of(text);
    return joined(cells, 0, cells.size());
}

std::string underlined(std::string_view line, const source_mark& mark, std::size_t indent) {
    auto column = std::min(static_cast<std::size_t>(std::max(mark.column, 1)) - 1, line.size());
    auto length = static_cast<std::size_t>(std::max(mark.length, 1));
    // A line may be megabytes long; only what can be near the window is looked at. No character has more than
    // 4 bytes.
    constexpr std::size_t near = 8 * widest_line;
    std::size_t skipped = 0;
    if (column > near) {
        skipped = column - near;
        while (skipped < column && is_utf8_continuation(line[skipped]))
            ++skipped;
    }
    const bool goes_on = line.size() > column + near;
    line = line.substr(skipped, column - skipped + near);
    column -= skipped;

    const auto cells = cells_of(line);
    const auto caret = cell_at(cells, column, line.size());
    const auto last = std::min(cells_before(cells, column + length), cells.size());
    std::size_t from = 0;
    std::size_t to = cells.size();
    if (skipped > 0 || goes_on || cells.size() > widest_line) {
        from = caret > before_caret ? caret - before_caret : 0;
        to = std::min(from + widest_line, cells.size());
        if (!goes_on && to == cells.size()) // no more behind: show more of what stands before
            from = to > widest_line ? to - widest_line : 0;
    }
    const bool cut_front = from > 0 || skipped > 0;
    const bool cut_back = to < cells.size() || goes_on;

    const std::string margin(indent, ' ');
    std::string out = margin + (cut_front ? std::string(cut) : "") + joined(cells, from, to);
    out += cut_back ? std::string(cut) : "";
    out += '\n' + margin + std::string(caret - from + (cut_front ? 1 : 0), ' ') + '^';
    const auto end = std::min(last, to);
    out += std::string(end > caret + 1 ? end - caret - 1 : 0, '~') + '\n';
    return out;
}

} // namespace connlab
