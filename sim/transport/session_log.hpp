// What one side of a session decided and left behind for the administrator. Append-only; lab puts it into the
// record.
#pragma once

#include "sim/exchange/decisions.hpp"
#include "sim/trace/run_record.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace connlab::transport {

struct session_log {
    std::string server; // whose log this is
    /// The service that writes the events, when it is another one than the event names.
    std::string event_source;
    instant now{}; // virtual; the driver sets it before each event
    /// Both sides of a session write into one list, in the order in which they decide.
    std::vector<trace::decision>* decisions = nullptr;
    std::optional<std::size_t> deciding; // index in it: what ended the attempt on this side
    std::vector<trace::event_record> events;
    std::vector<trace::protocol_row> notes; // information rows of the protocol log
    std::vector<trace::chain_view> chains;
    std::vector<std::string> findings;

    /// Keeps the reason and hands the answer on.
    template <class T>
    T kept(trace::decided<T> d) {
        d.why.at = now;
        decisions->push_back(std::move(d.why));
        return std::move(d.value);
    }
    /// The decision kept last is the one that ended the attempt.
    void decided_here() { deciding = last_kept(); }
    std::size_t last_kept() const { return decisions->size() - 1; }
    void add(const std::vector<exchange::event>& more);
    void add_findings(const std::vector<std::string>& more);
    void note(std::string data, std::string context);
};

} // namespace connlab::transport
