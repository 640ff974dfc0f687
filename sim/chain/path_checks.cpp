#include "sim/chain/path_checks.hpp"

#include "sim/base/ascii.hpp"
#include "sim/chain/certificate_policies.hpp"
#include "sim/chain/name_constraints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace connlab::chain {

namespace {

/// Validity is written in whole seconds, so the instant is taken in whole seconds too (RFC 5280 4.1.2.5).
bool valid_in_time(const certs::certificate_fields& f, instant at) {
    const auto second = std::chrono::floor<std::chrono::seconds>(at);
    return f.not_before <= second && second <= f.not_after;
}

bool allows_usage(const certs::certificate_fields& f, const std::string& usage) {
    if (usage.empty() || !f.extended_key_usage)
        return true;
    const auto& allowed = *f.extended_key_usage;
    return std::any_of(allowed.begin(), allowed.end(),
                       [&](const std::string& oid) { return oid == usage || oid == certs::eku_any; });
}

/// What an issuer must be: a CA within its path length, allowed to sign certificates. Before version 3 there
/// were no extensions to say so, and only a root is taken at its word.
failed_checks check_issuer(const certs::certificate_fields& f, bool is_root, int intermediates_below) {
    failed_checks out;
    if (!f.basic)
        out.add_if(f.version >= 3 || !is_root, check::basic_constraints_missing);
    else if (!f.basic->ca)
        out.add(check::not_a_ca);
    else
        out.add_if(f.basic->path_length && intermediates_below > *f.basic->path_length, check::path_length);
    out.add_if(f.key_usage && (*f.key_usage & certs::key_cert_sign) == 0, check::cert_sign);
    return out;
}

bool has_weak_digest(const certs::certificate_fields& f) {
    const auto& d = f.signature_digest;
    return d == "SHA1" || d == "MD5" || d == "MD4" || d == "MD2";
}

/// Windows of the Server 2016 code base verifies ECDSA on the three NIST curves, and no EdDSA.
bool verifiable(const certs::certificate_fields& key) {
    switch (key.key) {
    case certs::key_kind::ec:
        return key.curve == "P-256" || key.curve == "P-384" || key.curve == "P-521";
    case certs::key_kind::ed25519:
        return false;
    case certs::key_kind::rsa:
    case certs::key_kind::dsa:
    case certs::key_kind::other: // did not verify anyway
        return true;
    }
    return true;
}

/// A DSA key without parameters uses those of its issuer's key (RFC 3279 2.3.2).
bool signed_with_inherited_parameters(const path& p, std::size_t i) {
    std::size_t from = i + 1;
    while (from < p.links.size() && p.links[from].cert->fields().key_parameters_missing)
        ++from;
    return from > i + 1 && from < p.links.size() &&
           p.links[i].cert->signed_by(*p.links[i + 1].cert, *p.links[from].cert);
}

failed_checks check_signature(const path& p, std::size_t i) {
    failed_checks out;
    const auto& l = p.links[i];
    const bool last = i + 1 == p.links.size();
    if (!l.signature_valid && (last || !signed_with_inherited_parameters(p, i)))
        out.add(check::signature);
    else if (!last)
        out.add_if(!verifiable(p.links[i + 1].cert->fields()), check::curve);
    return out;
}

/// Short RSA keys anywhere but at the root; SHA-1 and MD5 under roots of the public programme alone
/// (sheet 5.6).
failed_checks check_strength(const certs::certificate_fields& f, const trusted_root* root,
                             int smallest_rsa_key) {
    failed_checks out;
    out.add_if(f.key == certs::key_kind::rsa && f.key_bits < smallest_rsa_key, check::weak_key);
    out.add_if(root != nullptr && root->member == root_member::public_programme && has_weak_digest(f),
               check::weak_digest);
    return out;
}

/// By certificate, or by key: a renewed certificate of a distrusted key is distrusted too.
bool is_disallowed(const certs::certificate& c, const store& s) {
    return std::any_of(s.disallowed.begin(), s.disallowed.end(), [&](const certs::certificate& d) {
        return d && (d == c || d.public_key_digest() == c.public_key_digest());
    });
}

/// Constraints of every CA above element `i`. Self-issued intermediates are exempt (RFC 5280 4.2.1.10), a
/// leaf never is.
failed_checks check_names(const path& p, std::size_t i) {
    failed_checks out;
    const auto& below = *p.links[i].cert;
    if (i > 0 && below.is_self_issued())
        return out;
    for (std::size_t ca = i + 1; ca < p.links.size(); ++ca) {
        const auto& f = p.links[ca].cert->fields();
        if (f.constraints || f.constraints_malformed)
            out.add(check_constraints(f, below.fields(), i == 0));
    }
    return out;
}

failed_checks check_end(const path& p) {
    failed_checks out;
    switch (p.end) {
    case path_end::self_signed:
        out.add_if(p.root() == nullptr, check::untrusted_root);
        break;
    case path_end::no_issuer:
        out.add(check::partial);
        break;
    case path_end::cycle:
        out.add(check::cyclic);
        break;
    case path_end::too_long:
        out.add(check::too_long);
        break;
    }
    return out;
}

/// As CertGetCertificateChain fills dwInfoStatus: one match bit each; a preferred issuer is one that the key
/// identifiers do not speak against.
std::uint32_t info_of(const path& p, std::size_t i) {
    const auto& l = p.links[i];
    const bool root = i + 1 == p.links.size();
    if (root && !p.complete())
        return 0;
    std::uint32_t info = root ? std::uint32_t{is_self_signed} : 0U;
    const auto match = root ? match_of(*l.cert, *l.cert) : l.match;
    switch (match) {
    case match_quality::exact:
        info |= has_exact_match_issuer;
        break;
    case match_quality::key_identifier:
        info |= has_key_match_issuer;
        break;
    case match_quality::name:
    case match_quality::contradicted:
        info |= has_name_match_issuer;
        break;
    }
    return match == match_quality::contradicted ? info : info | has_preferred_issuer;
}

std::string note_of(const checked_path& checked, std::size_t i, const question& q) {
    const auto& p = *checked.what;
    std::string out;
    for (unsigned c = 0; c < static_cast<unsigned>(check::count_); ++c)
        if (checked.failed[i].has(check{c}))
            out += (out.empty() ? "" : "; ") + describe(check{c}, p, i, q);
    if (i + 1 == p.links.size() && checked.trusted_root())
        out += fmt::format("{}in the Root store ({})", out.empty() ? "" : "; ", to_string(p.root()->member));
    return out;
}

} // namespace

