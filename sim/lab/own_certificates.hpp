// What a server finds out about its own certificates before a session or a cmdlet needs them: nobody waits
// for it.
#pragma once

#include "sim/lab/retriever.hpp"

#include <map>
#include <string>

namespace connlab::lab {

/// A server judges, fetches what the judgement wants, and judges again: until nothing is wanted. Nobody waits
/// for it: Exchange looks at its own certificates before a session needs them (assumed).
template <class Judge>
auto judge_with_retrievals(retriever& r, const exchange::server& s, chain::evidence& known, instant now,
                           const retrieval_log& into, const Judge& judge) {
    transport::inquiry about(known, s.stores.engine.timeouts);
    for (;;) {
        auto decided = judge(about.known());
        const auto wanted = about.next(decided.value.wanted);
        if (!wanted) {
            known.answers = about.known().answers;
            return decided;
        }
        about.on_retrieved(r.fetch(s, *wanted, now, into, false));
    }
}

/// What a server knows when a connection comes in: also what it has fetched about its own certificates.
chain::evidence known_about_own(retriever& r, chain::signature_memo& memo, const exchange::server& s,
                                const endpoint& local, const ip_address& remote,
                                const exchange::behavior& rules, instant now, const retrieval_log& into);

/// What the Exchange servers of an organization know of their certificates once everything has been fetched,
/// by server.
std::map<std::string, chain::evidence> known_about_certificates(retriever& r, chain::signature_memo& memo,
                                                                const exchange::organization& o, instant now,
                                                                const retrieval_log& into);

} // namespace connlab::lab
