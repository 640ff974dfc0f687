#include "sim/report/comparison.hpp"

#include "sim/report/flights.hpp"
#include "sim/report/layout.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::report {

namespace {

constexpr std::size_t lane_width = 53; // two of them and ` │ ` make a line

using lines = std::vector<std::string>;

lines lines_of(const std::string& text) {
    lines out;
    std::size_t start = 0;
    for (std::size_t end = 0; (end = text.find('\n', start)) != std::string::npos; start = end + 1)
        out.push_back(text.substr(start, end - start));
    return out;
}

void add(lines& to, const std::string& text, std::size_t hang = 0) {
    for (auto& l : lines_of(wrapped(text, 0, hang, lane_width)))
        to.push_back(std::move(l));
}

/// `TLS 1.2`, as the ServerHello says it: also of a handshake that failed later.
std::string version_words(const trace::handshake_view& h) {
    for (const auto& m : h.messages)
        if (m.type == "ServerHello")
            return m.detail.substr(0, m.detail.find(','));
    return "no version agreed on";
}

lines head_of(const compared& c, const paint& p) {
    const auto& s = c.session;
    lines out;
    add(out, p.strong(fmt::format("{}, flow {}", version_words(s.handshake), c.flow.id)));
    add(out, fmt::format("C: {}, S: {}", s.client, s.server));
    if (!s.handshake.suite.empty())
        add(out, s.handshake.suite);
    return out;
}

lines row_lines(const flight_row& r, const paint& p) {
    const auto head = fmt::format("{}  {:>2}  ", arrow(r), r.number);
    constexpr std::size_t longest_name = 19; // EncryptedExtensions
    auto says = r.number.empty() ? r.says : r.name;
    if (r.name == "Alert")
        says += ": " + r.says;
    else if (!r.size.empty())
        says = pad(says, longest_name) + "  " + r.size;
    lines out;
    add(out, head + says, display_width(head));
    if (r.name == "Alert")
        out.front() = p.bad(out.front());
    return out;
}

/// One lane for each flight.
std::vector<lines> lanes_of(const compared& c, const paint& p) {
    std::vector<lines> out;
    for (const auto& r : flight_rows(c.session)) {
        out.resize(std::max(out.size(), static_cast<std::size_t>(std::max(r.flight, 1))));
        auto& lane = out[static_cast<std::size_t>(std::max(r.flight, 1)) - 1];
        for (auto& l : row_lines(r, p))
            lane.push_back(std::move(l));
    }
    return out;
}

std::string beside(const lines& left, const lines& right, const paint& p) {
    std::string out;
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
        out += pad(i < left.size() ? left[i] : "", lane_width) + p.faint(" │");
        out += i < right.size() ? " " + right[i] : "";
        out += '\n';
    }
    return out;
}

std::string rule_line(std::string_view words, const paint& p) {
    std::string out;
    const auto with_blank = words.empty() ? std::string{} : std::string(words) + " ";
    for (std::size_t i = display_width(with_blank); i < lane_width; ++i)
        out += "─";
    out = with_blank + out + "─┼─";
    for (std::size_t i = 0; i < lane_width; ++i)
        out += "─";
    return p.faint(out) + '\n';
}

lines closing_of(const compared& c, const paint& p) {
    const auto& h = c.session.handshake;
    lines out;
    add(out, h.completed ? p.good("completed") : p.bad("failed: ") + h.failure);
    const auto words = round_trip_words(h);
    if (!words.empty())
        add(out, words);
    return out;
}

} // namespace

std::string compare(const compared& left, const compared& right, const paint& p) {
    std::string out = beside(head_of(left, p), head_of(right, p), p);
    auto one = lanes_of(left, p);
    auto other = lanes_of(right, p);
    const auto flights = std::max(one.size(), other.size());
    one.resize(flights);
    other.resize(flights);
    for (std::size_t i = 0; i < flights; ++i) {
        // Two flights, there and back, are one round trip.
        out +=
            rule_line(i > 0 && i % 2 == 0 ? fmt::format("{} round trip{}", i / 2, i > 2 ? "s" : "") : "", p);
        out += beside(one[i], other[i], p);
    }
    out += rule_line("", p) + beside(closing_of(left, p), closing_of(right, p), p);
    return p.finished(out);
}

} // namespace connlab::report
