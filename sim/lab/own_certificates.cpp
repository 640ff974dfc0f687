#include "sim/lab/own_certificates.hpp"

#include "sim/exchange/certificate_properties.hpp"
#include "sim/exchange/decisions.hpp"

#include <algorithm>

namespace connlab::lab {

namespace {

bool names_places(const exchange::server& s) {
    return std::any_of(s.certificates.begin(), s.certificates.end(), [](const auto& c) {
        const auto& f = c.cert.fields();
        return !f.crl_urls.empty() || !f.ocsp_urls.empty() || !f.issuer_urls.empty();
    });
}

} // namespace

chain::evidence known_about_own(retriever& r, chain::signature_memo& memo, const exchange::server& s,
                                const endpoint& local, const ip_address& remote,
                                const exchange::behavior& rules, instant now, const retrieval_log& into) {
    auto known = r.evidence_of(s, memo);
    if (!s.is_exchange() || !names_places(s))
        return known;
    if (const auto* c = exchange::select_receive_connector(s, local, remote).value)
        judge_with_retrievals(r, s, known, now, into, [&](const chain::evidence& e) {
            return exchange::select_starttls_certificate(s, *c, now, rules, e);
        });
    return known;
}

std::map<std::string, chain::evidence> known_about_certificates(retriever& r, chain::signature_memo& memo,
                                                                const exchange::organization& o, instant now,
                                                                const retrieval_log& into) {
    std::map<std::string, chain::evidence> out;
    for (const auto& s : o.servers) {
        if (!s.is_exchange())
            continue;
        auto& known = out.emplace(s.name, r.evidence_of(s, memo)).first->second;
        for (const auto& c : s.certificates)
            judge_with_retrievals(r, s, known, now, into, [&](const chain::evidence& e) {
                return exchange::judge_own_chain(s, c, now, e);
            });
    }
    return out;
}

} // namespace connlab::lab
