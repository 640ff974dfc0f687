// What a server staples to its certificate in a handshake (Schannel sheet 6.8), and what a stapled response
// says.
#pragma once

#include "sim/lab/retriever.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::lab {

const std::vector<trace::rule>& stapling_rules();

/// The response (DER) of the responder that the certificate names, as it is remembered, or fetched in the
/// background; empty: nothing is stapled. Null: there is no certificate. The decision goes into the log.
std::string response_to_staple(retriever& r, chain::signature_memo& memo, const exchange::server& s,
                               const exchange::stored_certificate* own, instant now,
                               const retrieval_log& into);

/// `good, from 2024-06-03T09:00:00Z to 2024-06-07T09:00:00Z`; empty bytes: no words.
std::string words_of_response(std::string_view der);

} // namespace connlab::lab
