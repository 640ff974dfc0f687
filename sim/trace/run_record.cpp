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

const decision* deciding_decision(const flow_record& f) {
    const auto& among = f.sessions.empty() ? f.decisions : f.sessions.back().decisions;
    const auto last =
        std::find_if(among.rbegin(), among.rend(), [&](const decision& d) { return d.rule == f.rule; });
    return last == among.rend() ? nullptr : &*last;
}

bool run_record::as_expected() const {
    return stopped_at == 0 && std::all_of(steps.begin(), steps.end(), [](const step_record& step) {
               return std::all_of(step.expectations.begin(), step.expectations.end(),
                                  [](const expectation_record& e) { return e.met; });
           });
}

} // namespace connlab::trace
