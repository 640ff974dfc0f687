// The Windows verdict on a certificate chain: CERT_TRUST_STATUS bits per element and chain, one policy error.
#pragma once

#include "certs/certificate.hpp"
#include "certs/crl.hpp"
#include "certs/ocsp.hpp"
#include "sim/chain/retrieval.hpp"
#include "sim/chain/url_cache.hpp"
#include "sim/trace/decision.hpp"
#include "sim/trace/run_record.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace connlab::chain {

/// dwErrorStatus bits under their SDK names (CERT_TRUST_ prefix added by name_of).
enum error_bit : std::uint32_t {
    is_not_time_valid = 0x00000001,
    is_revoked = 0x00000004,
    is_not_signature_valid = 0x00000008,
    is_not_valid_for_usage = 0x00000010,
    is_untrusted_root = 0x00000020,
    revocation_status_unknown = 0x00000040,
    is_cyclic = 0x00000080,
    invalid_extension = 0x00000100,
    invalid_policy_constraints = 0x00000200,
    invalid_basic_constraints = 0x00000400,
    invalid_name_constraints = 0x00000800,
    has_not_supported_name_constraint = 0x00001000,
    has_not_defined_name_constraint = 0x00002000,
    has_not_permitted_name_constraint = 0x00004000,
    has_excluded_name_constraint = 0x00008000,
    is_partial_chain = 0x00010000,
    has_weak_signature = 0x00100000,
    is_offline_revocation = 0x01000000,
    no_issuance_chain_policy = 0x02000000,
    is_explicit_distrust = 0x04000000,
    has_not_supported_critical_ext = 0x08000000,
};

enum info_bit : std::uint32_t {
    has_exact_match_issuer = 0x1,
    has_key_match_issuer = 0x2,
    has_name_match_issuer = 0x4,
    is_self_signed = 0x8,
    has_preferred_issuer = 0x100,
    has_valid_name_constraints = 0x400,
};

/// `CERT_TRUST_IS_UNTRUSTED_ROOT`, … in the order in which .NET lists them.
std::vector<std::string> error_names(std::uint32_t bits);
std::vector<std::string> info_names(std::uint32_t bits);

/// The one error that CertVerifyCertificateChainPolicy returns; order of the enumerators = precedence.
enum class policy_error {
    none,
    trust_e_cert_signature,
    crypt_e_revoked,
    cert_e_untrustedroot,
    cert_e_chaining,
    cert_e_wrong_usage,
    cert_e_expired,
    cert_e_invalid_name,
    cert_e_invalid_policy,
    trust_e_basic_constraints,
    cert_e_critical,
    crypt_e_no_revocation_check,
    crypt_e_revocation_offline,
    cert_e_cn_no_match,
};
std::string_view to_string(policy_error e); // CERT_E_UNTRUSTEDROOT
policy_error policy_error_of(std::uint32_t bits);

enum class root_member { public_programme, registry, enterprise, group_policy };
std::string_view to_string(root_member m);

struct trusted_root {
    certs::certificate cert;
    root_member member = root_member::registry;
};

/// LocalMachine stores that matter for a verdict.
/// How the computer's chain engine is configured (…\CertDllCreateCertificateChainEngine\Config in the
/// registry; Schannel sheet 5.6, 6.3).
struct engine_settings {
    int smallest_rsa_key = 1024; // bits, since KB2661254: minRSAPubKeyBitLength
    retrieval_timeouts timeouts{};
};

struct store {
    std::vector<trusted_root> roots;
    std::vector<certs::certificate> intermediates; // the CA store: hints, never anchors
    std::vector<certs::crl> crls{};                // likewise of the CA store
    std::vector<certs::certificate> disallowed;
    /// Roots of the public programme that automatic root update would bring when a chain needs them.
    std::vector<certs::certificate> programme{};
    engine_settings engine{};
};

/// Where Windows Update has a root of the programme.
std::string root_update_url(const certs::certificate& root);

