#include "tools/connlab/verify_judgement.hpp"

#include "tools/connlab/verify_words.hpp"

#include <algorithm>

namespace connlab::command {

namespace {

/// A URL of the case answers what some certificate of it names for revocation: issuers alone tell of none.
bool urls_tell(const verify_case& c) {
    const auto known = [&](const std::vector<std::string>& urls) {
        return std::any_of(urls.begin(), urls.end(),
                           [&](const std::string& url) { return c.evidence.by_url.count(url) > 0; });
    };
    const auto tells = [&](const certs::certificate& one) {
        return one && (known(one.fields().crl_urls) || known(one.fields().ocsp_urls));
    };
    return tells(c.leaf) || std::any_of(c.presented.begin(), c.presented.end(), tells) ||
           std::any_of(c.stores.intermediates.begin(), c.stores.intermediates.end(), tells);
}

} // namespace

void settle_revocation(verify_case& c, const std::optional<chain::revocation_flags>& told) {
    const auto& e = c.evidence;
    const bool tells = !c.stores.crls.empty() || !c.stapled.empty() || !e.responses.empty() || urls_tell(c);
    c.revocation = told ? *told : *revocation_of(tells ? "chain-excluding-root" : "assume-good");
    if (!c.stapled.empty() || !c.leaf || !c.leaf.fields().ocsp_urls.empty())
        return;
    for (const auto& response : e.responses) // no responder is named that could have given it
        for (const auto& a : response.fields().answers)
            if (a.id.serial == c.leaf.fields().serial && c.stapled.empty())
                c.stapled = response.der();
}

trace::decided<chain::verdict> judge(const verify_case& c, chain::signature_memo& memo) {
    chain::question q;
    q.leaf = c.leaf;
    q.presented = c.presented;
    q.stores = &c.stores;
    q.at = c.at;
    q.usage = c.usage;
    q.host_name = c.name;
    q.now = c.now;
    q.policies = c.policies;
    q.revocation = c.revocation;
    q.stapled_response = c.stapled;
    return evaluate_with(c.evidence, std::move(q), memo);
}

} // namespace connlab::command
