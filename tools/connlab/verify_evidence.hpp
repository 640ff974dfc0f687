// What a case of `connlab verify` brings instead of a network: OCSP responses, issuers, and answers by URL.
#pragma once

#include "sim/chain/verdict.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace connlab::command {

/// What a URL answers: bodies (DER), or a failure in words.
struct url_answer {
    std::vector<std::string> bodies;
    std::string failure;
};

struct verify_evidence {
    std::vector<certs::ocsp_response> responses; // whatever responder is asked
    std::vector<certs::certificate> issuers;     // whatever AIA URL is asked
    std::map<std::string, url_answer> by_url;

    bool answers_issuers() const { return !issuers.empty() || !by_url.empty(); }
};

/// What comes back. A CRL or OCSP response that nobody brought is a failure; an issuer is one only where some
/// are given at all, and otherwise stays wanted.
std::optional<chain::retrieved> answer_of(const verify_evidence& e, const chain::retrieval& asked);

/// Evaluates until nothing is wanted that the evidence can answer.
trace::decided<chain::verdict> evaluate_with(const verify_evidence& e, chain::question q,
                                             chain::signature_memo& memo);

} // namespace connlab::command
