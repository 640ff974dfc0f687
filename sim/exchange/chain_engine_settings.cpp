#include "sim/exchange/chain_engine_settings.hpp"

#include "sim/tls/registry_words.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

namespace connlab::exchange {

namespace {

/// Nothing: absent, 0, or no number.
std::uint32_t number(const tls::registry& r, std::string_view name) {
    const auto* v = r.find_number(tls::chain_engine_key, name);
    return v == nullptr ? 0U : static_cast<std::uint32_t>(v->number);
}

void take_milliseconds(duration& into, std::uint32_t n) {
    if (n != 0)
        into = std::chrono::milliseconds(n);
}

} // namespace

chain::engine_settings chain_engine_settings(const tls::registry& r) {
    chain::engine_settings out;
    take_milliseconds(out.timeouts.url, number(r, "ChainUrlRetrievalTimeoutMilliseconds"));
    take_milliseconds(out.timeouts.accumulative,
                      number(r, "ChainRevAccumulativeUrlRetrievalTimeoutMilliseconds"));
    if (const auto bits = number(r, "minRSAPubKeyBitLength"); bits != 0)
        out.smallest_rsa_key =
            static_cast<int>(std::min<std::uint32_t>(bits, std::numeric_limits<int>::max()));
    return out;
}

} // namespace connlab::exchange
