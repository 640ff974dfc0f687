#include "sim/chain/verdict.hpp"

#include "sim/base/ascii.hpp"
#include "sim/chain/path_checks.hpp"
#include "sim/trace/certificate_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::chain {

namespace {

/// Windows' quality: a trusted root before an untrusted one before none; then valid signatures; then no error
/// before the less severe one; then the newer issuer, the shorter path; thumbprints last, so that the order
/// never depends on chance.
bool better(const checked_path& a, const checked_path& b) {
    const auto rank = [](const checked_path& p) {
        return std::tuple((p.error & is_partial_chain) != 0, (p.error & is_untrusted_root) != 0,
                          (p.error & is_not_signature_valid) != 0, p.error != 0,
                          -static_cast<int>(policy_error_of(p.error)));
    };
    if (rank(a) != rank(b))
        return rank(a) < rank(b);
    for (std::size_t i = 1; i < std::min(a.elements.size(), b.elements.size()); ++i) {
        const auto& x = a.elements[i].cert.fields();
        const auto& y = b.elements[i].cert.fields();
        if (x.not_before != y.not_before)
            return x.not_before > y.not_before;
    }
    if (a.elements.size() != b.elements.size())
        return a.elements.size() < b.elements.size();
    for (std::size_t i = 1; i < a.elements.size(); ++i)
        if (a.elements[i].cert.thumbprint() != b.elements[i].cert.thumbprint())
            return a.elements[i].cert.thumbprint() < b.elements[i].cert.thumbprint();
    return false;
}

std::string drawn(const checked_path& p) {
    std::string out;
    for (auto e = p.elements.rbegin(); e != p.elements.rend(); ++e)
        out += (out.empty() ? "" : " → ") + e->cert.subject();
    return out;
}

std::string why_lost(const checked_path& p) {
    return p.error == 0 ? "as good; another one is preferred" : join(error_names(p.error), ", ");
}

std::string_view rule_of(policy_error e) {
    switch (e) {
    case policy_error::none:
        return "chain.verdict.trusted";
    case policy_error::trust_e_cert_signature:
        return "chain.signature";
    case policy_error::crypt_e_revoked:
        return "chain.revocation.revoked";
    case policy_error::cert_e_untrustedroot:
        return "chain.root.untrusted";
    case policy_error::cert_e_chaining:
        return "chain.path.partial";
    case policy_error::cert_e_wrong_usage:
        return "chain.usage";
    case policy_error::cert_e_expired:
        return "chain.time";
    case policy_error::cert_e_invalid_name:
        return "chain.name-constraints";
    case policy_error::cert_e_invalid_policy:
        return "chain.policies";
    case policy_error::trust_e_basic_constraints:
        return "chain.basic-constraints";
    case policy_error::cert_e_critical:
        return "chain.critical-extension";
    case policy_error::crypt_e_no_revocation_check:
    case policy_error::crypt_e_revocation_offline:
        return "chain.revocation.offline";
    case policy_error::cert_e_cn_no_match:
        return "chain.host-name";
    }
    return {};
}

void explain(trace::decided<verdict>& out, const question& q) {
    auto& why = out.why;
    const auto& v = out.value;
    why.rule = (v.error & has_weak_signature) != 0 && v.policy == policy_error::trust_e_cert_signature
                   ? "chain.weak-cryptography"
                   : rule_of(v.policy);
    why.question = fmt::format("Does Windows trust the certificate {}?", q.leaf.subject());
    why.answer = v.trusted()
                     ? "yes"
                     : fmt::format("no: {} ({})", to_string(v.policy), join(error_names(v.error), ", "));
    why.considered = v.rejected;
    for (const auto& e : v.elements)
        if (e.error != 0)
            why.because.push_back(
                {e.cert.subject(),
                 join(error_names(e.error), ", ") + (e.note.empty() ? std::string{} : ": " + e.note),
                 {}});
    why.at = q.at;
}

} // namespace

bool signature_memo::signed_by(const certs::certificate& subject, const certs::certificate& issuer) {
    const auto key = std::pair(subject.sha256_fingerprint(), issuer.sha256_fingerprint());
    const auto found = known_.find(key);
    if (found != known_.end())
        return found->second;
    return known_.emplace(key, subject.signed_by(issuer)).first->second;
}

trace::decided<verdict> evaluate(const question& q, signature_memo& memo) {
    const auto built = build_paths(q, memo);
    std::vector<checked_path> checked;
    for (const auto& p : built.all)
        checked.push_back(check_path(p, q, memo));
    std::stable_sort(checked.begin(), checked.end(), better);
    trace::decided<verdict> out;
    auto& best = checked.front();
    auto& v = out.value;
    v.elements = std::move(best.elements);
    v.error = best.error;
    v.policy = policy_error_of(v.error);
    if (best.root != nullptr)
        v.anchored_by = best.root->member;
    v.revocation_assumed = best.revocation_assumed;
    for (std::size_t i = 1; i < checked.size(); ++i)
        v.rejected.push_back({drawn(checked[i]), false, why_lost(checked[i])});
    if (built.exhausted)
        v.rejected.push_back(
            {"further paths", false, "not explored: the search was ended after 10000 links"});
    if (v.policy == policy_error::none && !q.host_name.empty() && !host_name_matches(q.leaf, q.host_name))
        v.policy = policy_error::cert_e_cn_no_match;
    explain(out, q);
    if (v.trusted() && best.revocation_assumed)
        out.why.assumed.emplace_back("chain.revocation.assumed-good");
    if (v.trusted() && best.no_distribution_point)
        out.why.assumed.emplace_back("chain.revocation.no-distribution-point");
    return out;
}

trace::chain_view view_of(const verdict& v, std::string question) {
    trace::chain_view out;
    out.question = std::move(question);
    out.error_status = error_names(v.error);
    out.policy_error = to_string(v.policy);
    out.rejected_paths = v.rejected;
    for (const auto& e : v.elements)
        out.elements.push_back({trace::view_of(e.cert), error_names(e.error), info_names(e.info), e.note});
    return out;
}

} // namespace connlab::chain
