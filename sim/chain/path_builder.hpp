// All candidate paths from a certificate to a self-signed one (Schannel sheet 5.2). What the peer sent are
// hints, never anchors.
#pragma once

#include "sim/chain/verdict.hpp"

#include <vector>

namespace connlab::chain {

/// How well a certificate fits as the issuer of another, by names and key identifiers; best first.
enum class match_quality { exact, key_identifier, name, contradicted };

match_quality match_of(const certs::certificate& subject, const certs::certificate& issuer);

struct link {
    const certs::certificate* cert = nullptr;
    bool signature_valid = true;               // its own, by the next certificate of the path
    match_quality match = match_quality::name; // of the next certificate; meaningless for the last
    const trusted_root* root = nullptr;        // the last one's entry in the Root store
};

enum class path_end {
    self_signed,
    no_issuer, // no certificate of the issuer's name is at hand
    cycle,     // the issuers at hand are on the path already
    too_long,
};

struct path {
    std::vector<link> links; // leaf first
    path_end end = path_end::no_issuer;

    bool complete() const { return end == path_end::self_signed; }
    /// The Root store's entry that the path ends in; null: not trusted.
    const trusted_root* root() const { return links.back().root; }
};

/// A certificate of the issuer's name that did not make the signature.
struct false_issuer {
    const certs::certificate* issuer = nullptr;
    const certs::certificate* subject = nullptr;
};

struct built_paths {
    std::vector<path> all;                  // at least one: the leaf alone, when nothing issues it
    std::vector<false_issuer> did_not_sign; // candidates that were not followed because another one signed
    bool exhausted = false;                 // the budget ended the search
};

/// What one search may cost. Windows' own limits are not published.
inline constexpr int link_budget = 10000;
inline constexpr int signature_budget = 2000;
inline constexpr std::size_t path_budget = 500;
inline constexpr std::size_t longest_path = 100;

/// Explores the likelier issuers first, so that a search that is ended has seen the best.
built_paths build_paths(const question& q, signature_memo& memo);

} // namespace connlab::chain
