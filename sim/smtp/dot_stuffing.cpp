#include "sim/smtp/dot_stuffing.hpp"

namespace connlab::smtp {

namespace {

constexpr std::string_view line_begins_with_dot = "\r\n.";

/// Up to the dot of the next line that begins with one, or all.
std::size_t up_to_next_dot(std::string_view text) {
    const auto found = text.find(line_begins_with_dot);
    return found == std::string_view::npos ? text.size() : found + 2;
}

} // namespace

std::string dot_stuffed(std::string_view content) {
    std::string out;
    out.reserve(content.size() + content.size() / 64 + 8);
    const bool needs_end = !content.empty() && !content.ends_with("\r\n");
    if (content.starts_with('.'))
        out += '.';
    for (;;) {
        const auto end = up_to_next_dot(content);
        out.append(content.substr(0, end));
        content.remove_prefix(end);
        if (content.empty())
            break;
        out += '.';
    }
    return out += needs_end ? "\r\n.\r\n" : ".\r\n";
}

std::string dot_unstuffed(std::string_view wire) {
    std::string out;
    out.reserve(wire.size());
    if (wire.starts_with('.'))
        wire.remove_prefix(1);
    while (!wire.empty()) {
        const auto end = up_to_next_dot(wire);
        out.append(wire.substr(0, end));
        wire.remove_prefix(end);
        if (!wire.empty())
            wire.remove_prefix(1);
    }
    return out;
}

} // namespace connlab::smtp
