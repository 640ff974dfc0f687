#include "sim/chain/path_checks.hpp"

#include "sim/base/instant.hpp"
#include "sim/chain/certificate_policies.hpp"
#include "sim/chain/name_constraints.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::chain {

namespace {

constexpr int smallest_rsa_key = 1024; // bits, since KB2661254

std::uint32_t time_errors(const certs::certificate_fields& f, instant at) {
    return at < f.not_before || at > f.not_after ? is_not_time_valid : 0U;
}

std::uint32_t usage_errors(const certs::certificate_fields& f, const std::string& usage) {
    if (usage.empty() || !f.extended_key_usage)
        return 0;
    const auto& allowed = *f.extended_key_usage;
    const bool fits = std::any_of(allowed.begin(), allowed.end(), [&](const std::string& oid) {
        return oid == usage || oid == certs::eku_any;
    });
    return fits ? 0U : is_not_valid_for_usage;
}

/// What an issuer must be: a CA within its path length, allowed to sign certificates.
std::uint32_t issuer_errors(const certs::certificate_fields& f, bool is_root, int intermediates_below) {
    std::uint32_t bits = 0;
    if (!f.basic) {
        if (f.version >= 3 || !is_root)
            bits |= invalid_basic_constraints;
    } else if (!f.basic->ca || (f.basic->path_length && intermediates_below > *f.basic->path_length)) {
        bits |= invalid_basic_constraints;
    }
    if (f.key_usage && (*f.key_usage & certs::key_cert_sign) == 0)
        bits |= is_not_valid_for_usage;
    return bits;
}

bool weak_digest(const certs::certificate_fields& f) {
    return f.signature_digest == "SHA1" || f.signature_digest == "MD5" || f.signature_digest == "MD4" ||
           f.signature_digest == "MD2";
}

/// RSA below 1024 bits anywhere but at the root; SHA-1 and MD5 under roots of the public programme alone
/// (5.6).
std::uint32_t weak_errors(const certs::certificate_fields& f, const trusted_root* root) {
    const bool weak_key = f.key == certs::key_kind::rsa && f.key_bits < smallest_rsa_key;
    const bool public_root = root != nullptr && root->member == root_member::public_programme;
    return weak_key || (public_root && weak_digest(f)) ? has_weak_signature | is_not_signature_valid : 0U;
}

std::uint32_t extension_errors(const certs::certificate_fields& f) {
    return (f.unknown_critical.empty() ? 0U : has_not_supported_critical_ext) |
           (f.malformed_extension ? invalid_extension : 0U);
}

/// Constraints of every CA above element `i`. Self-issued intermediates are exempt (RFC 5280 4.2.1.10), a
/// leaf never is.
std::uint32_t constraint_errors_at(const path& p, std::size_t i) {
    const auto& below = *p.links[i].cert;
    if (i > 0 && below.is_self_issued())
        return 0;
    std::uint32_t bits = 0;
    for (std::size_t ca = i + 1; ca < p.links.size(); ++ca)
        bits |= constraint_errors(p.links[ca].cert->fields(), below.fields(), i == 0);
    return bits;
}

bool is_disallowed(const certs::certificate& c, const store& s) {
    return std::find(s.disallowed.begin(), s.disallowed.end(), c) != s.disallowed.end();
}

std::string note_of(const element& e, const path& p, std::size_t i) {
    const auto& f = e.cert.fields();
    if ((e.error & is_not_time_valid) != 0)
        return fmt::format("valid from {} to {}", format_instant(f.not_before), format_instant(f.not_after));
    if ((e.error & is_partial_chain) != 0)
        return fmt::format("no certificate of {} is at hand", e.cert.issuer());
    if ((e.error & is_untrusted_root) != 0)
        return "self-signed and not in the Root store";
    if (i + 1 == p.links.size() && p.root != nullptr)
        return fmt::format("in the Root store ({})", to_string(p.root->member));
    return {};
}

void note_revocation(checked_path& out, const path& p) {
    for (std::size_t i = 0; i < p.links.size(); ++i) {
        const auto& f = p.links[i].cert->fields();
        if (i + 1 == p.links.size() && p.complete)
            continue; // the root is excluded
        const bool named = !f.crl_urls.empty() || !f.ocsp_urls.empty();
        (named ? out.revocation_assumed : out.no_distribution_point) = true;
    }
}

} // namespace

checked_path check_path(const path& p, const question& q, signature_memo& memo) {
    checked_path out;
    out.root = p.root;
    int intermediates_below = 0; // not self-issued (RFC 5280 6.1.4 l)
    for (std::size_t i = 0; i < p.links.size(); ++i) {
        const auto& cert = *p.links[i].cert;
        const auto& f = cert.fields();
        const bool last = i + 1 == p.links.size();
        const bool root = last && p.complete;
        element e;
        e.cert = cert;
        e.info = last ? (p.complete ? std::uint32_t{is_self_signed} : 0U) : p.links[i + 1].match;
        e.error = time_errors(f, q.at) | usage_errors(f, q.usage) | extension_errors(f) |
                  constraint_errors_at(p, i);
        if (i > 0)
            e.error |= issuer_errors(f, root, intermediates_below);
        if (!root)
            e.error |= weak_errors(f, p.root);
        if (!last && !memo.signed_by(cert, *p.links[i + 1].cert))
            e.error |= is_not_signature_valid;
        if (is_disallowed(cert, *q.stores))
            e.error |= is_explicit_distrust;
        if (last && !p.complete)
            e.error |= is_partial_chain;
        else if (last && p.root == nullptr)
            e.error |= is_untrusted_root;
        if (i > 0 && !cert.is_self_issued())
            ++intermediates_below;
        e.note = note_of(e, p, i);
        out.error |= e.error;
        out.elements.push_back(std::move(e));
    }
    if (const auto bits = policy_errors(p); bits != 0) {
        out.elements.front().error |= bits;
        out.error |= bits;
    }
    if (q.check_revocation)
        note_revocation(out, p);
    return out;
}

} // namespace connlab::chain
