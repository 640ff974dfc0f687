#include "sim/report/paint.hpp"

#include "sim/base/source_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace connlab::report {

namespace {

constexpr std::array<std::string_view, 7> own_codes = {"\x1b[0m",  "\x1b[1m",  "\x1b[2m", "\x1b[31m",
                                                       "\x1b[32m", "\x1b[33m", "\x1b[36m"};

/// The colour that begins `text`, or nothing.
std::string_view own_code(std::string_view text) {
    const auto found = std::find_if(own_codes.begin(), own_codes.end(),
                                    [&](std::string_view code) { return text.starts_with(code); });
    return found == own_codes.end() ? std::string_view{} : *found;
}

} // namespace

std::string paint::finished(std::string_view report) const {
    std::string out;
    out.reserve(report.size());
    while (!report.empty()) {
        const auto end = std::min(report.find_first_of("\n\x1b"), report.size());
        out += printable(report.substr(0, end));
        report.remove_prefix(end);
        const auto code = colour_ ? own_code(report) : std::string_view{};
        if (!code.empty())
            out += code;
        else if (!report.empty())
            out += report.front() == '\n' ? "\n" : printable(report.substr(0, 1));
        report.remove_prefix(code.empty() ? std::min<std::size_t>(1, report.size()) : code.size());
    }
    return out;
}

std::string paint::wrap(std::string_view code, std::string_view text) const {
    return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

} // namespace connlab::report
