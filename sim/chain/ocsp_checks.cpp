#include "sim/base/ascii.hpp"
#include "sim/chain/source_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace connlab::chain {

namespace {

bool may_sign_responses(const certs::certificate& c) {
    const auto& usages = c.fields().extended_key_usage;
    return usages && std::find(usages->begin(), usages->end(), certs::eku_ocsp_signing) != usages->end();
}

/// The CA itself, or a certificate in the response that the CA issued for that. Usable: so it is.
source_verdict check_signer(const certs::ocsp_response& response, const revocation_subject& s,
                            signature_memo& memo) {
    constexpr std::string_view rule = "chain.revocation.ocsp.signer";
    if (response.signed_by(s.issuer))
        return usable();
    for (const auto& c : response.fields().certificates) {
        if (!response.names(c) || !response.signed_by(c))
            continue;
        if (!memo.signed_by(c, s.issuer))
            return unusable(rule, c.subject() + " signed it, which another CA issued");
        if (!may_sign_responses(c))
            return unusable(rule, c.subject() + " signed it, which lacks the usage OCSP signing");
        const auto second = std::chrono::floor<std::chrono::seconds>(s.at);
        if (second < c.fields().not_before || second > c.fields().not_after)
            return unusable(rule, c.subject() + " signed it, which is not valid in time");
        return usable();
    }
    return unusable(rule, "neither the CA nor a signer that it names made the signature");
}

source_verdict status_of(const certs::ocsp_answer& a) {
    switch (a.status) {
    case certs::ocsp_certificate_status::good:
        return {source_verdict::outcome::good, "chain.revocation.good", "good"};
    case certs::ocsp_certificate_status::unknown:
        return {source_verdict::outcome::unknown, "chain.revocation.ocsp.unknown",
                "the responder does not know the certificate"};
    case certs::ocsp_certificate_status::revoked:
        break;
    }
    return revoked(a.revoked_at.value_or(a.this_update), a.reason);
}

} // namespace

source_verdict judge_response(const certs::ocsp_response& response, const revocation_subject& s,
                              signature_memo& memo) {
    const auto& f = response.fields();
    if (f.status != certs::ocsp_status::successful)
        return unusable("chain.revocation.ocsp.refused",
                        fmt::format("the responder answers {}", to_string(f.status)));
    const auto* answer = response.about(s.cert, s.issuer);
    if (answer == nullptr)
        return unusable("chain.revocation.ocsp.other-certificate", "it speaks of another certificate");
    if (!f.unknown_critical.empty())
        return unusable("chain.revocation.crl.critical-extension",
                        "critical extension " + join(f.unknown_critical, ", ") + " is not processed");
    if (auto signer = check_signer(response, s, memo); !signer.settles())
        return signer;
    if (auto time = check_updates(answer->this_update, answer->next_update, s.at); !time.settles())
        return time;
    return status_of(*answer);
}

} // namespace connlab::chain
