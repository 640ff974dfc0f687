#include "sim/lab/path_device.hpp"

#include "sim/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace connlab::lab {

namespace {

using scenario::fault_kind;

/// The SMTP inspection of a firewall lets these through and overwrites the other keywords.
constexpr std::array<std::string_view, 4> known_keywords = {"SIZE", "PIPELINING", "8BITMIME",
                                                            "ENHANCEDSTATUSCODES"};

/// `STARTTLS` → `XXXXXXXA`.
std::string overwritten(std::string_view keyword) {
    return keyword.empty() ? std::string{} : std::string(keyword.size() - 1, 'X') + 'A';
}

/// Code and separator of a line, then its text.
constexpr std::size_t text_begins = 4;

std::string masked_banner(std::string line) {
    for (auto i = text_begins; i < line.size(); ++i)
        line[i] = '*';
    return line;
}

std::string masked_keyword(const std::string& line) {
    const auto text = std::string_view(line).substr(std::min(text_begins, line.size()));
    const auto keyword = text.substr(0, text.find(' '));
    const bool known = std::any_of(known_keywords.begin(), known_keywords.end(),
                                   [&](std::string_view k) { return ascii_iequal(k, keyword); });
    return known ? line : line.substr(0, text_begins) + overwritten(text);
}

std::vector<std::string> lines_of(const std::string& bytes) {
    auto out = split(bytes, '\n');
    out.pop_back(); // behind the last line end
    for (auto& line : out)
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
    return out;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines)
        out += line + "\r\n";
    return out;
}

bool is_ehlo_reply(const std::vector<std::string>& lines) {
    return lines.size() > 1 && lines.front().starts_with("250-");
}

std::string without_starttls(std::vector<std::string> lines) {
    lines.erase(std::remove_if(lines.begin(), lines.end(),
                               [](const std::string& l) {
                                   return l.substr(std::min(text_begins, l.size())) == "STARTTLS";
                               }),
                lines.end());
    lines.back()[3] = ' '; // the last line of a reply
    return joined(lines);
}

std::string masked(std::vector<std::string> lines, bool keeps_starttls) {
    if (lines.size() == 1 && lines.front().starts_with("220 ") &&
        lines.front().find("2.0.0") == std::string::npos)
        return joined({masked_banner(lines.front())});
    if (is_ehlo_reply(lines))
        for (std::size_t i = 1; i < lines.size(); ++i)
            if (!keeps_starttls || lines[i].find("STARTTLS") == std::string::npos)
                lines[i] = masked_keyword(lines[i]);
    return joined(lines);
}

} // namespace

bool path_device::masks() const {
    return kind_ == fault_kind::masked || kind_ == fault_kind::masked_tls;
}

std::string path_device::to_client(const std::string& lines, bool encrypted) const {
    if (encrypted || lines.empty())
        return lines;
    if (masks())
        return masked(lines_of(lines), kind_ == fault_kind::masked_tls);
    auto all = lines_of(lines);
    return kind_ == fault_kind::starttls_stripped && is_ehlo_reply(all) ? without_starttls(std::move(all))
                                                                        : lines;
}

/// Exchange's own headers are taken off, and a line of the device is put on top.
std::string path_device::content_to_server(const std::string& wire, bool encrypted) const {
    if (encrypted || kind_ != fault_kind::rewrites)
        return wire;
    const auto body = wire.find("\r\n\r\n");
    std::vector<std::string> kept{"X-Rewritten-By: a device on the path"};
    bool dropping = false;
    for (const auto& line : lines_of(wire.substr(0, body == std::string::npos ? 0 : body + 2))) {
        const bool continues = !line.empty() && (line.front() == ' ' || line.front() == '\t');
        dropping = continues ? dropping : ascii_istarts_with(line, "X-MS-Exchange-");
        if (!dropping)
            kept.push_back(line);
    }
    return body == std::string::npos ? wire : joined(kept) + wire.substr(body + 2);
}

} // namespace connlab::lab
