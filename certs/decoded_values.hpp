// The small ASN.1 values that certificates, CRLs and OCSP responses are made of, as ours.
#pragma once

#include "certs/openssl_handle.hpp"
#include "sim/base/instant.hpp"

#include <openssl/x509v3.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::certs {

using bio_handle = std::unique_ptr<BIO, freed_by<BIO_free_all>>;

std::string bytes_of(const ASN1_STRING* s);

/// Nothing for a time that cannot be read.
std::optional<instant> time_of(const ASN1_TIME* t);

/// Upper-case hex without leading zero byte; a negative one has a minus before its magnitude. Zero is `00`.
std::string number_text(const ASN1_INTEGER* number);

/// The URIs among the names.
std::vector<std::string> urls_of(const GENERAL_NAMES* names);

/// Points for some reasons only, and those whose CRL somebody else issues, are not (Schannel sheet 6.1).
bool is_looked_at(const DIST_POINT* point);
/// The URLs of the full names of distribution points that are looked at.
std::vector<std::string> urls_of(const CRL_DIST_POINTS* points);

/// One block of a PEM text.
struct pem_block {
    std::string kind; // CERTIFICATE, X509 CRL
    std::string der;
};
/// Up to the end of the text, or the first block that cannot be read.
std::vector<pem_block> read_pem(std::string_view text);
bool looks_like_pem(std::string_view text);

} // namespace connlab::certs
