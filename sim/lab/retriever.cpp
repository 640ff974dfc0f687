#include "sim/lab/retriever.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/http_url.hpp"

#include <fmt/format.h>

namespace connlab::lab {

namespace {

using kind = chain::retrieval::kind;

constexpr duration longest_download = std::chrono::seconds(60); // Schannel sheet 6.3

std::string_view word(kind k) {
    switch (k) {
    case kind::crl:
        return "CRL";
    case kind::ocsp:
        return "OCSP";
    case kind::issuer:
        return "AIA";
    case kind::root:
        return "root";
    }
    return {};
}

} // namespace

chain::url_cache& retriever::cache_of(const exchange::server& s) {
    const auto [cache, fresh] = caches_.try_emplace(s.name);
    if (const auto known = w_.url_caches.find(s.name); fresh && known != w_.url_caches.end())
        cache->second = known->second;
    return cache->second;
}

/// What is fetched for a judgement are its answers, and becomes a memory for the next one.
chain::evidence retriever::evidence_of(const exchange::server& s, chain::signature_memo& memo) {
    chain::evidence out(memo);
    out.revocation = chain::revocation_mode::check;
    out.cache = &as_known_.emplace_back(cache_of(s));
    return out;
}

chain::retrieved retriever::fetch(const exchange::server& s, const transport::errand& what, instant now,
                                  const retrieval_log& into, bool waited_for) {
    if (what.what.what == kind::issuer) // of revocation the evaluation itself remembers
        if (const auto known = chain::lookup(cache_of(s), what.what, now))
            return *known;
    auto got = retrieve(s, what, now);
    chain::retrieved out;
    out.asked = what.what;
    out.bytes = got.bytes;
    out.failure = got.fetched ? "" : got.answer;
    out.took = got.took;
    out.etag = got.etag;
    out.max_age = got.max_age;
    out.unchanged = got.unchanged;
    keep(s, out, now + got.took);
    trace::decision why;
    why.rule = got.rule;
    why.question = fmt::format("Does {} get {} from {}?", s.name, word(what.what.what), what.what.url);
    why.answer = (got.fetched ? "yes: " : "no: ") + got.answer;
    why.because = std::move(got.because);
    if (!waited_for)
        why.assumed.emplace_back("lab.retrieval.in-the-background");
    why.at = now;
    into.decisions.push_back(std::move(why));
    into.records.push_back({now, s.name, std::string(word(what.what.what)), what.what.url, got.by, got.answer,
                            got.fetched, waited_for, got.took, std::move(got.bytes)});
    if (got.given_up && waited_for && w_.plan.behavior.is("DownloadGoesOnAfterTimeout", "true"))
        go_on(s, what, now + got.took, into);
    return out;
}

void retriever::keep(const exchange::server& s, const chain::retrieved& what, instant at) {
    if (what.failure.empty())
        chain::remember(cache_of(s), what, at);
    else if (w_.plan.behavior.is("FailedUrlsRemembered", "true"))
        chain::remember_failure(cache_of(s), what, at);
    else
        return;
    fetched_.push_back({s.name, what, at});
}

/// What nobody waits for any more is there for the next attempt (KB 842735).
void retriever::go_on(const exchange::server& s, const transport::errand& what, instant given_up,
                      const retrieval_log& into) {
    auto late = retrieve(s, {what.what, longest_download}, given_up - what.patience);
    trace::decision why;
    why.rule = "lab.retrieval.goes-on";
    why.question = fmt::format("Does {} get {} from {} after it has given up waiting?", s.name,
                               word(what.what.what), what.what.url);
    why.answer = (late.fetched ? "yes, for the next attempt: " : "no: ") + late.answer;
    why.because = {
        {"Behavior DownloadGoesOnAfterTimeout", "true", w_.plan.behavior.mark("DownloadGoesOnAfterTimeout")}};
    why.assumed = {why.rule};
    why.at = given_up;
    into.decisions.push_back(std::move(why));
    into.records.push_back({given_up, s.name, std::string(word(what.what.what)), what.what.url, late.by,
                            late.answer, late.fetched, false, late.took, late.bytes});
    if (late.fetched)
        keep(s, {what.what, std::move(late.bytes), {}, late.took}, given_up);
}

retrieval_outcome retriever::retrieve(const exchange::server& s, const transport::errand& what, instant now) {
    const auto& url = what.what.url;
    const auto scheme = url_scheme(url);
    retrieval_outcome out;
    if (what.what.what == kind::issuer && s.role == exchange::server_role::exchange_online) {
        out.rule = "lab.retrieval.exchange-online-no-issuers";
        out.answer = "Exchange Online fetches no issuers";
        out.because = {{"Role of " + s.name, std::string(exchange::to_string(s.role)), s.mark}};
    } else if (what.patience == duration{}) {
        out.rule = "lab.retrieval.http";
        out.answer = "not tried: the time for revocation is used up";
        out.because = {{"time left for the chain", "none", {}}};
    } else if (scheme == "ldap") {
        return over_ldap(s, what.what, now);
    } else if (scheme == "http") {
        return http_.get(s, what, now);
    } else {
        out.rule = "lab.retrieval.other-schemes";
        out.answer = fmt::format("not tried: {} URLs are not followed", scheme);
        out.because = {{"scheme of the URL", scheme, {}}};
    }
    return out;
}

/// `ldap:///` asks a domain controller of the server's own domain (Schannel sheet 6.7).
retrieval_outcome retriever::over_ldap(const exchange::server& s, const chain::retrieval& what, instant now) {
    retrieval_outcome out;
    const auto& forest = w_.reach_of(s).forest;
    out.because = {{"domain of " + s.name, forest->empty() ? "none" : *forest, forest.mark}};
    if (forest->empty()) {
        out.rule = "lab.retrieval.no-domain";
        out.answer = fmt::format("{} is in no domain, and has no domain controller to ask", s.name);
        return out;
    }
    out.rule = "lab.retrieval.ldap";
    out.by = "LDAP";
    const auto where = responders_.place_at(what.url);
    std::optional<std::string> found;
    if (where.authority != nullptr && ascii_iequal(where.authority->forest, *forest))
        found = responders_.entry(what.url, now);
    out.fetched = found.has_value();
    out.bytes = found.value_or(std::string{});
    out.answer = found ? fmt::format("found, {} bytes", out.bytes.size())
                       : fmt::format("the directory of {} has no such entry", *forest);
    return out;
}

} // namespace connlab::lab
