#include "sim/lab/prefetch.hpp"

#include "sim/base/fnv_hash.hpp"

#include <algorithm>

namespace connlab::lab {

namespace {

std::optional<instant> moment_of(const chain::cached_url& entry, const std::string& whose,
                                 const std::string& url) {
    if (!entry.fetched_anew)
        return std::nullopt;
    const auto span = entry.fetched_anew->until - entry.fetched_anew->from;
    return entry.fetched_anew->from + duration{fnv_hash(whose + " " + url) % (span.count() + 1)};
}

} // namespace

std::optional<prefetch> next_prefetch(const world& w, instant until) {
    std::optional<prefetch> out;
    for (const auto& [name, cache] : w.url_caches) {
        const auto* server = w.server_named(name);
        if (server == nullptr || !server->is_exchange())
            continue;
        for (const auto& [key, entry] : cache.by_key) {
            for (const bool by_max_age : {false, true}) {
                const auto at = by_max_age ? entry.asked_again_at : moment_of(entry, name, key);
                if (at && *at > std::max(entry.fetched_at, entry.tried_at) && *at <= until &&
                    (!out || *at < out->at))
                    out = prefetch{server, key, entry.etag, by_max_age, *at};
            }
        }
    }
    return out;
}

} // namespace connlab::lab
