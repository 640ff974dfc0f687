#include "sim/report/queue_viewer.hpp"

#include "sim/base/utf8.hpp"
#include "sim/report/step_heading.hpp"

#include <fmt/format.h>

#include <map>

namespace connlab::report {

namespace {

std::string format_list(const trace::queue_record& q) {
    const auto row = [](std::string_view name, const std::string& value) {
        return fmt::format("{:<16} :{}{}\r\n", name, value.empty() ? "" : " ", as_utf8(value));
    };
    return row("Identity", q.identity) + row("DeliveryType", q.delivery_type) +
           row("NextHopDomain", q.next_hop_domain) + row("NextHopConnector", q.next_hop_connector) +
           row("TlsDomain", q.tls_domain) + row("Status", q.status) +
           row("MessageCount", std::to_string(q.message_count)) +
           row("RetryCount", std::to_string(q.retry_count)) + row("LastRetryTime", q.last_retry_local) +
           row("NextRetryTime", q.next_retry_local) + row("LastError", q.last_error) + "\r\n";
}

} // namespace

std::vector<log_file> queue_views(const trace::run_record& run) {
    std::map<std::string, std::string> by_server;
    for (const auto& step : run.steps) {
        std::map<std::string, std::string> now;
        for (const auto& q : step.queues)
            now[q.server] += format_list(q);
        for (const auto& [server, text] : now)
            by_server[server] += step_heading(step) + "\r\n" + text;
    }
    std::vector<log_file> out;
    for (auto& [server, text] : by_server)
        out.push_back({server + "/Queues.txt", std::move(text)});
    return out;
}

} // namespace connlab::report
