// What one server fetches to judge one chain: the first of what the judgement wants, how long it may take,
// and what has come back. The fetching itself is the driver's.
#pragma once

#include "sim/chain/verdict.hpp"

#include <optional>
#include <string>
#include <vector>

namespace connlab::transport {

struct errand {
    chain::retrieval what;
    duration patience{};      // virtual time; zero: no time is left, and it is not tried
    std::string known_etag{}; // of what is there already: whether there is a newer one
};

class inquiry {
  public:
    inquiry(chain::evidence known, const chain::retrieval_timeouts& timeouts)
        : known_(std::move(known)), timeouts_(timeouts) {}

    /// For the judgement.
    const chain::evidence& known() const { return known_; }
    /// What to fetch next for a judgement that wants this; nothing: the judgement is final.
    std::optional<errand> next(const std::vector<chain::retrieval>& wanted) const;
    void on_retrieved(chain::retrieved answer);
    /// An OCSP response came in the handshake (DER).
    void on_stapled(std::string response) { known_.stapled_response = std::move(response); }

  private:
    chain::evidence known_;
    chain::retrieval_timeouts timeouts_;
    duration spent_{}; // on revocation
};

} // namespace connlab::transport
