// The Windows verdict on a certificate chain: CERT_TRUST_STATUS bits per element and chain, one policy error.
#pragma once

#include "certs/certificate.hpp"
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
struct store {
    std::vector<trusted_root> roots;
    std::vector<certs::certificate> intermediates; // the CA store: hints, never anchors
    std::vector<certs::certificate> disallowed;
};

enum class revocation_mode { none, assume_good };

/// Something that Windows fetches for a verdict. An evaluation asks for it in `verdict::wanted`; a caller
/// that has fetched it asks again with the answer. Issuers (AIA) are used so; lists and OCSP replies wait for
/// the simulation of revocation, and until then count as good (rule chain.revocation.assumed-good).
struct retrieval {
    enum class kind { crl, ocsp, issuer } what = kind::crl;
    std::string url;
    std::size_t element = 0; // of the path, the leaf is 0
    friend bool operator==(const retrieval&, const retrieval&) = default;
};

struct retrieved {
    retrieval asked;
    std::string bytes; // of the body; empty: it could not be fetched
};

struct question {
    certs::certificate leaf;
    std::vector<certs::certificate> presented; // the rest of what the peer sent; hints only
    const store* stores = nullptr;
    instant at{};
    std::string usage;     // EKU OID that every certificate must allow; empty: not asked
    std::string host_name; // SSL policy's name check; empty: not asked
    bool check_revocation = false;
    std::vector<retrieved> answers{}; // to what an earlier verdict wanted
};

struct element {
    certs::certificate cert;
    std::uint32_t error = 0;
    std::uint32_t info = 0;
    std::string note;
};

struct verdict {
    std::vector<element> elements; // leaf first; the best path
    std::uint32_t error = 0;       // OR of the elements' and the chain's own bits
    policy_error policy = policy_error::none;
    std::optional<root_member> anchored_by;
    std::vector<trace::candidate> rejected; // other paths and why they lost
    std::vector<retrieval> wanted;          // and not answered yet

    bool trusted() const { return policy == policy_error::none; }
};

/// Remembers signature checks between verdicts: a pure memo, never a judgement. Not shared between threads.
class signature_memo {
  public:
    bool signed_by(const certs::certificate& subject, const certs::certificate& issuer);

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
