// The SMTP protocol logs of a run as Exchange writes them (on-premises sheet 6): folders, names, header
// lines, rows.
#pragma once

#include "sim/trace/run_record.hpp"

#include <string>
#include <vector>

namespace connlab::report {

struct log_file {
    std::string path; // TESTMS05/TransportRoles/Logs/FrontEnd/ProtocolLog/SmtpReceive/RECV2024060309-1.LOG
    std::string text; // UTF-8, lines end with CR LF
};

/// One file for each server, service, direction and hour in which a session began, in order of their paths.
/// Connectors whose ProtocolLoggingLevel is None write nothing.
std::vector<log_file> protocol_logs(const trace::run_record& run);

} // namespace connlab::report
