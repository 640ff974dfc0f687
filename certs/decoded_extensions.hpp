// The extensions of a certificate → certificate_fields. What cannot be decoded is noted, never guessed.
#pragma once

#include "certs/certificate.hpp"

struct AUTHORITY_KEYID_st;

namespace connlab::certs {

void decode_extensions(const x509_st* x, certificate_fields& into);

authority_key_id authority_key_of(const AUTHORITY_KEYID_st* aki);

} // namespace connlab::certs
