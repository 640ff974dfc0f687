#include "sim/report/certificate_views.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/utf8.hpp"
#include "sim/report/step_heading.hpp"

#include <map>

namespace connlab::report {

std::vector<log_file> certificate_views(const trace::run_record& run) {
    std::map<std::string, std::string> by_server;
    for (const auto& step : run.steps)
        for (const auto& v : step.views) {
            auto& text = by_server[v.server];
            text += step_heading(step) + "# " + v.command + "\r\n";
            text += join(split(as_utf8(v.text), '\n'), "\r\n") + "\r\n";
        }
    std::vector<log_file> out;
    for (auto& [server, text] : by_server)
        out.push_back({server + "/Certificates.txt", std::move(text)});
    return out;
}

} // namespace connlab::report
