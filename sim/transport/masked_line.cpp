#include "sim/transport/masked_line.hpp"

#include "sim/base/ascii.hpp"
#include "sim/smtp/reply.hpp"

#include <cctype>

namespace connlab::transport {

namespace {

constexpr std::string_view response = "<authentication response>"; // observed
constexpr std::string_view information = "<authentication information>";

bool is_reply(std::string_view line) {
    return line.size() >= 4 && std::isdigit(static_cast<unsigned char>(line[0])) != 0 && line[3] == ' ';
}

} // namespace

std::string masked_line(std::string_view line) {
    if (is_reply(line)) {
        const bool secret = line.starts_with("334") ||
                            (line.starts_with("235") && smtp::leading_enhanced_code(line.substr(4)).empty());
        return secret ? std::string(line.substr(0, 4)) + std::string(response) : std::string(line);
    }
    if (!ascii_istarts_with(line, "AUTH ") && !ascii_istarts_with(line, "X-EXPS "))
        return std::string(response);
    const auto mechanism = line.find(' ') + 1;
    const auto blob = line.find(' ', mechanism);
    return blob == std::string_view::npos ? std::string(line)
                                          : std::string(line.substr(0, blob + 1)) + std::string(information);
}

} // namespace connlab::transport
