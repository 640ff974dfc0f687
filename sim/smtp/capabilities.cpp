#include "sim/smtp/capabilities.hpp"

#include "sim/base/ascii.hpp"
#include "sim/smtp/reply.hpp"

namespace connlab::smtp {

capabilities capabilities::of(const reply& hello) {
    return of(hello.lines);
}

capabilities capabilities::of(const std::vector<std::string>& lines) {
    capabilities out;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const std::string_view line = lines[i];
        const auto end = line.find_first_of(" ="); // `AUTH=LOGIN` is what old servers write
        const auto rest = end == std::string_view::npos ? std::string_view{} : line.substr(end + 1);
        out.known_.emplace_back(ascii_upper(line.substr(0, end)), trim(rest));
    }
    return out;
}

const std::string* capabilities::find(std::string_view keyword) const {
    for (const auto& [name, parameter] : known_)
        if (name == keyword)
            return &parameter;
    return nullptr;
}

bool capabilities::has(std::string_view keyword) const {
    return find(keyword) != nullptr;
}

std::string capabilities::parameter(std::string_view keyword) const {
    const auto* found = find(keyword);
    return found == nullptr ? std::string{} : *found;
}

} // namespace connlab::smtp
