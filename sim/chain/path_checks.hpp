// One path, every check: what is wrong with each element (Schannel sheet 5.5 to 5.7).
#pragma once

#include "sim/chain/checks.hpp"

namespace connlab::chain {

struct checked_path {
    const path* what = nullptr;
    std::vector<failed_checks> failed; // for each link
    std::uint32_t error = 0;           // OR of the elements' bits
    bool constrained = false;          // some CA constrains names

    bool trusted_root() const { return what->complete() && what->root() != nullptr; }
};

checked_path check_path(const path& p, const question& q);

/// The elements as the verdict shows them, with info bits and notes.
std::vector<element> elements_of(const checked_path& p, const question& q);

} // namespace connlab::chain
