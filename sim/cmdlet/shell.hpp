// What a text of cmdlets works on, and what it asks of whoever runs it. Internal names of queues and time are
// the runner's.
#pragma once

#include "sim/exchange/behavior.hpp"
#include "sim/exchange/edge_replication.hpp"
#include "sim/exchange/model.hpp"
#include "sim/trace/run_record.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace connlab::cmdlet {

struct shell {
    exchange::organization& organization;
    instant now{};
    std::vector<trace::queue_record> queues; // of the organization's servers, as they are
    /// Issues a certificate, or gives the one that the id of the recipe has been issued for. Empty: nobody
    /// does.
    std::function<parsed<exchange::stored_certificate>(const certs::certificate_recipe&)> issue = {};
    /// What each server knows to judge its own certificates by; null: no more than their chains.
    const std::map<std::string, chain::evidence>* known = nullptr;
    std::string console = {}; // the server on which the shell runs; empty: the first Exchange server
    const exchange::behavior* rules = nullptr; // null: the defaults
    /// Servers that answer no remote call, by name; the shell's own one always answers.
    std::set<std::string> unreachable = {};
    std::string tenant = {}; // of Exchange Online PowerShell; empty: this is the Exchange Management Shell
    /// Plays the session of EdgeSync that Start-EdgeSynchronization asks for, on the draft. Empty: nobody
    /// does.
    std::function<std::vector<exchange::edge_sync_result>(exchange::organization&,
                                                          const exchange::edge_sync_order&)>
        synchronize = {};
    std::vector<trace::decision>* decisions = nullptr; // where a view leaves its reasons; null: nowhere
    bool rehearsal = false; // nothing has been played before: which queues there will be is not known
};

enum class queue_verb { retry, suspend, resume };
/// Carried out by the runner, in the order of the text.
struct queue_command {
    queue_verb what = queue_verb::retry;
    std::string identity; // TESTMS05\3
};

} // namespace connlab::cmdlet
