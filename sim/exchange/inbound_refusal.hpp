// How a receiving server's refusal is written down. Internal.
#pragma once

#include "sim/exchange/decisions.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace connlab::exchange {

inline void refuse(trace::decided<inbound_verdict>& out, std::string_view rule, std::string_view reason,
                   std::string reply) {
    out.value.accepted = false;
    out.value.reply = std::move(reply);
    out.value.reason = std::string(reason);
    out.why.rule = std::string(rule);
    out.why.answer = "refused: " + out.value.reply;
}

} // namespace connlab::exchange
