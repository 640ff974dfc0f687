#include "sim/scenario/hop_headers.hpp"

#include "sim/base/ascii.hpp"

#include <fmt/format.h>

#include <charconv>
#include <map>

namespace connlab::scenario {

namespace {

constexpr std::string_view prefix = "HopHeaders.";

/// The last part behind a dot, taken off.
std::string_view last_part(std::string_view& text) {
    const auto dot = text.rfind('.');
    if (dot == std::string_view::npos)
        return {};
    const auto part = text.substr(dot + 1);
    text = text.substr(0, dot);
    return part;
}

void put(expectation& e, const hop_field& at, const std::optional<node>& fields) {
    if (!fields)
        return;
    for (const auto& m : fields->members) {
        auto one = at;
        one.name = m.key.text;
        e.values.push_back({key_of(one), texts(m.value), m.value.mark()});
    }
}

} // namespace

std::string hop_name(const trace::session_record& s) {
    const auto service = trace::service_words(s.server_service);
    return s.server + (service.empty() ? "" : " ") + std::string(service);
}

std::string key_of(const hop_field& f) {
    return fmt::format("{}{}.{}.{}.{}", prefix, f.hop, f.occurrence, f.kept ? "Kept" : "Sent", f.name);
}

std::optional<hop_field> hop_field_of(std::string_view key) {
    if (!key.starts_with(prefix))
        return std::nullopt;
    key.remove_prefix(prefix.size());
    hop_field out;
    out.name = last_part(key);
    out.kept = last_part(key) == "Kept";
    const auto number = last_part(key);
    std::from_chars(number.data(), number.data() + number.size(), out.occurrence);
    out.hop = key;
    return out;
}

const std::string* header_at(const trace::flow_record& f, const hop_field& where) {
    std::size_t seen = 0;
    for (const auto& s : f.sessions)
        if (ascii_iequal(hop_name(s), where.hop) && ++seen == where.occurrence)
            return where.kept ? &s.header_kept : &s.header_sent;
    return nullptr;
}

const key_table<hop_expectation>& hop_header_keys() {
    using hop_key = key<hop_expectation>;
    static const key_table<hop_expectation> table{
        hop_key(
            "Hop", text(), "who took the message, as in Hops; named again, the next time",
            [](hop_expectation& h, const node& n, reading&) { h.hop = n.text; }, true),
        hop_key("Sent", named(text()), "fields on the wire: a part of the value, or none; NAME* for several",
                [](hop_expectation& h, const node& n, reading&) { h.sent = n; }),
        hop_key("Kept", named(text()), "fields as the server keeps the message",
                [](hop_expectation& h, const node& n, reading&) { h.kept = n; }),
    };
    return table;
}

void read_hop_headers(expectation& e, const node& n, reading& r) {
    std::map<std::string, std::size_t> times;
    for (const auto* entry : entries(n)) {
        hop_expectation h;
        read_keys(*entry, "HopHeaders in Expect", entry->mark(), hop_header_keys(), h, r);
        const auto occurrence = ++times[h.hop];
        put(e, {h.hop, occurrence, false, {}}, h.sent);
        put(e, {h.hop, occurrence, true, {}}, h.kept);
    }
}

} // namespace connlab::scenario
