// A Windows verdict on a chain, seen with Exchange's eyes: the reason word after the switches. Internal.
#pragma once

#include "sim/exchange/decisions.hpp"

namespace connlab::exchange {

struct chain_judgement {
    chain::verdict verdict;
    reason_word reason;               // empty: passes
    std::vector<std::string> assumed; // that a passed chain rests on
    std::string text;                 // "no error" or the status names
};

/// About the certificates that a peer presented, leaf first.
chain::question question_about(const std::vector<certs::certificate>& presented, const server& judge,
                               instant at);

/// Evaluates with what is known and applies NoDistributionPoint and RevocationOffline.
chain_judgement judge_chain(chain::question q, const behavior& b, const chain::evidence& known);

/// A passed chain's assumptions, with the switch when the scenario set it.
void rests_on_chain(trace::decision& d, const chain_judgement& j, const behavior& b);

/// What was found out about revocation, certificate by certificate, and why other sources did not
/// serve.
void cite_revocation(trace::decision& d, const chain_judgement& j);

} // namespace connlab::exchange
