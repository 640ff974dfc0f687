#include "sim/chain/verdict.hpp"

namespace connlab::chain {

namespace {

struct named_bit {
    std::uint32_t bit;
    std::string_view name;
    policy_error policy;
};

/// In the order in which .NET lists them (Schannel sheet 5.3), with the error that
/// CertVerifyCertificateChainPolicy makes.
constexpr named_bit error_bits[] = {
    {is_not_signature_valid, "CERT_TRUST_IS_NOT_SIGNATURE_VALID", policy_error::trust_e_cert_signature},
    {is_untrusted_root, "CERT_TRUST_IS_UNTRUSTED_ROOT", policy_error::cert_e_untrustedroot},
    {is_partial_chain, "CERT_TRUST_IS_PARTIAL_CHAIN", policy_error::cert_e_chaining},
    {is_revoked, "CERT_TRUST_IS_REVOKED", policy_error::crypt_e_revoked},
    {is_not_valid_for_usage, "CERT_TRUST_IS_NOT_VALID_FOR_USAGE", policy_error::cert_e_wrong_usage},
    {is_not_time_valid, "CERT_TRUST_IS_NOT_TIME_VALID", policy_error::cert_e_expired},
    {invalid_name_constraints, "CERT_TRUST_INVALID_NAME_CONSTRAINTS", policy_error::cert_e_invalid_name},
    {has_not_supported_name_constraint, "CERT_TRUST_HAS_NOT_SUPPORTED_NAME_CONSTRAINT",
     policy_error::cert_e_invalid_name},
    {has_not_defined_name_constraint, "CERT_TRUST_HAS_NOT_DEFINED_NAME_CONSTRAINT",
     policy_error::cert_e_invalid_name},
    {has_not_permitted_name_constraint, "CERT_TRUST_HAS_NOT_PERMITTED_NAME_CONSTRAINT",
     policy_error::cert_e_invalid_name},
    {has_excluded_name_constraint, "CERT_TRUST_HAS_EXCLUDED_NAME_CONSTRAINT",
     policy_error::cert_e_invalid_name},
    {invalid_policy_constraints, "CERT_TRUST_INVALID_POLICY_CONSTRAINTS",
     policy_error::cert_e_invalid_policy},
    {no_issuance_chain_policy, "CERT_TRUST_NO_ISSUANCE_CHAIN_POLICY", policy_error::cert_e_invalid_policy},
    {invalid_basic_constraints, "CERT_TRUST_INVALID_BASIC_CONSTRAINTS",
     policy_error::trust_e_basic_constraints},
    {revocation_status_unknown, "CERT_TRUST_REVOCATION_STATUS_UNKNOWN",
     policy_error::crypt_e_no_revocation_check},
    {is_offline_revocation, "CERT_TRUST_IS_OFFLINE_REVOCATION", policy_error::crypt_e_revocation_offline},
    {is_explicit_distrust, "CERT_TRUST_IS_EXPLICIT_DISTRUST", policy_error::cert_e_untrustedroot},
    {has_not_supported_critical_ext, "CERT_TRUST_HAS_NOT_SUPPORTED_CRITICAL_EXT",
     policy_error::cert_e_critical},
    {has_weak_signature, "CERT_TRUST_HAS_WEAK_SIGNATURE", policy_error::trust_e_cert_signature},
    {is_cyclic, "CERT_TRUST_IS_CYCLIC", policy_error::cert_e_chaining},
    {invalid_extension, "CERT_TRUST_INVALID_EXTENSION", policy_error::cert_e_critical},
};

constexpr named_bit info_bits[] = {
    {has_exact_match_issuer, "CERT_TRUST_HAS_EXACT_MATCH_ISSUER", policy_error::none},
    {has_key_match_issuer, "CERT_TRUST_HAS_KEY_MATCH_ISSUER", policy_error::none},
    {has_name_match_issuer, "CERT_TRUST_HAS_NAME_MATCH_ISSUER", policy_error::none},
    {is_self_signed, "CERT_TRUST_IS_SELF_SIGNED", policy_error::none},
    {has_preferred_issuer, "CERT_TRUST_HAS_PREFERRED_ISSUER", policy_error::none},
    {has_valid_name_constraints, "CERT_TRUST_HAS_VALID_NAME_CONSTRAINTS", policy_error::none},
};

template <std::size_t Size>
std::vector<std::string> names_of(const named_bit (&table)[Size], std::uint32_t bits) {
    std::vector<std::string> out;
    for (const auto& b : table)
        if ((bits & b.bit) != 0)
            out.emplace_back(b.name);
    return out;
}

} // namespace

std::vector<std::string> error_names(std::uint32_t bits) {
    return names_of(error_bits, bits);
}

std::vector<std::string> info_names(std::uint32_t bits) {
    return names_of(info_bits, bits);
}

/// A name or key that is offline is unknown too; the more telling word wins among these two.
policy_error policy_error_of(std::uint32_t bits) {
    if ((bits & is_offline_revocation) != 0)
        bits &= ~std::uint32_t{revocation_status_unknown};
    auto worst = policy_error::none;
    for (const auto& b : error_bits)
        if ((bits & b.bit) != 0 && (worst == policy_error::none || b.policy < worst))
            worst = b.policy;
    return worst;
}

std::string_view to_string(policy_error e) {
    switch (e) {
    case policy_error::none:
        return "";
    case policy_error::trust_e_cert_signature:
        return "TRUST_E_CERT_SIGNATURE";
    case policy_error::crypt_e_revoked:
        return "CRYPT_E_REVOKED";
    case policy_error::cert_e_untrustedroot:
        return "CERT_E_UNTRUSTEDROOT";
    case policy_error::cert_e_chaining:
        return "CERT_E_CHAINING";
    case policy_error::cert_e_wrong_usage:
        return "CERT_E_WRONG_USAGE";
    case policy_error::cert_e_expired:
        return "CERT_E_EXPIRED";
    case policy_error::cert_e_invalid_name:
        return "CERT_E_INVALID_NAME";
    case policy_error::cert_e_invalid_policy:
        return "CERT_E_INVALID_POLICY";
    case policy_error::trust_e_basic_constraints:
        return "TRUST_E_BASIC_CONSTRAINTS";
    case policy_error::cert_e_critical:
        return "CERT_E_CRITICAL";
    case policy_error::crypt_e_no_revocation_check:
        return "CRYPT_E_NO_REVOCATION_CHECK";
    case policy_error::crypt_e_revocation_offline:
        return "CRYPT_E_REVOCATION_OFFLINE";
    case policy_error::cert_e_cn_no_match:
        return "CERT_E_CN_NO_MATCH";
    }
    return "";
}

std::string_view to_string(root_member m) {
    switch (m) {
    case root_member::public_programme:
        return "public programme";
    case root_member::registry:
        return "registry";
    case root_member::enterprise:
        return "enterprise";
    case root_member::group_policy:
        return "group policy";
    }
    return "";
}

} // namespace connlab::chain
