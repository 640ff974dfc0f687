// CryptSvc fetches a revocation list anew before it ends (Schannel sheet 6.2), so that nobody waits for it.
#pragma once

#include "sim/lab/world.hpp"

#include <optional>
#include <string>

namespace connlab::lab {

struct prefetch {
    const exchange::server* server = nullptr;
    std::string url;
    std::string etag{};
    bool by_max_age = false; // not because the list nears its end
    instant at{};
};

/// The first that is due by then and has not been tried. Each server has its own moment in the
/// window of a list: random on Windows, of the names of server and URL here.
std::optional<prefetch> next_prefetch(const world& w, instant until);

} // namespace connlab::lab
