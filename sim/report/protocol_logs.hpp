// The SMTP protocol logs of a run as Exchange writes them (on-premises sheet 6): folders, names, header
// lines, rows.
#pragma once

#include "sim/report/log_file.hpp"
#include "sim/trace/run_record.hpp"

#include <vector>

namespace connlab::report {

/// TESTMS05/TransportRoles/Logs/FrontEnd/ProtocolLog/SmtpReceive/RECV2024060309-1.LOG: one file for each
/// server, service, direction and hour in which a session began, in order of their paths; lines end with CR
/// LF. Connectors whose ProtocolLoggingLevel is None write nothing.
std::vector<log_file> protocol_logs(const trace::run_record& run);

} // namespace connlab::report
