#include "sim/base/ascii.hpp"
#include "sim/chain/source_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::chain {

namespace {

bool is_ca(const certs::certificate& c) {
    return c.fields().basic && c.fields().basic->ca;
}

bool names_one_of(const certs::issuing_distribution_point& point, const certs::certificate& c) {
    const auto& own = c.fields().crl_urls;
    return std::any_of(point.urls.begin(), point.urls.end(), [&](const std::string& url) {
        return std::any_of(own.begin(), own.end(),
                           [&](const std::string& other) { return ascii_iequal(url, other); });
    });
}

/// Whether a list of this scope speaks of the certificate at all. Usable: it does.
source_verdict check_scope(const certs::issuing_distribution_point& p, const certs::certificate& c) {
    if (p.indirect)
        return unusable("chain.revocation.crl.indirect", "an indirect CRL");
    if (p.only_some_reasons)
        return unusable("chain.revocation.crl.reasons", "a CRL for some reasons only");
    if (p.only_attribute_certificates || (p.only_user_certificates && is_ca(c)) ||
        (p.only_ca_certificates && !is_ca(c)))
        return unusable("chain.revocation.crl.scope", "a CRL for certificates of another kind");
    if (p.named && !names_one_of(p, c))
        return unusable("chain.revocation.crl.distribution-point",
                        "the distribution point it names is none of the certificate's");
    return usable();
}

/// Made by the certificate's issuer, with the key that signed the certificate.
source_verdict check_signer(const certs::crl& list, const revocation_subject& s, signature_memo& memo) {
    const auto& usage = s.issuer.fields().key_usage;
    if (list.folded_issuer() != s.issuer.folded_subject())
        return unusable("chain.revocation.crl.signer", "issued by " + list.issuer());
    if (usage && (*usage & certs::crl_sign) == 0)
        return unusable("chain.revocation.crl.key-usage", "its issuer's key usage does not allow CRLs");
    const bool bare_key = s.issuer.fields().key_parameters_missing;
    if (bare_key ? !list.signed_by(s.issuer, s.parameters) : !memo.signed_by(list, s.issuer))
        return unusable("chain.revocation.crl.signer", "not signed with the key that signed the certificate");
    return usable();
}

/// What complete lists and deltas have in common.
source_verdict check_list(const certs::crl& list, const revocation_subject& s, signature_memo& memo) {
    const auto& f = list.fields();
    if (f.malformed_extension || !f.unknown_critical.empty())
        return unusable("chain.revocation.crl.critical-extension",
                        f.malformed_extension
                            ? "an extension of it is malformed"
                            : "critical extension " + join(f.unknown_critical, ", ") + " is not processed");
    if (f.distribution_point)
        if (auto scope = check_scope(*f.distribution_point, s.cert); !scope.settles())
            return scope;
    if (auto signer = check_signer(list, s, memo); !signer.settles())
        return signer;
    return check_updates(f.this_update, f.next_update, s.at);
}

} // namespace

source_verdict judge_crl(const certs::crl& list, const revocation_subject& s, signature_memo& memo,
                         bool& on_hold) {
    on_hold = false;
    if (list.is_delta())
        return unusable("chain.revocation.crl.delta", "a delta CRL without a complete one");
    if (auto fit = check_list(list, s, memo); !fit.settles())
        return fit;
    const auto* entry = list.find(s.cert.fields().serial);
    if (entry == nullptr || entry->reason == certs::revocation_reason::remove_from_crl)
        return {source_verdict::outcome::good, "chain.revocation.good", "not listed"};
    on_hold = entry->reason == certs::revocation_reason::certificate_hold;
    return revoked(entry->at, entry->reason);
}

source_verdict judge_delta(const certs::crl& delta, const certs::crl& complete, const revocation_subject& s,
                           signature_memo& memo) {
    const auto& f = delta.fields();
    const auto& base = complete.fields();
    if (!delta.is_delta())
        return unusable("chain.revocation.crl.delta", "no delta CRL");
    if (f.distribution_point != base.distribution_point)
        return unusable("chain.revocation.crl.delta", "a delta CRL of another scope");
    if (base.number.empty() || certs::compare_crl_numbers(base.number, f.base_number) < 0)
        return unusable("chain.revocation.crl.delta",
                        fmt::format("a delta CRL to number {}, and the complete one has {}", f.base_number,
                                    base.number.empty() ? "none" : base.number));
    if (!f.number.empty() && certs::compare_crl_numbers(f.number, base.number) < 0)
        return unusable("chain.revocation.crl.delta", "a delta CRL older than the complete one");
    if (auto fit = check_list(delta, s, memo); !fit.settles())
        return fit;
    const auto* entry = delta.find(s.cert.fields().serial);
    if (entry == nullptr)
        return {source_verdict::outcome::good, "chain.revocation.crl.delta", "not listed"};
    if (entry->reason == certs::revocation_reason::remove_from_crl)
        return {source_verdict::outcome::good, "chain.revocation.crl.delta", "taken back from the list"};
    return revoked(entry->at, entry->reason);
}

} // namespace connlab::chain
