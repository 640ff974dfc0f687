// One connection to AD LDS: the TLS handshake, then frames of a session of EdgeSync in both directions. No
// virtual time passes.
#pragma once

#include "sim/exchange/edge_sync_session.hpp"
#include "sim/lab/tls_agreement.hpp"
#include "sim/lab/worker.hpp"
#include "sim/trace/run_record.hpp"

namespace connlab::lab {

/// Plays both ends over real sockets until the client leaves; handshake and frames go into the record,
/// passwords do not. Throws for faults of the lab alone.
void play_ldaps(worker& with, net::connection ends, const tls_agreement& agreed,
                exchange::edge_sync_session& client, exchange::adlds_session& server,
                trace::session_record& record);

} // namespace connlab::lab
