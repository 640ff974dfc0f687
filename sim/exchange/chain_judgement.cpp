#include "sim/exchange/chain_judgement.hpp"

#include "sim/base/ascii.hpp"
#include "sim/exchange/deciding.hpp"

namespace connlab::exchange {

namespace {

constexpr std::string_view no_distribution_point = "chain.revocation.no-distribution-point";

} // namespace

chain::question question_about(const std::vector<certs::certificate>& presented, const server& judge,
                               instant at) {
    chain::question q;
    q.leaf = presented.front();
    q.presented.assign(presented.begin() + 1, presented.end());
    q.stores = &judge.stores;
    q.at = at;
    return q;
}

chain_judgement judge_chain(chain::question q, const behavior& b, const chain::evidence& known) {
    q.revocation.mode = known.revocation;
    q.revocation.cache_only = known.cache_only;
    q.answers = known.answers;
    q.cache = known.cache;
    q.stapled_response = known.stapled_response;
    auto evaluated = chain::evaluate(q, known.memo);
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
    if ((j.verdict.error & chain::is_offline_revocation) != 0)
        rests_on_switch(d, b, "RevocationOffline", "exchange.chain.revocation-unknown");
}

void cite_revocation(trace::decision& d, const chain_judgement& j) {
    constexpr std::uint32_t bits =
        chain::is_revoked | chain::revocation_status_unknown | chain::is_offline_revocation;
    for (const auto& e : j.verdict.elements) {
        if (!e.sources.empty() || ((e.error & bits) != 0 && !e.note.empty()))
            cite(d, "revocation of " + e.cert.subject(), e.note);
        for (const auto& source : e.sources)
            if (!source.chosen) // the note says which one served
                consider(d, source.name + " for " + e.cert.subject(), false, source.why);
    }
    for (const auto& id : j.assumed) // those of a failed chain too: it failed by what they say
        if (id.rfind("chain.revocation.", 0) == 0 && id != no_distribution_point &&
            (j.verdict.error & bits) != 0)
            rests_on(d, id);
}

} // namespace connlab::exchange
