// The words after `Reason:`. UntrustedRoot, SubjectMismatch and RevocationOffline are attested; the others
// are the lab's.
#include "sim/exchange/decisions.hpp"

namespace connlab::exchange {

namespace {

reason_word attested(std::string word) {
    return {std::move(word), false};
}
reason_word ours(std::string word) {
    return {std::move(word), true};
}

/// 0x40 with 0x01000000: a distribution point is named and cannot be reached. 0x40 alone: none is named.
reason_word revocation_reason(std::uint32_t bits, const behavior& b) {
    if ((bits & chain::is_offline_revocation) != 0)
        return b.is("RevocationOffline", "Ignore") ? reason_word{} : attested("RevocationOffline");
    return b.is("NoDistributionPoint", "Pass") ? reason_word{} : ours("RevocationUnknown");
}

} // namespace

reason_word reason_of(const chain::verdict& v, const behavior& b) {
    using chain::policy_error;
    switch (v.policy) {
    case policy_error::none:
        return {};
    case policy_error::trust_e_cert_signature:
        return (v.error & chain::has_weak_signature) != 0 ? ours("WeakCryptography")
                                                          : ours("SignatureInvalid");
    case policy_error::crypt_e_revoked:
        return ours("Revoked");
    case policy_error::cert_e_untrustedroot:
        return attested("UntrustedRoot");
    case policy_error::cert_e_chaining:
        return b.is("PartialChainReason", "ChainIncomplete") ? ours("ChainIncomplete")
                                                             : attested("UntrustedRoot");
    case policy_error::cert_e_wrong_usage:
        return ours("WrongUsage");
    case policy_error::cert_e_expired:
        return ours("Expired");
    case policy_error::cert_e_invalid_name:
        return ours("NameConstraints");
    case policy_error::cert_e_invalid_policy:
        return ours("PolicyConstraints");
    case policy_error::trust_e_basic_constraints:
        return ours("BasicConstraints");
    case policy_error::cert_e_critical:
        return ours("CriticalExtension");
    case policy_error::crypt_e_no_revocation_check:
    case policy_error::crypt_e_revocation_offline:
        return revocation_reason(v.error, b);
    case policy_error::cert_e_cn_no_match:
        return attested("SubjectMismatch");
    }
    return {};
}

} // namespace connlab::exchange
