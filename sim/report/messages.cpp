#include "sim/report/messages.hpp"

namespace connlab::report {

namespace {

void add(const trace::flow_record& f, std::vector<log_file>& out) {
    for (const auto& d : f.deliveries)
        out.push_back({d.server + "/Messages/" + f.id + ".eml", d.content});
}

} // namespace

std::vector<log_file> messages(const trace::run_record& run) {
    std::vector<log_file> out;
    for (const auto& step : run.steps)
        for (const auto* flows : {&step.flows, &step.reports})
            for (const auto& flow : *flows)
                add(flow, out);
    return out;
}

} // namespace connlab::report
