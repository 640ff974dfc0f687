#include "sim/smtp/reply.hpp"

#include <fmt/format.h>

namespace connlab::smtp {

namespace {

constexpr std::size_t max_reply_lines = 256;

/// 200 to 599, or 0.
int code_of(std::string_view line) {
    if (line.size() < 3 || line[0] < '2' || line[0] > '5')
        return 0;
    int code = 0;
    for (int i = 0; i < 3; ++i) {
        const char c = line[static_cast<std::size_t>(i)];
        if (c < '0' || c > '9')
            return 0;
        code = code * 10 + (c - '0');
    }
    return code;
}

} // namespace

std::string reply::text() const {
    std::string out = malformed ? std::string{} : std::to_string(code);
    for (const auto& line : lines) {
        if (!out.empty())
            out += ' ';
        out += line;
    }
    return out;
}

std::string format_reply(int code, const std::vector<std::string>& lines) {
    if (lines.empty())
        return fmt::format("{} \r\n", code);
    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i)
        out += fmt::format("{}{}{}\r\n", code, i + 1 == lines.size() ? ' ' : '-', lines[i]);
    return out;
}

std::string wire_reply(std::string_view text) {
    std::string out(text);
    out += "\r\n";
    return out;
}

std::optional<reply> reply_reader::add(std::string_view line) {
    const int code = code_of(line);
    const bool separated = line.size() == 3 || (line.size() > 3 && (line[3] == ' ' || line[3] == '-'));
    const bool fits = code != 0 && separated && (!begun_ || code == current_.code);
    if (!fits || current_.lines.size() >= max_reply_lines) {
        reply bad;
        bad.malformed = true;
        bad.lines.emplace_back(line);
        current_ = {};
        begun_ = false;
        return bad;
    }
    begun_ = true;
    current_.code = code;
    current_.lines.emplace_back(line.size() > 4 ? line.substr(4) : std::string_view{});
    if (line.size() > 3 && line[3] == '-')
        return std::nullopt;
    begun_ = false;
    reply whole = std::move(current_);
    current_ = {};
    return whole;
}

} // namespace connlab::smtp
