// Two handshakes side by side, flight by flight: what TLS 1.3 saves, where two failures part.
#pragma once

#include "sim/report/paint.hpp"
#include "sim/trace/run_record.hpp"

#include <string>

namespace connlab::report {

/// A flow, and the session of it that is drawn.
struct compared {
    const trace::flow_record& flow;
    const trace::session_record& session;
};

std::string compare(const compared& left, const compared& right, const paint& p);

} // namespace connlab::report
