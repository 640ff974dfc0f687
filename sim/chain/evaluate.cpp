#include "sim/chain/verdict.hpp"

#include "sim/base/ascii.hpp"
#include "sim/chain/path_quality.hpp"
#include "sim/chain/path_revocation.hpp"
#include "sim/chain/root_update.hpp"
#include "sim/trace/certificate_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::chain {

namespace {

constexpr std::size_t shown_paths = 20;

/// The rule of the first failed check, from the leaf upward, that makes the verdict's error.
std::string_view deciding_rule(const checked_path& p, policy_error policy) {
    if (policy == policy_error::none)
        return "chain.verdict.trusted";
    if (policy == policy_error::cert_e_cn_no_match)
        return "chain.host-name";
    for (const auto& failed : p.failed)
        for (unsigned c = 0; c < static_cast<unsigned>(check::count_); ++c)
            if (failed.has(check{c}) && policy_error_of(entry_of(check{c}).bits) == policy)
                return entry_of(check{c}).rule;
    return {};
}

/// Some certificate allows the usage only by anyExtendedKeyUsage.
bool passes_by_any_usage(const checked_path& p, const question& q) {
    return !q.usage.empty() && std::any_of(p.what->links.begin(), p.what->links.end(), [&](const link& l) {
        const auto& allowed = l.cert->fields().extended_key_usage;
        return allowed && std::find(allowed->begin(), allowed->end(), q.usage) == allowed->end();
    });
}

bool has_old_root(const checked_path& p) {
    return p.what->links.size() > 1 && p.what->links.back().cert->fields().version < 3;
}

bool wants_issuer(const verdict& v) {
    return std::any_of(v.wanted.begin(), v.wanted.end(),
                       [&](const retrieval& r) { return r.what == retrieval::kind::issuer; });
}

void disclose(trace::decision& why, const checked_path& p, const question& q) {
    if (passes_by_any_usage(p, q))
        why.assumed.emplace_back("chain.usage.any");
    if (has_old_root(p))
        why.assumed.emplace_back("chain.basic-constraints.old-root");
    if (q.revocation.scope == revocation_scope::none || q.revocation.mode == revocation_mode::check)
        return;
    const auto& links = p.what->links;
    const auto unnamed = [](const link& l) {
        return l.cert->fields().crl_urls.empty() && l.cert->fields().ocsp_urls.empty();
    };
    if (!std::all_of(links.begin(), links.end() - 1, unnamed))
        why.assumed.emplace_back("chain.revocation.assumed-good");
    if (std::any_of(links.begin(), links.end() - 1, unnamed))
        why.assumed.emplace_back("chain.revocation.no-distribution-point");
}

/// Where the issuers that are not at hand could be fetched (AIA): the fall-back when no path is complete.
std::vector<retrieval> wanted_issuers(const std::vector<checked_path>& ranked, const question& q) {
    std::vector<retrieval> out;
    if (ranked.front().what->end != path_end::no_issuer)
        return out;
    const auto known = [&](const retrieval& r) {
        return std::any_of(q.answers.begin(), q.answers.end(),
                           [&](const retrieved& a) { return same_source(a.asked, r); }) ||
               std::any_of(out.begin(), out.end(),
                           [&](const retrieval& other) { return same_source(other, r); });
    };
    for (const auto& p : ranked) {
        if (p.what->end != path_end::no_issuer)
            continue;
        const auto& links = p.what->links;
        for (const auto& url : links.back().cert->fields().issuer_urls)
            if (const retrieval r{retrieval::kind::issuer, url, links.size() - 1}; !known(r))
                out.push_back(r);
    }
    return out;
}

/// Fetched issuers are hints like those that the peer sent.
question with_fetched_issuers(question q) {
    for (const auto& a : q.answers)
        if (a.asked.what == retrieval::kind::issuer && a.failure.empty())
            if (const auto fetched = certs::read_certificates(a.bytes))
                q.presented.insert(q.presented.end(), fetched->begin(), fetched->end());
    return q;
}

std::vector<trace::candidate> rejected_paths(const std::vector<checked_path>& ranked,
                                             const built_paths& built) {
    std::vector<trace::candidate> out;
    const auto shown = std::min(ranked.size(), shown_paths + 1);
    for (std::size_t i = 1; i < shown; ++i)
        out.push_back(
            {drawn(*ranked[i].what, *ranked.front().what), false, why_lost(ranked[i], ranked.front())});
    if (ranked.size() > shown)
        out.push_back(
            {fmt::format("{} further paths", ranked.size() - shown), false, "no better than these"});
    for (std::size_t i = 0; i < std::min(built.did_not_sign.size(), shown_paths); ++i) {
        const auto& f = built.did_not_sign[i];
        out.push_back(
            {fmt::format("{} → {}", f.issuer->subject(), f.subject->subject()), false,
             fmt::format("the key of the issuer {} did not make the signature", f.issuer->thumbprint())});
    }
    if (built.exhausted)
        out.push_back({"further paths", false,
                       fmt::format("not explored: the search ended after {} links, {} paths or {} signatures",
                                   link_budget, path_budget, signature_budget)});
    return out;
}

void explain(trace::decided<verdict>& out, const question& q) {
    auto& why = out.why;
    const auto& v = out.value;
    why.question = fmt::format("Does Windows trust the certificate {}?", q.leaf.subject());
    if (v.trusted())
        why.answer = "yes";
    else if (v.error == 0)
        why.answer = fmt::format("no: {} (it does not hold the name {})", to_string(v.policy), q.host_name);
    else
        why.answer = fmt::format("no: {} ({})", to_string(v.policy), join(error_names(v.error), ", "));
    why.considered = v.rejected;
    for (const auto& e : v.elements)
        for (const auto& source : e.sources)
            why.considered.push_back({source.name + " for " + e.cert.subject(), source.chosen, source.why});
    for (const auto& e : v.elements)
        if (e.error != 0)
            why.because.push_back(
                {e.cert.subject(),
                 join(error_names(e.error), ", ") + (e.note.empty() ? std::string{} : ": " + e.note),
                 {}});
    why.at = q.at;
}

/// No certificate at all is no chain at all.
trace::decided<verdict> nothing_presented(const question& q) {
    trace::decided<verdict> out;
    out.value.error = is_partial_chain;
    out.value.policy = policy_error_of(is_partial_chain);
    out.why.rule = "chain.path.partial";
    out.why.question = "Does Windows trust the certificate?";
    out.why.answer = "no: there is none";
    out.why.at = q.at;
    return out;
}

} // namespace

