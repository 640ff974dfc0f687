#include "sim/report/handshake.hpp"

#include "sim/report/flights.hpp"
#include "sim/report/layout.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::report {

namespace {

using trace::direction;

constexpr std::size_t text_width = 110;

// ---- messages and their fields ----

bool has_blank(const std::string& text) {
    return text.find(' ') != std::string::npos;
}

/// The values behind the name of a field: in one line, or wrapped, or, when they are phrases, one a line.
std::string values_text(const std::vector<std::string>& values, std::size_t column) {
    std::string line;
    for (const auto& v : values)
        line += (line.empty() ? "" : ", ") + v;
    const bool fits = column + display_width(line) <= text_width;
    const bool phrases = std::any_of(values.begin(), values.end(), has_blank);
    if (fits || !phrases)
        return wrapped(line, column, 0, text_width).substr(column);
    std::string out;
    for (const auto& v : values)
        out += wrapped(v, column, 2, text_width);
    return out.substr(column);
}

std::string fields_text(const trace::tls_message& m, const paint& p) {
    constexpr std::size_t indent = 8; // a suite under both its names has a line of its own
    std::size_t widest = 0;
    for (const auto& d : m.details.all())
        widest = std::max(widest, d.name.size());
    std::string out;
    for (const auto& d : m.details.all())
        out += std::string(indent, ' ') + p.faint(pad(d.name, widest + 2)) +
               values_text(d.values, indent + widest + 2);
    return out;
}

struct column_widths {
    std::size_t number = 1;
    std::size_t name = 0;
    std::size_t size = 0;
};

column_widths widths_of(const std::vector<flight_row>& rows) {
    column_widths out;
    for (const auto& r : rows) {
        out.number = std::max(out.number, r.number.size());
        out.name = std::max(out.name, r.name.size());
        out.size = std::max(out.size, r.size.size());
    }
    return out;
}

/// A number or a length, flush right.
std::string flush(const std::string& text, std::size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string row_text(const flight_row& r, const column_widths& w, const paint& p) {
    const bool more = !r.size.empty() || !r.says.empty();
    const auto name = more ? pad(r.name, w.name) : r.name;
    auto out = fmt::format("  {}  {}  {}", p.wire(arrow(r)), flush(r.number, w.number),
                           r.name == "Alert" ? p.bad(name) : name);
    if (more)
        out += "  " + p.faint(r.says.empty() ? r.size : pad(r.size, w.size));
    if (r.says.empty())
        return out + '\n';
    out += "  ";
    const auto column = display_width(out);
    return out + wrapped(r.says, column, 0, text_width).substr(column);
}

std::string messages_text(const trace::session_record& s, bool fields, const paint& p) {
    const auto rows = flight_rows(s);
    if (rows.empty())
        return {};
    const auto widths = widths_of(rows);
    std::string out = p.faint(fmt::format("  C: {}, S: {}, ══ encrypted\n", s.client, s.server));
    int flight = 1;
    for (const auto& r : rows) {
        if (r.flight != flight)
            out += '\n';
        flight = r.flight;
        out += row_text(r, widths, p);
        if (fields && r.message != nullptr)
            out += fields_text(*r.message, p);
    }
    auto words = round_trip_words(s.handshake);
    if (!words.empty())
        out += wrapped(p.faint("round trips: ") + words, 2, 2, text_width);
    return out;
}

// ---- how it ended, for each side ----

const trace::tls_message* alert_from(const trace::handshake_view& h, direction side) {
    const auto found = std::find_if(h.messages.begin(), h.messages.end(), [&](const trace::tls_message& m) {
        return m.type == "Alert" && m.way == side;
    });
    return found == h.messages.end() ? nullptr : &*found;
}

std::string after_first_word(const std::string& text) { // fatal, warning
    return text.substr(std::min(text.find(' '), text.size() - 1) + 1);
}

std::string schannel_words(const trace::tls_message& alert) {
    for (const auto& d : alert.details.all())
        if (d.name == "schannel" && !d.values.empty())
            return ", which Schannel reports as " + d.values.front();
    return {};
}

/// What a side knows of a handshake that did not complete on both.
std::string side_text(const trace::handshake_view& h, direction side) {
    const bool client = side == direction::client_to_server;
    const auto* received = alert_from(h, client ? direction::server_to_client : direction::client_to_server);
    const auto* sent = alert_from(h, side);
    if (client ? h.client_completed : h.server_completed)
        return received == nullptr
                   ? "the handshake is complete; nothing tells it that the other side thinks otherwise"
                   : fmt::format("the handshake is complete: it believes itself connected, speaks, and reads "
                                 "alert {} where it expects an answer{}",
                                 after_first_word(received->detail), schannel_words(*received));
    if (sent != nullptr)
        return fmt::format("the handshake fails: it refuses, and says so with alert {}",
                           after_first_word(sent->detail));
    if (received != nullptr)
        return fmt::format("the handshake fails with alert {}{}", after_first_word(received->detail),
                           schannel_words(*received));
    return "the handshake fails without a word of the other side";
}

std::string ending_text(const trace::session_record& s, const paint& p) {
    const auto& h = s.handshake;
    if (h.completed)
        return fmt::format("  {} {}, {}, group {}\n", p.good("completed:"), h.version, h.suite, h.group);
    if (h.not_performed)
        return fmt::format("  {} {}, {}\n", p.bad("computed, not performed:"), h.version,
                           h.suite.empty() ? h.failure : h.suite);
    auto out = fmt::format("  {} {} (client: {}; server: {})\n", p.bad("failed:"), h.failure,
                           h.client_error.empty() ? "-" : h.client_error,
                           h.server_error.empty() ? "-" : h.server_error);
    if (h.messages.empty())
        return out;
    out += wrapped(fmt::format("On the client, {}: {}.", s.client, side_text(h, direction::client_to_server)),
                   2, 2, text_width);
    out += wrapped(fmt::format("On the server, {}: {}.", s.server, side_text(h, direction::server_to_client)),
                   2, 2, text_width);
    return out;
}

// ---- who presented what ----

std::string names_of(const trace::certificate_view& c) {
    std::string out;
    for (const auto& n : c.names)
        out += (out.empty() ? "" : ", ") + n;
    return out.empty() ? "none" : out;
}

std::string certificate_text(const trace::certificate_view& c, std::size_t indent) {
    return columns({{"subject", c.subject},
                    {"issuer", c.issuer},
                    {"names", names_of(c)},
                    {"valid", format_instant(c.not_before) + " to " + format_instant(c.not_after)},
                    {"key", c.key + ", signed " + c.signature},
                    {"thumbprint", c.thumbprint}},
                   indent);
}

std::string certificates_text(const trace::handshake_view& h) {
    std::string out;
    if (!h.server_chain.empty())
        out += "  The server presented\n" + certificate_text(h.server_chain.front(), 6);
    if (!h.stapled.empty())
        out += wrapped("The server stapled an OCSP response: " + h.stapled + ".", 2, 2, text_width);
    if (!h.client_chain.empty())
        out += "  The client presented\n" + certificate_text(h.client_chain.front(), 6);
    else if (h.completed)
        out += h.certificate_requested ? "  The client was asked for a certificate and presented none.\n"
                                       : "  The server did not ask the client for a certificate.\n";
    return out;
}

} // namespace

std::string handshake_text(const trace::session_record& s, handshake_depth depth, const paint& p) {
    if (!s.handshake.attempted)
        return {};
    std::string out = "\n" + p.strong("The handshake") + "\n";
    if (depth != handshake_depth::result)
        out += messages_text(s, depth == handshake_depth::fields, p);
    return out + ending_text(s, p) + certificates_text(s.handshake);
}

} // namespace connlab::report
