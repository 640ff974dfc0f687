// The extensions of a certificate → certificate_fields. What cannot be decoded is noted, never guessed.
#pragma once

#include "certs/certificate.hpp"

namespace connlab::certs {

void decode_extensions(const x509_st* x, certificate_fields& into);

} // namespace connlab::certs
