// The words and texts of `connlab verify`, on the command line and in JSON.
#pragma once

#include "sim/chain/verdict.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::command {

/// `server`, `client`, `any` or an OID → the OID that is asked for (empty for `any`).
parsed<std::string> usage_of(std::string_view word);

/// `none`, `end-certificate`, `chain`, `chain-excluding-root`, or `assume-good`.
parsed<chain::revocation_flags> revocation_of(std::string_view word);
/// `cache-only`, `ignore-end-revocation-unknown`, `ignore-ca-…`, `ignore-root-…`. The error names what is
/// none.
std::string add_flag(chain::revocation_flags& to, std::string_view word);

/// PEM, or base64 of DER, as JSON carries them.
parsed<std::vector<certs::crl>> read_crl_text(const std::string& written);
parsed<certs::ocsp_response> read_ocsp_text(const std::string& written);
/// The body that a URL answers: PEM of a CRL and base64 become DER; anything else is taken as it is.
std::string body_of(const std::string& written);

} // namespace connlab::command
