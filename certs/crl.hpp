// A certificate revocation list (RFC 5280 section 5) as an immutable value: decoded once, cheap to copy.
#pragma once

#include "certs/certificate.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::certs {

/// CRLReason under its numbers (RFC 5280 5.3.1).
enum class revocation_reason {
    unspecified = 0,
    key_compromise = 1,
    ca_compromise = 2,
    affiliation_changed = 3,
    superseded = 4,
    cessation_of_operation = 5,
    certificate_hold = 6,
    remove_from_crl = 8,
    privilege_withdrawn = 9,
    aa_compromise = 10,
};
std::string_view to_string(revocation_reason r); // keyCompromise

struct revoked_certificate {
    std::string serial; // as certificate_fields::serial
    instant at{};
    std::optional<revocation_reason> reason;
};

/// issuingDistributionPoint (RFC 5280 5.2.5).
struct issuing_distribution_point {
    bool named = false;            // a distribution point is named, by whatever form of name
    std::vector<std::string> urls; // those of its fullName
    bool only_user_certificates = false;
    bool only_ca_certificates = false;
    bool only_attribute_certificates = false;
    bool only_some_reasons = false;
    bool indirect = false;
    friend bool operator==(const issuing_distribution_point&, const issuing_distribution_point&) = default;
};

struct crl_fields {
    int version = 2;
    x500_name issuer;
    instant this_update{};
    std::optional<instant> next_update;
    std::optional<instant> next_publish; // Microsoft's Next CRL Publish (1.3.6.1.4.1.311.21.4)
    std::string number;                  // cRLNumber, hex without leading zeros; empty: none
    std::string base_number;             // deltaCRLIndicator, likewise; not empty: this is a delta CRL
    std::optional<authority_key_id> authority_key;
    std::optional<issuing_distribution_point> distribution_point;
    std::vector<std::string> delta_urls;       // freshestCRL
    std::vector<std::string> unknown_critical; // OIDs, of the list and of its entries
    bool malformed_extension = false;
    std::vector<revoked_certificate> revoked; // by serial
};

class crl {
  public:
    crl() = default; // empty: no list
    /// The most bytes that are read. The error of a longer one says so.
    static constexpr std::size_t largest = std::size_t{64} << 20U;
    /// Decodes one DER CertificateList. Never throws for bad bytes; the error is one sentence.
    static parsed<crl> from_der(std::string_view der);

    explicit operator bool() const { return data_ != nullptr; }
    const crl_fields& fields() const;
    const std::string& der() const;
    const std::string& sha256_fingerprint() const; // 64 upper-case hex digits
    const std::string& issuer() const;             // Windows form
    const std::string& folded_issuer() const;      // equal texts chain
    bool is_delta() const { return !fields().base_number.empty(); }
    /// The entry of a certificate's serial number; null: not listed. Of several the first one counts.
    const revoked_certificate* find(std::string_view serial) const;
    /// True if `issuer`'s public key verifies the signature. Costs one verification and a hash of all bytes.
    bool signed_by(const certificate& issuer) const;
    /// The same for an issuer whose DSA key takes its parameters from another certificate's key.
    bool signed_by(const certificate& issuer, const certificate& parameters) const;

    friend bool operator==(const crl& a, const crl& b);

  private:
    struct data;
    std::shared_ptr<const data> data_;
};

/// Compares CRL numbers, which may be longer than any integer: negative when `a` is smaller.
int compare_crl_numbers(std::string_view a, std::string_view b);

/// All CRLs of a PEM text in order, or the single DER list.
parsed<std::vector<crl>> read_crls(std::string_view pem_or_der);

} // namespace connlab::certs
