// Signatures over certificates and CRLs: RSA PKCS #1 v1.5 and ECDSA with RFC 6979 nonces, both
// deterministic.
#pragma once

#include "certs/certificate.hpp"

#include <string>
#include <string_view>

namespace connlab::certs {

/// The AlgorithmIdentifier (DER). `hash`: SHA256, SHA384, SHA512, SHA1, MD5. The error says what does not go
/// together.
parsed<std::string> signature_algorithm(const private_key& key, std::string_view hash);

/// The signature's bytes, as they stand in the BIT STRING. Errors: as above, and a key too short for the
/// hash.
parsed<std::string> sign(const private_key& key, std::string_view hash, std::string_view message);

/// What is signed, with its algorithm and signature behind it: the content of a CertificateList, or of a
/// BasicOCSPResponse. `corrupt`: with the last bit of the signature flipped.
parsed<std::string> signed_content(const private_key& key, std::string_view hash,
                                   std::string_view to_be_signed, bool corrupt);

/// The SubjectPublicKeyInfo (DER) and SHA-1 of its key bits (RFC 5280 4.2.1.2, method 1).
struct public_key_info {
    std::string der;
    std::string key_id;
};
public_key_info public_key_of(const private_key& key);

} // namespace connlab::certs