trace::decided<verdict> evaluate(const question& q, signature_memo& memo) {
    if (!q.leaf)
        return nothing_presented(q);
    static const store empty;
    auto asked = with_fetched_issuers(q);
    if (asked.stores == nullptr)
        asked.stores = &empty;
    const auto updated = with_fetched_roots(asked);
    if (updated)
        asked.stores = &*updated;
    const auto built = build_paths(asked, memo);
    std::vector<checked_path> ranked;
    ranked.reserve(built.all.size());
    for (const auto& p : built.all)
        ranked.push_back(check_path(p, asked));
    std::sort(ranked.begin(), ranked.end(), better);
    const auto& best = ranked.front();
    trace::decided<verdict> out;
    auto& v = out.value;
    v.elements = elements_of(best, asked);
    v.error = best.error;
    if (best.trusted_root())
        v.anchored_by = best.what->root()->member;
    v.wanted = wanted_issuers(ranked, asked);
    if (const auto root = wanted_root(ranked, asked))
        v.wanted.insert(v.wanted.begin(), *root);
    const auto revocation = look_up_revocation(v, best, asked, memo);
    v.policy = policy_error_of(bits_that_count(v, asked.revocation));
    v.rejected = rejected_paths(ranked, built);
    if (v.policy == policy_error::none && !asked.host_name.empty() &&
        !host_name_matches(asked.leaf, asked.host_name))
        v.policy = policy_error::cert_e_cn_no_match;
    out.why.rule = deciding_rule(best, v.policy);
    if (out.why.rule.empty())
        out.why.rule = deciding_rule(revocation, v.policy);
    explain(out, asked);
    disclose(out.why, revocation);
    if (v.trusted() && updated)
        out.why.assumed.emplace_back("chain.root-update");
    if (v.trusted())
        disclose(out.why, best, asked);
    else if (wants_issuer(v))
        out.why.assumed.emplace_back("chain.path.issuer-not-fetched");
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
