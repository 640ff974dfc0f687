// Fetches for the servers of one flow what Windows wants to judge a certificate by: over real HTTP, through
// the WinHTTP proxy, or from the directory of the server's domain; and remembers it as CryptnetUrlCache does.
#pragma once

#include "sim/lab/responders.hpp"
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
        : w_(w), network_(network), responders_(w, made) {}

    /// What a server knows before it judges.
    chain::evidence evidence_of(const exchange::server& s, chain::signature_memo& memo);
    /// One attempt. `waited_for` false: in the background.
    chain::retrieved fetch(const exchange::server& s, const transport::errand& what, instant now,
                           const retrieval_log& into, bool waited_for = true);

    const std::vector<remembered>& fetched() const { return fetched_; }

  private:
    struct outcome {
        std::string_view rule;
        std::string by;
        std::string answer;
        std::string bytes;
        bool fetched = false;
        duration took{};
        std::vector<trace::cause> because;
    };
    outcome retrieve(const exchange::server& s, const transport::errand& what, instant now);
    outcome over_ldap(const exchange::server& s, const chain::retrieval& what, instant now);
    outcome over_http(const exchange::server& s, const transport::errand& what, instant now);
    std::vector<trace::cause> settings_of(const exchange::server& s) const;
    struct route;
    route route_to(const exchange::server& s, const std::string& url) const;
    bool reaches(const exchange::server& s, const publication_place& where) const;
    net::http_answer through_proxy(const exchange::server& s, const route& way,
                                   const net::http_request& asked, const std::string& url, instant now);
    net::http_reply request(const exchange::server& s, const route& way, const net::http_request& what,
                            const net::http_client& who, instant now);

    const world& w_;
    net::loopback& network_;
    responders responders_;
    chain::url_cache& cache_of(const exchange::server& s);

    std::map<std::string, chain::url_cache> caches_; // by server, of those that have judged
    std::deque<chain::url_cache> as_known_;          // what each judgement began with
    std::vector<remembered> fetched_;
};

} // namespace connlab::lab
