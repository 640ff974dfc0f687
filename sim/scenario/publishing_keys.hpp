// The keys of an authority that say what it publishes, and the URLs that follow from them.
#pragma once

#include "sim/scenario/certificate_draft.hpp"

namespace connlab::scenario {

/// Crl, Ocsp, Aia and what belongs to them.
key_table<certificate_draft> publishing_keys();

/// `Revoked`, of authorities and of the certificates of servers.
key<certificate_draft> revoked_key();

/// CRLReasons as RFC 5280 writes them, in Exchange's way of capitals: KeyCompromise.
std::vector<std::string> revocation_words();
certs::revocation_reason revocation_of_word(std::string_view word);

/// Words become URLs, and certificates get those of their issuer. Called when everything has been read.
void place_publications(reading& r);

} // namespace connlab::scenario
