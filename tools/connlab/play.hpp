// Runs many loaded scenarios, several at a time, with a progress line; the records come back in the order of
// the files.
#pragma once

#include "sim/scenario/loader.hpp"
#include "sim/trace/run_record.hpp"
#include "tools/connlab/command.hpp"

#include <memory>
#include <vector>

namespace connlab::certs {
class key_pool;
}

namespace connlab::command {

struct played {
    std::vector<trace::run_record> records;
    bool valid = true; // false: a world could not be built; its diagnostics were printed
};

/// `threads` 0: one a core. With several scenarios they run side by side; a single one plays its flows on all
/// threads. `for_artifacts`: lab::run_options.
played play(const std::vector<scenario::loaded>& all, unsigned threads, const streams& io,
            bool for_artifacts = false);

/// The lab keys. Throws std::runtime_error when they cannot be read: a fault of the lab itself.
std::shared_ptr<const certs::key_pool> open_keys();

} // namespace connlab::command
