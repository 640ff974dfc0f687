#include "sim/cmdlet/formatting.hpp"

#include "sim/base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::cmdlet {

namespace {

constexpr std::size_t console_width = 120; // of the shell

/// Bytes that begin a character: texts are UTF-8.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

std::string padded(const std::string& text, std::size_t width) {
    const auto has = width_of(text);
    return has < width ? text + std::string(width - has, ' ') : text;
}

std::string value_of(const view_object& o, const std::string& name) {
    const auto found =
        std::find_if(o.begin(), o.end(), [&](const auto& p) { return ascii_iequal(p.first, name); });
    return found == o.end() ? std::string{} : found->second;
}

/// The names that are asked for, in the spelling of the objects.
std::vector<std::string> selected(const view& v, const std::vector<std::string>& asked) {
    std::vector<std::string> out;
    for (const auto& pattern : asked) {
        bool found = false;
        for (const auto& o : v.objects)
            for (const auto& [name, value] : o) {
                if (!matches_pattern(name, pattern))
                    continue;
                found = true;
                if (std::find(out.begin(), out.end(), name) == out.end())
                    out.push_back(name);
            }
        if (!found && pattern.find_first_of("*?") == std::string::npos)
            out.push_back(pattern);
    }
    return out;
}

std::vector<std::string> all_names(const view& v) {
    return selected(v, {"*"});
}

/// A value wider than the console goes on below its column.
std::string wrapped_value(const std::string& value, std::size_t column) {
    const auto room = console_width > column + 10 ? console_width - column : 10;
    std::string out;
    for (std::size_t at = 0; at < value.size() || at == 0; at += room)
        out += (at == 0 ? "" : "\n" + std::string(column, ' ')) + value.substr(at, room);
    return out;
}

std::string as_list(const view& v, const std::vector<std::string>& names) {
    std::size_t longest = 0;
    for (const auto& n : names)
        longest = std::max(longest, n.size());
    std::string out;
    for (const auto& o : v.objects) {
        out += "\n";
        for (const auto& n : names) {
            const auto value = value_of(o, n);
            out += padded(n, longest) + " :" +
                   (value.empty() ? "" : " " + wrapped_value(value, longest + 3)) + "\n";
        }
    }
    return out.empty() ? out : out + "\n";
}

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/// Cut with `...` where the console is too narrow.
std::string cell(const std::string& text, std::size_t width, bool right) {
    if (width_of(text) > width)
        return width > 3 ? text.substr(0, width - 3) + "..." : text.substr(0, width);
    return right ? std::string(width - width_of(text), ' ') + text : padded(text, width);
}

/// What fits side by side: the widest columns give way first, none below its header; columns for which even
/// that is too much are dropped at the end.
std::vector<std::size_t> widths_of(const view& v, const std::vector<std::string>& names) {
    std::vector<std::size_t> out;
    std::size_t headers = 0;
    std::size_t used = 0;
    for (const auto& n : names) {
        headers += n.size() + 1;
        if (headers > console_width + 1)
            break;
        std::size_t w = n.size();
        for (const auto& o : v.objects)
            w = std::max(w, width_of(value_of(o, n)));
        out.push_back(std::min(w, console_width));
        used += out.back() + 1;
    }
    for (; used > console_width + 1; --used) {
        std::size_t widest = out.size();
        for (std::size_t i = 0; i < out.size(); ++i)
            if (out[i] > names[i].size() && (widest == out.size() || out[i] > out[widest]))
                widest = i;
        if (widest == out.size())
            break;
        --out[widest];
    }
    return out;
}

std::string without_trailing_blanks(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

/// A row of a table, or the rows into which -Wrap breaks it.
std::string row(const std::vector<std::string>& values, const std::vector<std::size_t>& widths,
                const std::vector<bool>& numeric, bool wraps) {
    std::size_t lines = 1;
    for (std::size_t i = 0; wraps && i < widths.size(); ++i)
        lines = std::max(lines, (values[i].size() + widths[i] - 1) / widths[i]);
    std::string out;
    for (std::size_t n = 0; n < lines; ++n) {
        std::string line;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const auto at = std::min(n * widths[i], values[i].size());
            line += cell(wraps ? values[i].substr(at, widths[i]) : values[i], widths[i], numeric[i]) + " ";
        }
        out += without_trailing_blanks(line);
    }
    return out;
}

std::string as_table(const view& v, const std::vector<std::string>& names, bool wraps) {
    if (v.objects.empty())
        return {};
    const auto widths = widths_of(v, names);
    std::string header;
    std::string dashes;
    std::vector<bool> numeric;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        numeric.push_back(std::all_of(v.objects.begin(), v.objects.end(), [&](const view_object& o) {
            return is_number(value_of(o, names[i]));
        }));
        header += cell(names[i], widths[i], numeric[i]) + " ";
        dashes += cell(std::string(std::min(names[i].size(), widths[i]), '-'), widths[i], numeric[i]) + " ";
    }
    std::string out = "\n" + without_trailing_blanks(header) + without_trailing_blanks(dashes);
    for (const auto& o : v.objects) {
        std::vector<std::string> values;
        for (std::size_t i = 0; i < widths.size(); ++i)
            values.push_back(value_of(o, names[i]));
        out += row(values, widths, numeric, wraps);
    }
    return out + "\n";
}

} // namespace

bool matches_pattern(std::string_view name, std::string_view pattern) {
    std::size_t at = 0;
    std::size_t in_pattern = 0;
    std::size_t behind_star = std::string_view::npos; // in the pattern
    std::size_t taken_by_star = 0;                    // up to here in the name
    while (at < name.size()) {
        if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
            behind_star = ++in_pattern;
            taken_by_star = at;
        } else if (in_pattern < pattern.size() &&
                   (pattern[in_pattern] == '?' ||
                    ascii_iequal(name.substr(at, 1), pattern.substr(in_pattern, 1)))) {
            ++at;
            ++in_pattern;
        } else if (behind_star != std::string_view::npos) { // the last star takes one more
            at = ++taken_by_star;
            in_pattern = behind_star;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

std::string printed(const view& v, layout how, const std::vector<std::string>& properties) {
    if (how == layout::list)
        return as_list(v, properties.empty() ? all_names(v) : selected(v, properties));
    return as_table(v, properties.empty() ? v.columns : selected(v, properties),
                    how == layout::wrapped_table);
}

} // namespace connlab::cmdlet
