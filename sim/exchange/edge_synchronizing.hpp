// When EdgeSync runs, on which Mailbox server, and what a session leaves behind in Active Directory (hybrid
// sheet 4.3, 4.4).
#pragma once

#include "sim/exchange/edge_sync_session.hpp"

namespace connlab::exchange {

/// The Mailbox server that synchronizes: who holds the lease, else the next of the subscription. `asked`: the
/// one that an administrator names; empty: nobody does. Null: none can.
trace::decided<const server*> select_edge_synchronizer(const organization& o, const edge_subscription& e,
                                                       std::string_view asked, instant now);

/// Before a session: each Mailbox server of the subscription gets its first replication credential, the next
/// one when the last ends within seven days, and loses those that have ended.
std::vector<trace::decision> renew_edge_credentials(organization& o, edge_subscription& e, instant now);

/// After a session: lease, status, cookie.
void note_edge_session(organization& o, edge_subscription& e, std::string_view mailbox,
                       const edge_sync_outcome& outcome, instant now);

/// The first time after `t` at which EdgeSync runs by its interval.
instant next_edge_sync(const organization& o, const edge_subscription& e, instant t);
/// When, from then on, a session comes to something new although nobody changes anything: a credential is
/// renewed, becomes effective or ends, or a lease passes on. instant::max(): never.
instant next_edge_change(const organization& o, const edge_subscription& e);
/// Sessions that change nothing until `until` have been held: as many as the interval has room for.
trace::decision pass_quiet_sessions(const organization& o, edge_subscription& e, instant until);

/// A whole session in memory, as it went before the scenario began.
void synchronize_beforehand(organization& o, edge_subscription& e, server& edge, instant now);

} // namespace connlab::exchange
