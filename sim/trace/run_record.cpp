#include "sim/trace/run_record.hpp"

#include <algorithm>

namespace connlab::trace {

std::string_view to_string(confidence c) {
    switch (c) {
    case confidence::documented:
        return "documented";
    case confidence::observed:
        return "observed";
    case confidence::assumed:
        return "assumed";
    }
    return {};
}

std::string_view to_string(flow_outcome o) {
    switch (o) {
    case flow_outcome::delivered:
        return "Delivered";
    case flow_outcome::retry:
        return "Retry";
    case flow_outcome::failed:
        return "Failed";
    case flow_outcome::undeliverable:
        return "Undeliverable";
    }
    return {};
}

std::string_view service_words(std::string_view service) {
    if (service == "FrontEnd")
        return "Front End";
    if (service == "Hub")
        return "Transport";
    return service == "Mailbox" ? "Mailbox Delivery" : "";
}

const session_record* main_session(const flow_record& f) {
    const auto outside =
        std::find_if(f.sessions.rbegin(), f.sessions.rend(), [](const auto& s) { return !s.inside; });
    if (outside != f.sessions.rend())
        return &*outside;
    return f.sessions.empty() ? nullptr : &f.sessions.back();
}

namespace {

const decision* last_by_rule(const std::vector<decision>& among, const std::string& rule) {
    const auto last =
        std::find_if(among.rbegin(), among.rend(), [&](const decision& d) { return d.rule == rule; });
    return last == among.rend() ? nullptr : &*last;
}

} // namespace

const decision* deciding_decision(const flow_record& f) {
    for (auto s = f.sessions.rbegin(); s != f.sessions.rend(); ++s)
        if (const auto* d = last_by_rule(s->decisions, f.rule))
            return d;
    return last_by_rule(f.decisions, f.rule);
}

bool run_record::as_expected() const {
    return stopped_at == 0 && std::all_of(steps.begin(), steps.end(), [](const step_record& step) {
               return std::all_of(step.expectations.begin(), step.expectations.end(),
                                  [](const expectation_record& e) { return e.met; });
           });
}

} // namespace connlab::trace