checked_path check_path(const path& p, const question& q) {
    checked_path out;
    out.what = &p;
    out.failed.resize(p.links.size());
    const auto* root = p.complete() ? p.root() : nullptr;
    int intermediates_below = 0; // not self-issued (RFC 5280 6.1.4 l)
    for (std::size_t i = 0; i < p.links.size(); ++i) {
        const auto& cert = *p.links[i].cert;
        const auto& f = cert.fields();
        const bool last = i + 1 == p.links.size();
        const bool is_root = last && p.complete();
        auto& failed = out.failed[i];
        failed.add(check_signature(p, i));
        failed.add(check_names(p, i));
        failed.add_if(!valid_in_time(f, q.at), check::time);
        failed.add_if(!allows_usage(f, q.usage), i == 0 ? check::leaf_usage : check::issuer_usage);
        failed.add_if(!f.unknown_critical.empty(), check::critical_extension);
        failed.add_if(f.malformed_extension, check::malformed_extension);
        failed.add_if(is_disallowed(cert, *q.stores), check::distrusted);
        if (i > 0)
            failed.add(check_issuer(f, is_root, intermediates_below));
        if (!is_root)
            failed.add(check_strength(f, root, q.stores->engine.smallest_rsa_key));
        if (last)
            failed.add(check_end(p));
        if (i > 0 && !cert.is_self_issued())
            ++intermediates_below;
        out.constrained = out.constrained || (i > 0 && f.constraints);
    }
    out.failed.front().add(check_policies(p, q.policies));
    for (const auto& f : out.failed)
        out.error |= error_bits(f);
    return out;
}

std::vector<element> elements_of(const checked_path& checked, const question& q) {
    const auto& p = *checked.what;
    std::vector<element> out;
    out.reserve(p.links.size());
    for (std::size_t i = 0; i < p.links.size(); ++i) {
        element e;
        e.cert = *p.links[i].cert;
        e.error = error_bits(checked.failed[i]);
        e.info = info_of(p, i);
        e.note = note_of(checked, i, q);
        out.push_back(std::move(e));
    }
    constexpr std::uint32_t name_errors = invalid_name_constraints | has_not_supported_name_constraint |
                                          has_not_permitted_name_constraint | has_excluded_name_constraint;
    if (checked.constrained && (checked.error & name_errors) == 0)
        out.front().info |= has_valid_name_constraints;
    return out;
}

} // namespace connlab::chain
