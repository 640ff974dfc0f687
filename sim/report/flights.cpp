#include "sim/report/flights.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::report {

namespace {

using trace::direction;

std::string size_text(std::uint32_t bytes) {
    return bytes == 0 ? std::string{} : fmt::format("{} byte{}", bytes, bytes == 1 ? "" : "s");
}

flight_row row_of(const trace::tls_message& m) {
    flight_row out;
    out.flight = m.flight;
    out.way = m.way;
    out.encrypted = m.encrypted;
    out.number = std::to_string(m.number);
    out.name = m.type;
    out.size = size_text(m.length);
    out.says = m.detail;
    out.message = &m;
    return out;
}

/// The first line that went through the channel: in SMTP the client's next EHLO.
const trace::smtp_line* first_inside(const trace::session_record& s) {
    const auto found =
        std::find_if(s.lines.begin(), s.lines.end(), [](const trace::smtp_line& l) { return l.encrypted; });
    return found == s.lines.end() ? nullptr : &*found;
}

/// Behind the last Finished, where a client may speak.
std::size_t place_of_data(const std::vector<flight_row>& rows) {
    for (auto i = rows.size(); i > 0; --i)
        if (rows[i - 1].name == "Finished")
            return i;
    return rows.size();
}

} // namespace

std::vector<flight_row> flight_rows(const trace::session_record& s) {
    std::vector<flight_row> out;
    for (const auto& m : s.handshake.messages)
        out.push_back(row_of(m));
    const auto* line = first_inside(s);
    if (line == nullptr || out.empty())
        return out;
    const auto place = place_of_data(out);
    flight_row data;
    data.way = line->way;
    data.encrypted = true;
    data.name = "application data";
    data.says = line->text;
    data.flight = out[place - 1].flight + (out[place - 1].way == line->way ? 0 : 1);
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(place), std::move(data));
    return out;
}

std::string arrow(const flight_row& r) {
    if (r.way == direction::client_to_server)
        return r.encrypted ? "C ══▶ S" : "C ──▶ S";
    return r.encrypted ? "C ◀══ S" : "C ◀── S";
}

std::string round_trip_words(const trace::handshake_view& h) {
    const auto trips = [](int count) {
        return count == 0 ? std::string("without waiting")
                          : fmt::format("after {} round trip{}", count, count == 1 ? "" : "s");
    };
    if (!h.client_round_trips)
        return {};
    auto out = "the client may send application data " + trips(*h.client_round_trips);
    if (h.server_round_trips)
        out += ", the server " + trips(*h.server_round_trips);
    return out;
}

const trace::session_record* session_with_tls(const trace::flow_record& f) {
    const auto found = std::find_if(f.sessions.rbegin(), f.sessions.rend(),
                                    [](const trace::session_record& s) { return s.handshake.attempted; });
    return found == f.sessions.rend() ? nullptr : &*found;
}

} // namespace connlab::report
