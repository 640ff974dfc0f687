// What Windows finds out about the revocation of one certificate of a path: it looks in one source after the
// other until one settles it (Schannel sheet 6.1). Internal.
#pragma once

#include "sim/chain/path_builder.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::chain {

struct revocation_finding {
    std::uint32_t bits = 0;                 // of error_bit
    std::string_view rule;                  // that decided
    std::string note;                       // for the element; empty: nothing to say
    std::vector<trace::candidate> sources;  // each that was looked at, in order
    std::vector<std::string_view> followed; // the rules of the sources
    std::optional<retrieval> wanted; // it goes on when this is answered; the bits say "offline" until then
};

/// Element `element` of a path, which counts from the leaf. Revocation is looked at as of `q.now`, which the
/// verification time does not move.
revocation_finding check_revocation(const path& p, std::size_t element, const question& q,
                                    signature_memo& memo);

} // namespace connlab::chain
