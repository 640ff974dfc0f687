// What one thread needs to play flows: its own network and memos, and the contexts that all threads share.
#pragma once

#include "sim/chain/verdict.hpp"
#include "sim/net/loopback.hpp"
#include "sim/net/tls_context.hpp"

namespace connlab::lab {

struct worker {
    worker(unsigned lane, net::tls_contexts& shared) : network(lane), contexts(shared) {}

    net::loopback network;
    chain::signature_memo memo;
    net::tls_contexts& contexts;
};

} // namespace connlab::lab
