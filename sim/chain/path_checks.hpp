// One path, every check: the status bits of each element (Schannel sheet 5.5 to 5.7).
#pragma once

#include "sim/chain/path_builder.hpp"

namespace connlab::chain {

struct checked_path {
    std::vector<element> elements; // leaf first
    std::uint32_t error = 0;       // OR of the elements'
    const trusted_root* root = nullptr;
    bool revocation_assumed = false;    // a distribution point was counted as good
    bool no_distribution_point = false; // an element names none
};

checked_path check_path(const path& p, const question& q, signature_memo& memo);

} // namespace connlab::chain
