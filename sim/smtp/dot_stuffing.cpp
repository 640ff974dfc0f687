#include "sim/smtp/dot_stuffing.hpp"

namespace connlab::smtp {

std::string dot_stuffed(std::string_view content) {
    std::string out;
    out.reserve(content.size() + 16);
    std::size_t start = 0;
    while (start < content.size()) {
        if (content[start] == '.')
            out += '.';
        const auto end = content.find("\r\n", start);
        const auto stop = end == std::string_view::npos ? content.size() : end + 2;
        out.append(content.substr(start, stop - start));
        start = stop;
    }
    if (!content.empty() && !content.ends_with("\r\n"))
        out += "\r\n";
    return out += ".\r\n";
}

std::string dot_unstuffed(std::string_view wire) {
    std::string out;
    out.reserve(wire.size());
    std::size_t start = 0;
    while (start < wire.size()) {
        if (wire[start] == '.')
            ++start;
        const auto end = wire.find("\r\n", start);
        const auto stop = end == std::string_view::npos ? wire.size() : end + 2;
        out.append(wire.substr(start, stop - start));
        start = stop;
    }
    return out;
}

} // namespace connlab::smtp
