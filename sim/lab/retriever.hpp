// Fetches for the servers of one flow what Windows wants to judge a certificate by: over real HTTP, through
// the WinHTTP proxy, or from the directory of the server's domain; and remembers it as CryptnetUrlCache does.
#pragma once

#include "sim/lab/http_retrieval.hpp"
#include "sim/net/loopback.hpp"
#include "sim/trace/run_record.hpp"
#include "sim/transport/inquiry.hpp"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace connlab::lab {

/// What a server has fetched, for its cache after the step.
struct remembered {
    std::string server;
    chain::retrieved what;
    instant at{};
};

/// Where a retrieval is written down.
struct retrieval_log {
    std::vector<trace::retrieval_record>& records;
    std::vector<trace::decision>& decisions;
};

const std::vector<trace::rule>& retrieval_rules();

class retriever {
  public:
    /// The caches are those of the world at the step's start, and what the flow itself has fetched since.
    retriever(const world& w, net::loopback& network, signed_bytes& made)
        : w_(w), responders_(w, made), http_(w, network, responders_) {}
    retriever(const retriever&) = delete; // `http_` refers to `responders_`
    retriever& operator=(const retriever&) = delete;

    /// What a server knows before it judges.
    chain::evidence evidence_of(const exchange::server& s, chain::signature_memo& memo);
    /// One attempt. `waited_for` false: in the background.
    chain::retrieved fetch(const exchange::server& s, const transport::errand& what, instant now,
                           const retrieval_log& into, bool waited_for = true);

    const std::vector<remembered>& fetched() const { return fetched_; }

  private:
    retrieval_outcome retrieve(const exchange::server& s, const transport::errand& what, instant now);
    retrieval_outcome over_ldap(const exchange::server& s, const chain::retrieval& what, instant now);
    void keep(const exchange::server& s, const chain::retrieved& what, instant at);
    void go_on(const exchange::server& s, const transport::errand& what, instant given_up,
               const retrieval_log& into);

    const world& w_;
    responders responders_;
    http_retrieval http_;
    chain::url_cache& cache_of(const exchange::server& s);

    std::map<std::string, chain::url_cache> caches_; // by server, of those that have judged
    std::deque<chain::url_cache> as_known_;          // what each judgement began with
    std::vector<remembered> fetched_;
};

} // namespace connlab::lab
