// A turn of a session that judges certificates: what SMTP does next, or first something that Windows fetches.
#pragma once

#include "sim/smtp/turn.hpp"
#include "sim/transport/inquiry.hpp"

#include <optional>

namespace connlab::transport {

struct turn : smtp::turn {
    /// To be fetched and told by on_retrieved(), whose turn counts then: this one says nothing else.
    std::optional<errand> retrieve{};
};

} // namespace connlab::transport
