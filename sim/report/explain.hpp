// A flow as a story: connector, next hop, certificate, handshake, chain verdict, policy, outcome, what the
// administrator sees.
#pragma once

#include "sim/report/handshake.hpp"
#include "sim/report/paint.hpp"
#include "sim/trace/run_record.hpp"

#include <string>
#include <vector>

namespace connlab::report {

struct explain_options {
    std::string flow; // id of the only flow to tell; empty: all
    bool wire = true; // print the SMTP dialogue
    handshake_depth handshake = handshake_depth::messages;
};

std::string explain(const trace::run_record& run, const explain_options& options, const paint& p);

/// One session alone, with its dialogue and handshake, and what the server's event logs have of it.
std::string explain(const trace::session_record& session, const std::vector<trace::event_record>& events,
                    const paint& p);

} // namespace connlab::report
