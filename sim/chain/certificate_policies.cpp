#include "sim/chain/certificate_policies.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace connlab::chain {

namespace {

using certs::any_policy;
using policy_set = std::set<std::string, std::less<>>;

/// The lowest level of the valid policy tree: each policy with what the next certificate may call it. Whether
/// the tree lives is decided by its lowest level alone, so the levels above are not kept (as in RFC 9618).
class policy_walk {
  public:
    explicit policy_walk(int certificates)
        : explicit_policy_(certificates + 1), mapping_(certificates + 1), inhibit_any_(certificates + 1) {
        level_[std::string(any_policy)] = {std::string(any_policy)};
    }

    /// Certificates from below the root to the leaf.
    void take(const certs::certificate& c, bool is_leaf) {
        const auto& f = c.fields();
        if (f.policies)
            descend(f, inhibit_any_ > 0 || (!is_leaf && c.is_self_issued()));
        else
            level_.clear();
        demand_policy();
        if (!is_leaf)
            return prepare(c);
        wrap_up(f);
        demand_policy();
    }

    failed_checks failed() const { return failed_; }

  private:
    /// RFC 5280 6.1.3 (f) and 6.1.5 (g).
    void demand_policy() { failed_.add_if(explicit_policy_ == 0 && level_.empty(), check::policy_missing); }

    /// RFC 5280 6.1.3 (d).
    void descend(const certs::certificate_fields& f, bool any_counts) {
        policy_set expected;
        for (const auto& [policy, names] : level_)
            expected.insert(names.begin(), names.end());
        const bool any_above = level_.find(any_policy) != level_.end();
        std::map<std::string, policy_set, std::less<>> next;
        bool any_here = false;
        for (const auto& policy : *f.policies)
            if (policy == any_policy)
                any_here = true;
            else if (any_above || expected.count(policy) > 0)
                next[policy] = {policy};
        if (any_here && any_counts)
            for (const auto& policy : expected)
                if (next.find(policy) == next.end())
                    next[policy] = {policy};
        level_ = std::move(next);
    }

    /// RFC 5280 6.1.4 (a) to (j).
    void prepare(const certs::certificate& c) {
        const auto& f = c.fields();
        map_policies(f);
        if (!c.is_self_issued()) {
            explicit_policy_ = std::max(explicit_policy_ - 1, 0);
            mapping_ = std::max(mapping_ - 1, 0);
            inhibit_any_ = std::max(inhibit_any_ - 1, 0);
        }
        explicit_policy_ = std::min(explicit_policy_, f.policy.require_explicit.value_or(explicit_policy_));
        mapping_ = std::min(mapping_, f.policy.inhibit_mapping.value_or(mapping_));
        inhibit_any_ = std::min(inhibit_any_, f.inhibit_any_policy.value_or(inhibit_any_));
    }

    void map_policies(const certs::certificate_fields& f) {
        std::map<std::string, policy_set> mapped;
        for (const auto& m : f.policy_mappings) {
            failed_.add_if(m.issuer_domain == any_policy || m.subject_domain == any_policy,
                           check::policy_mapping);
            mapped[m.issuer_domain].insert(m.subject_domain);
        }
        const bool any = level_.find(any_policy) != level_.end();
        for (auto& [policy, names] : mapped) {
            if (mapping_ == 0)
                level_.erase(policy);
            else if (any || level_.find(policy) != level_.end())
                level_[policy] = std::move(names);
        }
    }

    /// RFC 5280 6.1.5 (a), (b).
    void wrap_up(const certs::certificate_fields& f) {
        explicit_policy_ = std::max(explicit_policy_ - 1, 0);
        if (f.policy.require_explicit == 0)
            explicit_policy_ = 0;
    }

    std::map<std::string, policy_set, std::less<>> level_;
    int explicit_policy_;
    int mapping_;
    int inhibit_any_;
    failed_checks failed_;
};

/// Without these extensions nothing here can fail, and most paths have none of them.
bool speaks_of_policies(const certs::certificate_fields& f) {
    return f.policy.require_explicit || f.policy.inhibit_mapping || !f.policy_mappings.empty();
}

} // namespace

failed_checks check_policies(const path& p) {
    // The root's own extensions are not part of the algorithm; an incomplete path has no root.
    const std::size_t below_root = p.links.size() - (p.complete() ? 1 : 0);
    const bool relevant =
        std::any_of(p.links.begin(), p.links.begin() + static_cast<std::ptrdiff_t>(below_root),
                    [](const link& l) { return speaks_of_policies(l.cert->fields()); });
    if (!relevant)
        return {};
    policy_walk walk(static_cast<int>(below_root));
    for (std::size_t i = below_root; i-- > 0;)
        walk.take(*p.links[i].cert, i == 0);
    return walk.failed();
}

} // namespace connlab::chain
