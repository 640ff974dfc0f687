#include "sim/chain/checks.hpp"

#include "sim/base/ascii.hpp"

#include <fmt/format.h>

#include <array>

namespace connlab::chain {

namespace {

/// In the order of the enumerators.
constexpr std::array<check_entry, static_cast<std::size_t>(check::count_)> table = {{
    {check::signature, is_not_signature_valid, "chain.signature"},
    {check::curve, is_not_signature_valid, "chain.signature.algorithm"},
    {check::weak_key, has_weak_signature | is_not_signature_valid, "chain.weak.key"},
    {check::weak_digest, has_weak_signature | is_not_signature_valid, "chain.weak.digest"},
    {check::untrusted_root, is_untrusted_root, "chain.root.untrusted"},
    {check::distrusted, is_explicit_distrust, "chain.root.distrusted"},
    {check::partial, is_partial_chain, "chain.path.partial"},
    {check::cyclic, is_partial_chain | is_cyclic, "chain.path.cyclic"},
    {check::too_long, is_partial_chain, "chain.path.budget"},
    {check::leaf_usage, is_not_valid_for_usage, "chain.usage"},
    {check::issuer_usage, is_not_valid_for_usage, "chain.usage.nesting"},
    {check::cert_sign, is_not_valid_for_usage, "chain.key-usage.cert-sign"},
    {check::time, is_not_time_valid, "chain.time"},
    {check::constraints_malformed, invalid_name_constraints, "chain.name-constraints.malformed"},
    {check::constraints_unsupported, has_not_supported_name_constraint, "chain.name-constraints.unsupported"},
    {check::not_permitted, has_not_permitted_name_constraint, "chain.name-constraints"},
    {check::excluded, has_excluded_name_constraint, "chain.name-constraints"},
    {check::policy_missing, invalid_policy_constraints | no_issuance_chain_policy, "chain.policies"},
    {check::policy_mapping, invalid_policy_constraints, "chain.policies.mapping"},
    {check::basic_constraints_missing, invalid_basic_constraints, "chain.basic-constraints.missing"},
    {check::not_a_ca, invalid_basic_constraints, "chain.basic-constraints.not-a-ca"},
    {check::path_length, invalid_basic_constraints, "chain.basic-constraints.path-length"},
    {check::critical_extension, has_not_supported_critical_ext, "chain.critical-extension"},
    {check::malformed_extension, invalid_extension, "chain.extension.malformed"},
}};

std::string usages(const certs::certificate_fields& f) {
    return f.extended_key_usage->empty() ? "none" : join(*f.extended_key_usage, ", ");
}

} // namespace

const check_entry& entry_of(check c) {
    return table[static_cast<std::size_t>(c)];
}

std::uint32_t error_bits(failed_checks failed) {
    std::uint32_t bits = 0;
    if (!failed.empty())
        for (const auto& e : table)
            if (failed.has(e.what))
                bits |= e.bits;
    return bits;
}

std::string describe(check c, const path& p, std::size_t at, const question& q) {
    const auto& cert = *p.links[at].cert;
    const auto& f = cert.fields();
    const bool last = at + 1 == p.links.size();
    switch (c) {
    case check::signature:
        return last
                   ? "its own key did not make its signature"
                   : fmt::format("the key of {} did not make its signature", p.links[at + 1].cert->subject());
    case check::curve:
        return fmt::format("signed with a key that Windows cannot verify ({})",
                           p.links[last ? at : at + 1].cert->fields().curve.empty()
                               ? f.signature_algorithm
                               : p.links[last ? at : at + 1].cert->fields().curve);
    case check::weak_key:
        return fmt::format("RSA key of {} bits", f.key_bits);
    case check::weak_digest:
        return fmt::format("signed with {} under a root of the public programme", f.signature_digest);
    case check::untrusted_root:
        return "self-signed and not in the Root store";
    case check::distrusted:
        return "in the Disallowed store";
    case check::partial:
        return fmt::format("no certificate of {} is at hand", cert.issuer());
    case check::cyclic:
        return fmt::format("{} stands in the path already", cert.issuer());
    case check::too_long:
        return fmt::format("the path was not followed beyond {} certificates", longest_path);
    case check::leaf_usage:
    case check::issuer_usage:
        return fmt::format("extended key usage {} does not allow {}", usages(f), q.usage);
    case check::cert_sign:
        return "its key usage does not allow signing certificates";
    case check::time:
        return fmt::format("{}: valid from {} to {}", q.at < f.not_before ? "not yet valid" : "expired",
                           format_instant(f.not_before), format_instant(f.not_after));
    case check::constraints_malformed:
        return "name constraints above it are malformed";
    case check::constraints_unsupported:
        return "name constraints above it have a form that Windows does not process";
    case check::not_permitted:
        return "a name lies outside the permitted subtrees of a CA above";
    case check::excluded:
        return "a name lies in an excluded subtree of a CA above";
    case check::policy_missing:
        return "a CA above requires a certificate policy, and none is left";
    case check::policy_mapping:
        return "a policy mapping is forbidden";
    case check::basic_constraints_missing:
        return "an issuer without basic constraints";
    case check::not_a_ca:
        return "an issuer that is not a CA";
    case check::path_length:
        return fmt::format("more CAs below it than its path length {} allows", *f.basic->path_length);
    case check::critical_extension:
        return fmt::format("critical extension {} is not processed", join(f.unknown_critical, ", "));
    case check::malformed_extension:
        return "an extension is malformed or occurs twice";
    case check::count_:
        break;
    }
    return {};
}

} // namespace connlab::chain
