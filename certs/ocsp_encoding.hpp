// OCSP as DER: what a request and a response have in common.
#pragma once

#include "certs/ocsp.hpp"

namespace connlab::certs {

/// CertID. The error names a hash that it cannot have, or a serial number that is none.
parsed<std::string> encode_certificate_id(const ocsp_certificate_id& id);
/// An OCSPRequest for one CertID (DER).
std::string encode_request(std::string_view certificate_id);

} // namespace connlab::certs
