#include "tests/tls/recorded.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>

namespace connlab::tls::tests {

namespace {

/// The text between two others; to the end when the second is not there.
std::string between(const std::string& line, std::string_view from, std::string_view to) {
    const auto begin = line.find(from);
    if (begin == std::string::npos)
        return {};
    const auto start = begin + from.size();
    return line.substr(start, line.find(to, start) - start);
}

recorded_message headline(const std::string& line) {
    recorded_message out;
    out.from_client = line.starts_with(">>>");
    out.content = between(line, ", ", " [");
    out.length = std::stoul(between(line, "[length ", "]"), nullptr, 16);
    out.name = between(line, "], ", "\n");
    return out;
}

} // namespace

std::vector<recorded_message> recorded(std::string_view version) {
    const auto path = CONNLAB_SOURCE_DIR "/tests/cases/handshake-tls-" + std::string(version) + ".txt";
    std::ifstream file(path);
    BOOST_REQUIRE_MESSAGE(file, path);
    std::vector<recorded_message> out;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(">>>") || line.starts_with("<<<"))
            out.push_back(headline(line));
        else if (line.starts_with(" "))
            out.back().bytes += bytes_of(line);
    }
    BOOST_REQUIRE(!out.empty());
    return out;
}

std::string bytes_of(std::string_view hex) {
    std::string out;
    std::string digits;
    for (const char c : hex) {
        if (c == ' ' || c == '\n')
            continue;
        digits += c;
        if (digits.size() == 2) {
            out += static_cast<char>(std::stoi(digits, nullptr, 16));
            digits.clear();
        }
    }
    return out;
}

std::string message(std::uint8_t type, std::string_view body) {
    const auto size = body.size();
    std::string out(1, static_cast<char>(type));
    for (const unsigned shift : {16U, 8U, 0U})
        out += static_cast<char>(size >> shift & 0xFFU);
    return out.append(body);
}

} // namespace connlab::tls::tests
