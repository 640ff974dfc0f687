#include "sim/report/event_logs.hpp"

#include "sim/base/utf8.hpp"
#include "sim/report/json.hpp"
#include "sim/trace/repeated_events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace connlab::report {

namespace {

using trace::event_record;

std::string details(const event_record& e) {
    return fmt::format(
        "Log Name:      {}\r\nSource:        {}\r\nDate:          {}\r\nEvent ID:      {}\r\n"
        "Task Category: {}\r\nLevel:         {}\r\nComputer:      {}\r\nDescription:\r\n{}\r\n{}\r\n",
        e.log, e.source, format_instant(e.at), e.id == 0 ? "not public" : std::to_string(e.id), e.category,
        e.level, e.server, as_utf8(e.text), e.our_text ? "(our wording; Exchange's is not public)\r\n" : "");
}

/// Server and name of the log → its events.
std::map<std::string, std::vector<event_record>> by_log(const trace::run_record& run) {
    std::map<std::string, std::vector<event_record>> out;
    const auto add = [&](const std::vector<event_record>& events) {
        for (const auto& e : events)
            out[e.server + "/" + e.log].push_back(e);
    };
    for (const auto& step : run.steps) {
        add(step.events);
        for (const auto* flows : {&step.earlier, &step.flows, &step.reports})
            for (const auto& flow : *flows)
                add(flow.events);
    }
    for (auto& [log, events] : out) {
        std::stable_sort(events.begin(), events.end(),
                         [](const event_record& a, const event_record& b) { return a.at < b.at; });
        trace::fold_repeated(events);
    }
    return out;
}

} // namespace

std::vector<log_file> event_logs(const trace::run_record& run) {
    std::vector<log_file> out;
    for (const auto& [log, events] : by_log(run)) {
        std::string text;
        for (const auto& e : events)
            text += details(e);
        out.push_back({log + ".json", json(events)});
        out.push_back({log + ".txt", std::move(text)});
    }
    return out;
}

} // namespace connlab::report
