// EdgeSync by its interval, while time passes.
#pragma once

#include "sim/lab/edge_sync.hpp"

#include <string>
#include <vector>

namespace connlab::lab {

/// The sessions that EdgeSync holds by itself while time passes: those at which something may be new are
/// played, the others only counted.
class edge_sync_clock {
  public:
    edge_sync_clock(world& w, instant now);

    instant next_due() const; // instant::max(): never
    edge_sync_report run_due(instant now, worker& with);
    /// The sessions that were only counted.
    std::vector<trace::decision> finish(instant until);

  private:
    struct entry {
        exchange::organization* organization = nullptr;
        std::string edge;
        instant due{};
    };
    world& w_;
    std::vector<entry> all_;
};

} // namespace connlab::lab
