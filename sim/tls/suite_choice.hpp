// The suite, the group and the signature scheme of a version that both sides have. Internal.
#pragma once

#include "sim/tls/negotiate.hpp"

#include <algorithm>
#include <optional>

namespace connlab::tls {

template <class T>
bool holds(const std::vector<T>& all, const T& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// The first of `order` that `other` has too.
template <class T>
std::optional<T> first_common(const std::vector<T>& order, const std::vector<T>& other) {
    for (const auto& one : order)
        if (holds(other, one))
            return one;
    return std::nullopt;
}

/// The decision rests on these rules too.
inline void rest_on(trace::decision& d, const std::vector<std::string>& rules) {
    for (const auto& r : rules)
        if (!holds(d.assumed, r))
            d.assumed.push_back(r);
}

/// By the server's list, or by the client's where the server has no preference; each suite that is passed
/// over says why.
trace::decided<negotiation> choose_suite(const negotiator& client, const negotiator& server,
                                         const server_key& key, version v);

} // namespace connlab::tls
