// One simulated server for real clients: openssl s_client, swaks, posttls-finger, a real mail server.
#pragma once

#include "sim/lab/worker.hpp"
#include "sim/lab/world.hpp"
#include "sim/trace/run_record.hpp"

#include <memory>
#include <string>
#include <vector>

namespace connlab::lab {

class real_listener {
  public:
    /// Listens on 127.0.0.1; `port` 0: a free one. Throws boost::system::system_error when the port is taken.
    real_listener(const world& w, const exchange::server& s, std::uint16_t port);
    ~real_listener();

    std::uint16_t port() const;
    /// Waits for the next client and serves it to the end. Virtual time stands at the scenario's clock; a
    /// client that is silent for ten real seconds is given up.
    trace::session_record serve();
    /// What the server's event logs have of the last session.
    const std::vector<trace::event_record>& events() const;

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace connlab::lab
