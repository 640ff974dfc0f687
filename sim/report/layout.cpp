#include "sim/report/layout.hpp"

#include <algorithm>

namespace connlab::report {

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    bool in_code = false; // ESC [ … m
    for (const char c : text) {
        in_code = in_code || c == '\x1b';
        if (!in_code && (static_cast<unsigned char>(c) & 0xC0U) != 0x80U)
            ++width;
        in_code = in_code && c != 'm';
    }
    return width;
}

std::string pad(std::string_view text, std::size_t width) {
    std::string out(text);
    const auto have = display_width(text);
    if (have < width)
        out.append(width - have, ' ');
    return out;
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t hang, std::size_t width) {
    std::string out;
    std::size_t start = 0;
    while (start <= text.size()) {
        const auto end = std::min(text.find('\n', start), text.size());
        std::string_view line = text.substr(start, end - start);
        std::string current(indent, ' ');
        std::size_t used = indent;
        bool empty = true;
        while (!line.empty()) {
            const auto blank = std::min(line.find(' '), line.size());
            const auto word = line.substr(0, blank);
            const auto need = display_width(word);
            if (!empty && used + 1 + need > width) {
                out += current + '\n';
                current.assign(indent + hang, ' ');
                used = indent + hang;
                empty = true;
            }
            if (!empty) {
                current += ' ';
                ++used;
            }
            current += word;
            used += need;
            empty = false;
            line.remove_prefix(std::min(blank + 1, line.size()));
        }
        out += empty ? std::string{} : current;
        out += '\n';
        start = end + 1;
    }
    return out;
}

std::string console_text(std::string_view text, std::size_t indent, std::size_t width) {
    constexpr std::size_t console_width = 120;
    std::string out;
    for (std::size_t start = 0; start <= text.size();) {
        const auto end = std::min(text.find('\n', start), text.size());
        const auto line = text.substr(start, end - start);
        out += wrapped(line, indent, 2, display_width(line) > console_width ? width : indent + console_width);
        start = end + 1;
    }
    return out;
}

std::string below(std::string_view text, std::size_t indent) {
    std::string out;
    for (const char c : text) {
        out += c;
        if (c == '\n')
            out.append(indent, ' ');
    }
    return out;
}

namespace {

bool begins_a_line(std::string_view line) {
    constexpr std::string_view marks = "-*+#>|` \t";
    const auto digits = line.find_first_not_of("0123456789");
    const bool numbered = digits != 0 && digits != std::string_view::npos && line[digits] == '.';
    return line.empty() || numbered || marks.find(line.front()) != std::string_view::npos;
}

} // namespace

std::string unwrapped(std::string_view markdown) {
    std::string out;
    while (!markdown.empty()) {
        const auto end = std::min(markdown.find('\n'), markdown.size());
        const auto line = markdown.substr(0, end);
        if (!out.empty())
            out += begins_a_line(line) || out.back() == '\n' ? '\n' : ' ';
        out += line;
        markdown.remove_prefix(std::min(end + 1, markdown.size()));
    }
    while (!out.empty() && out.back() == '\n')
        out.pop_back();
    return out;
}

std::string columns(const std::vector<std::vector<std::string>>& rows, std::size_t indent) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths.resize(std::max(widths.size(), i + 1));
            widths[i] = std::max(widths[i], display_width(row[i]));
        }
    std::string out;
    for (const auto& row : rows) {
        out.append(indent, ' ');
        for (std::size_t i = 0; i < row.size(); ++i)
            out += i + 1 == row.size() ? row[i] : pad(row[i], widths[i] + 2);
        while (!out.empty() && out.back() == ' ')
            out.pop_back();
        out += '\n';
    }
    return out;
}

std::string way_of(const std::string& from, const std::string& to) {
    return (from.empty() ? "<>" : from) + " → " + to;
}

} // namespace connlab::report
