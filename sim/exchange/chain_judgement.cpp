#include "sim/exchange/chain_judgement.hpp"

#include "sim/base/ascii.hpp"
#include "sim/exchange/deciding.hpp"

namespace connlab::exchange {

namespace {

constexpr std::string_view no_distribution_point = "chain.revocation.no-distribution-point";

} // namespace

chain_judgement judge_chain(const chain::question& q, const behavior& b, chain::signature_memo& memo) {
    auto evaluated = chain::evaluate(q, memo);
    chain_judgement out;
    out.verdict = std::move(evaluated.value);
    out.assumed = std::move(evaluated.why.assumed);
    const bool unknown =
        std::find(out.assumed.begin(), out.assumed.end(), no_distribution_point) != out.assumed.end();
    if (unknown && out.verdict.trusted() && b.is("NoDistributionPoint", "Fail")) {
        out.verdict.error |= chain::revocation_status_unknown;
        out.verdict.policy = chain::policy_error::crypt_e_no_revocation_check;
        for (auto& e : out.verdict.elements)
            if (!e.cert.is_self_issued() && e.cert.fields().crl_urls.empty() &&
                e.cert.fields().ocsp_urls.empty())
                e.error |= chain::revocation_status_unknown;
    }
    out.reason = reason_of(out.verdict, b);
    out.text = out.verdict.error == 0 ? "no error" : join(chain::error_names(out.verdict.error), ", ");
    return out;
}

void rests_on_chain(trace::decision& d, const chain_judgement& j, const behavior& b) {
    for (const auto& id : j.assumed) {
        if (id == no_distribution_point)
            rests_on_switch(d, b, "NoDistributionPoint", id);
        else
            rests_on(d, id);
    }
}

} // namespace connlab::exchange
