#include "sim/smtp/reply.hpp"

#include "sim/base/ascii.hpp"

#include <fmt/format.h>

namespace connlab::smtp {

namespace {

constexpr std::size_t max_reply_lines = 256;
constexpr std::size_t max_reply_bytes = 65536;
constexpr std::size_t shown_of_malformed = 80;
constexpr std::size_t code_length = 3;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// 200 to 599, or 0.
int code_of(std::string_view line) {
    if (line.size() < code_length || line[0] < '2' || line[0] > '5' || !is_digit(line[1]) ||
        !is_digit(line[2]))
        return 0;
    return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

/// Behind a dot and one to three digits; npos: there are none.
std::size_t behind_number(std::string_view text, std::size_t at) {
    if (at >= text.size() || text[at] != '.')
        return std::string_view::npos;
    auto end = at + 1;
    while (end < text.size() && end - at <= 3 && is_digit(text[end]))
        ++end;
    return end == at + 1 ? std::string_view::npos : end;
}

} // namespace

std::string_view leading_enhanced_code(std::string_view text) {
    if (text.empty() || (text[0] != '2' && text[0] != '4' && text[0] != '5'))
        return {};
    const auto subject = behind_number(text, 1);
    const auto detail = subject == std::string_view::npos ? subject : behind_number(text, subject);
    if (detail == std::string_view::npos || (detail < text.size() && text[detail] != ' '))
        return {};
    return text.substr(0, detail);
}

std::string reply::text() const {
    std::string out = malformed ? std::string{} : std::to_string(code);
    for (const auto& line : lines) {
        if (!out.empty())
            out += ' ';
        out += line;
    }
    return out;
}

std::string_view reply::enhanced_code() const {
    return malformed || lines.empty() ? std::string_view{} : leading_enhanced_code(lines.front());
}

std::string format_reply(int code, const std::vector<std::string>& lines) {
    const auto digits = std::to_string(code);
    if (lines.empty())
        return digits + " \r\n";
    std::size_t size = 0;
    for (const auto& line : lines)
        size += line.size() + 6;
    std::string out;
    out.reserve(size);
    for (const auto& line : lines) {
        out += digits;
        out += &line == &lines.back() ? ' ' : '-';
        out += line;
        out += "\r\n";
    }
    return out;
}

std::string wire_reply(std::string_view text) {
    const auto end = text.find('\n');
    // One line that is written like the first of several would leave the client waiting for the others.
    const bool continued = text.size() > code_length && text[code_length] == '-' && code_of(text) != 0;
    std::string out;
    if (end == std::string_view::npos && !continued) {
        out.reserve(text.size() + 2);
        out += text;
        out += "\r\n";
        return out;
    }
    const auto code = text.substr(0, code_length);
    auto lines = split(text, '\n');
    for (auto& line : lines)
        if (line.size() > code_length && line.starts_with(code) &&
            (line[code_length] == ' ' || line[code_length] == '-'))
            line.erase(0, code_length + 1);
    return format_reply(code_of(code), lines);
}

std::string without_enhanced_code(std::string_view text) {
    if (text.size() <= code_length + 1)
        return std::string(text);
    const auto code = leading_enhanced_code(text.substr(code_length + 1));
    if (code.empty())
        return std::string(text);
    const auto behind = trim(text.substr(code_length + 1 + code.size()));
    return fmt::format("{} {}", text.substr(0, code_length), behind);
}

reply malformed_reply(std::string_view line) {
    reply out;
    out.malformed = true;
    out.lines.emplace_back(line.substr(0, shown_of_malformed));
    return out;
}

reply reply_reader::give_up(std::string_view line) {
    current_ = {};
    bytes_ = 0;
    begun_ = false;
    return malformed_reply(line);
}

std::optional<reply> reply_reader::add(std::string_view line) {
    const int code = code_of(line);
    const bool last = line.size() == code_length || (line.size() > code_length && line[code_length] == ' ');
    const bool separated = last || (line.size() > code_length && line[code_length] == '-');
    bytes_ += line.size();
    if (code == 0 || !separated || (begun_ && code != current_.code) ||
        current_.lines.size() >= max_reply_lines || bytes_ > max_reply_bytes)
        return give_up(line);
    begun_ = true;
    current_.code = code;
    current_.lines.emplace_back(line.size() > code_length + 1 ? line.substr(code_length + 1)
                                                              : std::string_view{});
    if (!last)
        return std::nullopt;
    reply whole = std::move(current_);
    current_ = {};
    bytes_ = 0;
    begun_ = false;
    return whole;
}

} // namespace connlab::smtp
