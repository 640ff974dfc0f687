// What Test-EdgeSynchronization says of one Edge (hybrid sheet 4.9).
#pragma once

#include "sim/exchange/decisions.hpp"

#include <string>
#include <utility>
#include <vector>

namespace connlab::exchange {

struct edge_sync_test {
    bool full_compare = false;       // -FullCompareMode: entry by entry; else the cookie alone
    bool exclude_recipients = false; // -ExcludeRecipientTest
};

/// Its properties in the order in which they are printed. The values other than those of a healthy
/// subscription are ours.
using edge_sync_properties = std::vector<std::pair<std::string, std::string>>;

/// Looks at Active Directory, at AD LDS, and at whether a session would come about now. `where`: of the
/// server that asks, for the times.
trace::decided<edge_sync_properties> test_edge_synchronization(const organization& o,
                                                               const edge_subscription& e,
                                                               const edge_sync_test& how, instant now,
                                                               const locale& where);

} // namespace connlab::exchange
