#include "sim/tls/round_trips.hpp"

#include <algorithm>

namespace connlab::tls {

namespace {

using trace::direction;
using messages = std::vector<trace::tls_message>;

messages::const_iterator finished_of(const messages& all, direction side) {
    return std::find_if(all.begin(), all.end(),
                        [&](const trace::tls_message& m) { return m.way == side && m.type == "Finished"; });
}

bool is_tls13(const messages& all) {
    return std::any_of(all.begin(), all.end(),
                       [](const trace::tls_message& m) { return m.type == "EncryptedExtensions"; });
}

/// Behind the last message that has to be sent or received before.
messages::const_iterator may_speak(const messages& all, direction side) {
    const auto client = finished_of(all, direction::client_to_server);
    const auto server = finished_of(all, direction::server_to_client);
    if (side == direction::server_to_client && is_tls13(all))
        return server;
    return std::max(client, server);
}

} // namespace

std::optional<int> round_trips(const messages& all, direction side) {
    const auto until = may_speak(all, side);
    if (until == all.end())
        return std::nullopt;
    int answered = 0;
    bool waits = false;
    for (auto m = all.begin(); m <= until; ++m) {
        const bool own = m->way == side;
        if (!own && waits)
            ++answered;
        waits = own;
    }
    return answered;
}

} // namespace connlab::tls
