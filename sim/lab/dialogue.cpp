#include "sim/lab/dialogue.hpp"

#include "sim/transport/masked_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace connlab::lab {

namespace {

std::vector<std::string> lines_of(std::string_view bytes) {
    std::vector<std::string> out;
    while (!bytes.empty()) {
        const auto end = bytes.find("\r\n");
        out.emplace_back(bytes.substr(0, end));
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 2);
    }
    return out;
}

/// A reply of several lines as the receive log shows it: the code, two blanks, and the texts.
std::string in_one_row(std::string_view reply) {
    const auto lines = lines_of(reply);
    if (lines.size() < 2)
        return lines.empty() ? std::string{} : lines.front();
    std::string out = lines.front().substr(0, 3) + " ";
    for (const auto& l : lines)
        out += " " + l.substr(std::min<std::size_t>(4, l.size()));
    return out;
}

} // namespace

/// Empty service: nobody keeps one.
trace::protocol_log& dialogue::log_of(trace::direction way) {
    return way == trace::direction::client_to_server ? record_.send_log : record_.receive_log;
}

void dialogue::add(trace::direction way, std::string_view bytes, bool encrypted) {
    for (auto& line : lines_of(bytes))
        add_line(way, std::move(line), encrypted, false);
}

void dialogue::add_line(trace::direction way, std::string text, bool encrypted, bool content) {
    record_.lines.push_back({now_, way, std::move(text), encrypted, content});
}

void dialogue::add_content(trace::direction way, std::size_t bytes, bool encrypted) {
    add_line(way, fmt::format("<message, {} bytes on the wire>", bytes), encrypted, true);
}

void dialogue::add_turn(trace::direction way, const smtp::turn& t, const std::string& wire, bool encrypted) {
    const auto shown = [&](const std::string& bytes) {
        return t.secret ? transport::masked_line(bytes.substr(0, bytes.find("\r\n"))) + "\r\n" : bytes;
    };
    if (t.content)
        add_content(way, wire.size(), encrypted);
    else
        add(way, shown(wire), encrypted);
    if (t.content || t.send.empty() || log_of(way).service.empty())
        return;
    if (way == trace::direction::server_to_client)
        return log(way, '>', in_one_row(shown(t.send)));
    for (auto& line : lines_of(shown(t.send)))
        log(way, '>', std::move(line));
}

void dialogue::log(trace::direction way, char event, std::string data, std::string context) {
    auto& kept = log_of(way);
    if (!kept.service.empty())
        kept.rows.push_back({now_, event, std::move(data), std::move(context)});
}

} // namespace connlab::lab
