// All candidate paths from a certificate to a self-signed one (Schannel sheet 5.2). What the peer sent are
// hints, never anchors.
#pragma once

#include "sim/chain/verdict.hpp"

#include <vector>

namespace connlab::chain {

/// How an issuer was found; the info bits of the element below it.
struct link {
    const certs::certificate* cert = nullptr;
    std::uint32_t match =
        0; // info bits: how this certificate was matched as the issuer of the one before; 0 for the leaf
};

struct path {
    std::vector<link> links;            // leaf first
    bool complete = false;              // ends in a self-signed certificate
    const trusted_root* root = nullptr; // that certificate in the Root store; null: not trusted
};

struct built_paths {
    std::vector<path> all;  // at least one: the leaf alone, when nothing issues it
    bool exhausted = false; // the budget ended the search
};

/// Explores at most 10,000 links and paths of at most 30 certificates.
built_paths build_paths(const question& q, signature_memo& memo);

} // namespace connlab::chain
