// An X.509 certificate as an immutable value: decoded once, cheap to copy, safe to share between threads.
#pragma once

#include "certs/x500_name.hpp"
#include "sim/base/instant.hpp"
#include "sim/base/ip.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct x509_st;

namespace connlab::certs {

/// Extended key usage OIDs that are asked for.
inline constexpr std::string_view eku_server_auth = "1.3.6.1.5.5.7.3.1";
inline constexpr std::string_view eku_client_auth = "1.3.6.1.5.5.7.3.2";
inline constexpr std::string_view eku_email_protection = "1.3.6.1.5.5.7.3.4";
inline constexpr std::string_view eku_ocsp_signing = "1.3.6.1.5.5.7.3.9";
inline constexpr std::string_view eku_any = "2.5.29.37.0";

/// keyUsage bits (RFC 5280 4.2.1.3), bit 0 = digitalSignature … bit 8 = decipherOnly.
enum key_usage_bit : std::uint16_t {
    digital_signature = 1U << 0,
    non_repudiation = 1U << 1,
    key_encipherment = 1U << 2,
    data_encipherment = 1U << 3,
    key_agreement = 1U << 4,
    key_cert_sign = 1U << 5,
    crl_sign = 1U << 6,
    encipher_only = 1U << 7,
    decipher_only = 1U << 8,
};

struct basic_constraints {
    bool ca = false;
    std::optional<int> path_length;
    friend bool operator==(const basic_constraints&, const basic_constraints&) = default;
};

struct authority_key_id {
    std::string key_id; // raw bytes, may be empty
    std::string issuer; // to_string of the directoryName, may be empty
    std::string serial; // hex
};

/// `upn`: an otherName that holds a user principal name; `other`: every form that Windows does not constrain.
enum class general_name_kind { dns, email, uri, directory, ip, upn, other };

struct general_subtree {
    general_name_kind kind = general_name_kind::other;
    std::string text;        // dns, email, uri, upn: text; ip: address+mask raw bytes (8 or 32)
    x500_name directory;     // for directory
    bool min_or_max = false; // minimum != 0 or maximum present
};

struct name_constraints {
    std::vector<general_subtree> permitted;
    std::vector<general_subtree> excluded;
};

/// policyConstraints (RFC 5280 4.2.1.11); absent fields are empty.
struct policy_constraints {
    std::optional<int> require_explicit;
    std::optional<int> inhibit_mapping;
    friend bool operator==(const policy_constraints&, const policy_constraints&) = default;
};

struct policy_mapping {
    std::string issuer_domain;  // OID
    std::string subject_domain; // OID
    friend bool operator==(const policy_mapping&, const policy_mapping&) = default;
};

inline constexpr std::string_view any_policy = "2.5.29.32.0";

enum class key_kind { rsa, ec, ed25519, dsa, other };

struct certificate_fields {
    int version = 3; // 1, 2, 3
    x500_name subject;
    x500_name issuer;
    std::string serial; // upper-case hex, no leading zero byte; a minus before a negative one
    instant not_before{};
    instant not_after{};
    bool has_subject_alternative_name = false;
    std::vector<std::string> dns_names; // SAN dNSName, as encoded
    std::vector<std::string> ip_names;  // SAN iPAddress, raw bytes (4 or 16)
    std::vector<std::string> email_names;
    std::vector<std::string> uri_names;
    std::vector<x500_name> directory_names;
    std::vector<std::string> upn_names;                         // otherName: user principal name, UTF-8
    std::optional<std::uint16_t> key_usage;                     // bits of key_usage_bit
    std::optional<std::vector<std::string>> extended_key_usage; // OIDs; absent: any usage
    std::optional<basic_constraints> basic;
    std::optional<name_constraints> constraints;
    bool constraints_malformed = false;
    std::optional<std::vector<std::string>> policies; // OIDs of certificatePolicies
    std::vector<policy_mapping> policy_mappings;
    certs::policy_constraints policy;      // of a CA, for the path below it
    std::optional<int> inhibit_any_policy; // skipCerts
    std::string subject_key_id;            // raw bytes, may be empty
    std::optional<authority_key_id> authority_key;
    std::vector<std::string> crl_urls;         // CDP fullName URIs, of points without reasons and cRLIssuer
    int skipped_crl_points = 0;                // those with reasons or cRLIssuer, or without a full name
    std::vector<std::string> delta_crl_urls;   // freshestCRL
    std::vector<std::string> issuer_urls;      // AIA caIssuers
    std::vector<std::string> ocsp_urls;        // AIA OCSP
    std::vector<std::string> unknown_critical; // OIDs of critical extensions this lab does not process
    bool malformed_extension = false;          // an extension that cannot be decoded, or occurs twice
    key_kind key = key_kind::other;
    int key_bits = 0;
    std::string curve;                   // "P-256" for EC; "explicit" when its parameters are spelled out
    bool key_parameters_missing = false; // DSA: they are those of the issuer's key
    std::string signature_algorithm;     // Windows' name: sha256RSA, sha256ECDSA, sha1RSA, md5RSA, …
    std::string signature_digest; // "SHA256", "SHA1", "MD5", …; also of RSASSA-PSS; empty when implied
};

class certificate {
  public:
    certificate() = default; // empty: no certificate
    /// Decodes one DER certificate. Never throws for bad bytes; the error is one sentence.
    static parsed<certificate> from_der(std::string_view der);

