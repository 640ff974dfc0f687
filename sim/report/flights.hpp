// A handshake as rows to draw: its messages in flights, and the first application data where it flows.
#pragma once

#include "sim/trace/run_record.hpp"

#include <string>
#include <vector>

namespace connlab::report {

struct flight_row {
    int flight = 0; // from 1
    trace::direction way = trace::direction::client_to_server;
    bool encrypted = false;
    std::string number; // empty: application data
    std::string name;
    std::string size; // `194 bytes`; empty: it varies, or there is nothing
    std::string says;
    const trace::tls_message* message = nullptr; // in the record; null: application data
};

std::vector<flight_row> flight_rows(const trace::session_record& s);

/// `C ──▶ S`, `C ◀══ S`: a double line is encrypted.
std::string arrow(const flight_row& r);

/// `the client may send after 2 round trips, the server after 1`; empty when neither ever may.
std::string round_trip_words(const trace::handshake_view& h);

/// The session of a flow that tried TLS last; null: none did.
const trace::session_record* session_with_tls(const trace::flow_record& f);

} // namespace connlab::report
