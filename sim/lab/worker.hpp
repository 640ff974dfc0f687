// What one thread needs to play flows: its own network and memos, and the contexts that all threads share.
#pragma once

#include "sim/chain/verdict.hpp"
#include "sim/lab/agreement_memo.hpp"
#include "sim/lab/published_bytes.hpp"
#include "sim/net/loopback.hpp"
#include "sim/net/tls_context.hpp"

#include <memory>

namespace connlab::lab {

class retriever;

class worker {
  public:
    worker(unsigned lane, net::tls_contexts& shared)
        : network(lane), lookups(lane + lanes_of_lookups), contexts(shared), lane_(lane) {}

    /// For the session that a proxy opens while its own client waits: a network of its own.
    worker& behind() {
        if (!behind_)
            behind_ = std::make_unique<worker>(lane_ + lanes_apart, contexts);
        behind_->fetches = fetches;
        return *behind_;
    }

    net::loopback network;
    net::loopback lookups; // of Windows, while a session waits
    signed_bytes published;
    retriever* fetches = nullptr; // of the flow that is played
    chain::signature_memo memo;
    agreement_memo agreements;
    net::tls_contexts& contexts;

  private:
    static constexpr unsigned lanes_apart = 50; // more than the threads of one run
    static constexpr unsigned lanes_of_lookups = 25;
    unsigned lane_;
    std::unique_ptr<worker> behind_;
};

} // namespace connlab::lab
