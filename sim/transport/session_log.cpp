#include "sim/transport/session_log.hpp"

namespace connlab::transport {

void session_log::add(const std::vector<exchange::event>& more) {
    for (const auto& e : more) {
        trace::event_record record;
        record.at = now;
        record.server = server;
        record.source = event_source.empty() ? e.source : event_source;
        record.id = e.id;
        record.level = e.level;
        record.category = e.category;
        record.text = e.text;
        record.our_text = e.our_text;
        events.push_back(std::move(record));
    }
}

void session_log::add_findings(const std::vector<std::string>& more) {
    findings.insert(findings.end(), more.begin(), more.end());
}

void session_log::note(std::string data, std::string context) {
    notes.push_back({now, '*', std::move(data), std::move(context)});
}

} // namespace connlab::transport
