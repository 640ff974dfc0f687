// OCSP (RFC 6960): the request that Windows makes, and a response as an immutable value.
#pragma once

#include "certs/certificate.hpp"
#include "certs/crl.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::certs {

/// CertID: which certificate is asked for. Hashes are raw bytes.
struct ocsp_certificate_id {
    std::string hash = "SHA1"; // SHA1, SHA256, SHA384, SHA512; else a dotted OID, which matches nothing
    std::string issuer_name_hash;
    std::string issuer_key_hash;
    std::string serial; // as certificate_fields::serial
    friend bool operator==(const ocsp_certificate_id&, const ocsp_certificate_id&) = default;
};

ocsp_certificate_id ocsp_id_of(const certificate& subject, const certificate& issuer,
                               std::string_view hash = "SHA1");

/// An OCSPRequest (DER) for one certificate: SHA-1 hashes, no nonce, not signed, as Windows asks.
std::string ocsp_request(const certificate& subject, const certificate& issuer);

/// What a responder is asked. Errors: bytes that are no OCSPRequest, or name no certificate.
parsed<std::vector<ocsp_certificate_id>> read_ocsp_request(std::string_view der);

/// OCSPResponseStatus.
enum class ocsp_status {
    successful = 0,
    malformed_request = 1,
    internal_error = 2,
    try_later = 3,
    signature_required = 5,
    unauthorized = 6,
};
std::string_view to_string(ocsp_status s); // tryLater

enum class ocsp_certificate_status { good, revoked, unknown };
std::string_view to_string(ocsp_certificate_status s);

/// What is said of one certificate.
struct ocsp_answer {
    ocsp_certificate_id id;
    ocsp_certificate_status status = ocsp_certificate_status::good;
    std::optional<instant> revoked_at;
    std::optional<revocation_reason> reason;
    instant this_update{};
    std::optional<instant> next_update;
};

struct ocsp_response_fields {
    ocsp_status status = ocsp_status::successful;
    // the rest only of a successful one
    x500_name responder;            // empty when it names its key
    std::string responder_key_hash; // SHA-1, raw; empty when it names itself
    instant produced_at{};
    std::vector<ocsp_answer> answers;
    std::vector<certificate> certificates; // of a delegated signer
    std::vector<std::string> unknown_critical;
};

class ocsp_response {
  public:
    ocsp_response() = default;
    /// The most bytes that are read.
    static constexpr std::size_t largest = std::size_t{1} << 20U;
    /// Decodes one DER OCSPResponse. Never throws for bad bytes; the error is one sentence.
    static parsed<ocsp_response> from_der(std::string_view der);

    explicit operator bool() const { return data_ != nullptr; }
    const ocsp_response_fields& fields() const;
    const std::string& der() const;
    const std::string& sha256_fingerprint() const; // 64 upper-case hex digits
    /// The answer for this certificate; null: it is about others.
    const ocsp_answer* about(const certificate& subject, const certificate& issuer) const;
    /// True if `signer`'s public key verifies the signature. Costs one verification.
    bool signed_by(const certificate& signer) const;
    /// True if the responder id names this certificate, by its subject or by its key.
    bool names(const certificate& signer) const;

  private:
    struct data;
    std::shared_ptr<const data> data_;
};

/// PEM (`OCSP RESPONSE`) or DER.
parsed<ocsp_response> read_ocsp_response(std::string_view pem_or_der);

} // namespace connlab::certs