    explicit operator bool() const { return data_ != nullptr; }
    const certificate_fields& fields() const;
    const std::string& der() const;
    const std::string& thumbprint() const;         // SHA-1, 40 upper-case hex digits
    const std::string& sha256_fingerprint() const; // 64 upper-case hex digits
    const std::string& subject() const;            // Windows form
    const std::string& issuer() const;
    /// Subject and issuer fields are equal (Windows calls this self-signed; it says nothing of the
    /// signature).
    bool is_self_issued() const;
    /// Subject and issuer as `folded` gives them: equal texts chain.
    const std::string& folded_subject() const;
    const std::string& folded_issuer() const;
    /// SHA-256 of the SubjectPublicKeyInfo, 32 raw bytes.
    const std::string& public_key_digest() const;
    /// The subject as it is encoded (DER): what points at an issuer copies it.
    std::string subject_der() const;
    /// The content of the subjectPublicKey BIT STRING.
    std::string public_key_bits() const;
    /// For hash maps.
    std::size_t hash() const;
    /// CN (when it looks like a host name) and SAN dNSNames, each once, in the order CN first.
    std::vector<std::string> domains() const;
    /// True if `issuer`'s public key verifies this certificate's signature. Pure; costs one signature
    /// verification.
    bool signed_by(const certificate& issuer) const;
    /// The same for an issuer whose DSA key takes its parameters from another certificate's key.
    bool signed_by(const certificate& issuer, const certificate& parameters) const;
    x509_st* native() const; // borrowed; do not modify

    friend bool operator==(const certificate& a, const certificate& b);

  private:
    struct data;
    std::shared_ptr<const data> data_;
};

/// All certificates of a PEM text in order, the single DER certificate, or those of a PKCS #7 bundle.
parsed<std::vector<certificate>> read_certificates(std::string_view pem_or_der);
std::string to_pem(const certificate& c);

/// A private key; shared and immutable.
class private_key {
  public:
    private_key() = default;
    static parsed<private_key> from_pem(std::string_view pem);
    /// A new one: RSA of 512 to 8192 bits, EC of 256, 384 or 521. Random, hence never part of a deterministic
    /// world.
    static parsed<private_key> generate(key_kind kind, int bits);
    /// Takes over an EVP_PKEY that is not null.
    static private_key adopt(void* evp_pkey);

    explicit operator bool() const { return key_ != nullptr; }
    key_kind kind() const;
    int bits() const;
    void* native() const { return key_.get(); } // EVP_PKEY*
    std::string to_pem() const;                 // PKCS#8

  private:
    std::shared_ptr<void> key_;
};

} // namespace connlab::certs
