#include "sim/chain/path_revocation.hpp"

#include <algorithm>

namespace connlab::chain {

namespace {

/// The elements to be looked at, from the root's side down: `[first, last)` of the path.
struct element_range {
    std::size_t first = 0;
    std::size_t last = 0;
};

element_range range_of(revocation_scope scope, const path& p) {
    const auto below_root = p.links.size() - 1;
    switch (scope) {
    case revocation_scope::none:
        return {};
    case revocation_scope::end_certificate:
        return {0, std::min<std::size_t>(1, below_root)};
    case revocation_scope::chain_excluding_root:
        return {0, below_root};
    case revocation_scope::chain: {
        const auto& root = p.links.back().cert->fields();
        const bool says_where = !root.crl_urls.empty() || !root.ocsp_urls.empty();
        return {0, below_root + (says_where ? 1 : 0)};
    }
    }
    return {};
}

void merge(element& into, const revocation_finding& f) {
    into.error |= f.bits;
    into.sources = f.sources;
    if (!f.note.empty())
        into.note += (into.note.empty() ? "" : "; ") + f.note;
}

} // namespace

std::vector<revocation_finding> look_up_revocation(verdict& v, const checked_path& p, const question& q,
                                                   signature_memo& memo) {
    std::vector<revocation_finding> out;
    if (q.revocation.mode == revocation_mode::assume_good || !p.trusted_root())
        return out;
    const auto range = range_of(q.revocation.scope, *p.what);
    for (std::size_t i = range.last; i-- > range.first;) {
        out.push_back(check_revocation(*p.what, i, q, memo));
        merge(v.elements[i], out.back());
        v.error |= out.back().bits;
        if (!out.back().wanted)
            continue;
        v.wanted.push_back(*out.back().wanted);
        break;
    }
    return out;
}

std::uint32_t bits_that_count(const verdict& v, const revocation_flags& flags) {
    constexpr std::uint32_t unknown = revocation_status_unknown | is_offline_revocation;
    std::uint32_t minded = 0;
    for (std::size_t i = 0; i < v.elements.size(); ++i) {
        const bool root = i > 0 && i + 1 == v.elements.size();
        const bool ignored = i == 0 ? flags.ignore_end_unknown
                             : root ? flags.ignore_root_unknown
                                    : flags.ignore_ca_unknown;
        minded |= ignored ? v.elements[i].error & ~unknown : v.elements[i].error;
    }
    return minded | (v.error & ~unknown);
}

std::string_view deciding_rule(const std::vector<revocation_finding>& found, policy_error policy) {
    for (auto f = found.rbegin(); f != found.rend(); ++f)
        if (f->bits != 0 && policy_error_of(f->bits) == policy)
            return f->rule;
    return {};
}

void disclose(trace::decision& why, const std::vector<revocation_finding>& found) {
    const auto assumed = [](std::string_view id) {
        const auto& all = rules();
        return std::any_of(all.begin(), all.end(), [&](const trace::rule& r) {
            return r.id == id && r.level == trace::confidence::assumed;
        });
    };
    for (const auto& f : found)
        for (const auto& id : f.followed)
            if (assumed(id) && std::find(why.assumed.begin(), why.assumed.end(), id) == why.assumed.end())
                why.assumed.emplace_back(id);
}

} // namespace connlab::chain