/// The inputs of RFC 5280 6.1.1 (c) to (g) that speak of certificate policies. The SSL policy sets none.
struct policy_inputs {
    std::vector<std::string> acceptable; // OIDs; empty: any
    bool require_explicit = false;
    bool inhibit_mapping = false;
    bool inhibit_any = false;
    friend bool operator==(const policy_inputs&, const policy_inputs&) = default;
};

struct question {
    certs::certificate leaf;
    std::vector<certs::certificate> presented; // the rest of what the peer sent; hints only
    const store* stores = nullptr;
    instant at{};
    std::string usage;     // EKU OID that every certificate must allow; empty: not asked
    std::string host_name; // SSL policy's name check; empty: not asked
    policy_inputs policies{};
    revocation_flags revocation{};
    std::optional<instant> now{};     // of the revocation check; absent: `at`
    std::vector<retrieved> answers{}; // to what earlier verdicts wanted
    const url_cache* cache = nullptr; // of the computer; null: nothing is remembered
    std::string stapled_response{};   // the OCSP response that came with the handshake (DER); empty: none
};

struct element {
    certs::certificate cert;
    std::uint32_t error = 0;
    std::uint32_t info = 0;
    std::string note;
    std::vector<trace::candidate> sources{}; // where its revocation was looked up, and what came of it
};

struct verdict {
    std::vector<element> elements; // leaf first; the best path
    std::uint32_t error = 0;       // OR of the elements' and the chain's own bits
    policy_error policy = policy_error::none;
    std::optional<root_member> anchored_by;
    std::vector<trace::candidate> rejected; // other paths and why they lost
    std::vector<retrieval> wanted; // not answered yet; fetch the first and ask again, for its answer may make
                                   // the others needless

    bool trusted() const { return policy == policy_error::none; }
};

/// Remembers signature checks, and what was decoded, between verdicts: a pure memo, never a judgement. Not
/// shared between threads.
class signature_memo {
  public:
    bool signed_by(const certs::certificate& subject, const certs::certificate& issuer);
    bool signed_by(const certs::crl& list, const certs::certificate& issuer);
    /// Decoded, DER alone.
    parsed<certs::crl> list(const std::string& der);
    parsed<certs::ocsp_response> response(const std::string& der);

  private:
    struct hash_of_pair {
        using is_transparent = void;
        template <class Pair>
        std::size_t operator()(const Pair& p) const {
            return p.first.hash() * 31 + p.second.hash();
        }
    };
    struct same_pair {
        using is_transparent = void;
        template <class A, class B>
        bool operator()(const A& a, const B& b) const {
            return a.first == b.first && a.second == b.second;
        }
    };
    std::unordered_map<std::pair<certs::certificate, certs::certificate>, bool, hash_of_pair, same_pair>
        known_;
    std::unordered_map<std::string, bool> known_lists_; // by digest of list and issuer
    std::unordered_map<std::string, parsed<certs::crl>> lists_;
    std::unordered_map<std::string, parsed<certs::ocsp_response>> responses_;
};

/// What a judge of chains has at hand beside certificates and stores. One who has no more than a memo fetches
/// nothing, and named distribution points count as good.
struct evidence {
    evidence(signature_memo& m) : memo(m) {} // NOLINT(google-explicit-constructor): see above
    signature_memo& memo;
    revocation_mode revocation = revocation_mode::assume_good;
    bool cache_only = false;
    std::vector<retrieved> answers{}; // to the `wanted` of earlier judgements
    const url_cache* cache = nullptr; // of the server that judges
    std::string stapled_response{};   // with the peer's certificate
};

/// Tries all candidate paths, ranks them, returns the best with its bits and the reasons of the others. Pure.
/// The decision's rule is the one that decided; `why.assumed` names the assumed ones that a trusted chain
/// rests on.
trace::decided<verdict> evaluate(const question& q, signature_memo& memo);

/// The verdict as the record shows it.
trace::chain_view view_of(const verdict& v, std::string question);

/// The SSL policy's name check of Schannel sheet 5.7: dNSName SANs, or the CN when there is none; partial
/// wildcards.
bool host_name_matches(const certs::certificate& c, std::string_view host);

const std::vector<trace::rule>& rules();

} // namespace connlab::chain
