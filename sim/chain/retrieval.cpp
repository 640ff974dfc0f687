#include "sim/chain/retrieval.hpp"

#include <algorithm>

namespace connlab::chain {

bool same_source(const retrieval& a, const retrieval& b) {
    return a.what == b.what && a.url == b.url && a.request == b.request;
}

duration allowed_time(const retrieval_timeouts& t, duration spent) {
    if (!t.accumulates)
        return t.url;
    const auto left = std::max(t.accumulative - spent, duration::zero());
    return std::min(t.url, left / 2);
}

} // namespace connlab::chain
