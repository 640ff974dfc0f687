#include "sim/chain/certificate_policies.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace connlab::chain {

namespace {

using certs::any_policy;
using policy_set = std::set<std::string, std::less<>>;

/// A node of the lowest level of the valid policy tree: what the next certificate may call the policy, and
/// what it was called where the tree left anyPolicy, which is what a caller names.
struct policy_node {
    policy_set expected;
    policy_set origins;
};

/// The lowest level of the valid policy tree alone: whether the tree lives is decided there, so the levels
/// above are not kept (as in RFC 9618).
class policy_walk {
  public:
    policy_walk(int certificates, const policy_inputs& asked)
        : asked_(asked), explicit_policy_(asked.require_explicit ? 0 : certificates + 1),
          mapping_(asked.inhibit_mapping ? 0 : certificates + 1),
          inhibit_any_(asked.inhibit_any ? 0 : certificates + 1) {
        level_[std::string(any_policy)] = node_of(any_policy);
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
        drop_unacceptable();
        demand_policy();
    }

    failed_checks failed() const { return failed_; }

  private:
    using level = std::map<std::string, policy_node, std::less<>>;

    static policy_node node_of(std::string_view policy) {
        return {{std::string(policy)}, {std::string(policy)}};
    }

    /// RFC 5280 6.1.3 (f) and 6.1.5 (g).
    void demand_policy() { failed_.add_if(explicit_policy_ == 0 && level_.empty(), check::policy_missing); }

    bool any_above() const { return level_.find(any_policy) != level_.end(); }

    /// The origins of all nodes that expect this policy; empty: none does.
    policy_set origins_of(const std::string& policy) const {
        policy_set out;
        for (const auto& [name, node] : level_)
            if (node.expected.count(policy) > 0)
                out.insert(node.origins.begin(), node.origins.end());
        return out;
    }

    /// RFC 5280 6.1.3 (d).
    void descend(const certs::certificate_fields& f, bool any_counts) {
        level next;
        bool any_here = false;
        for (const auto& policy : *f.policies) {
            any_here = any_here || policy == any_policy;
            if (policy == any_policy)
                continue;
            if (auto origins = origins_of(policy); !origins.empty())
                next[policy] = {{policy}, std::move(origins)};
            else if (any_above())
                next[policy] = node_of(policy);
        }
        if (any_here && any_counts)
            for (const auto& [name, node] : level_)
                for (const auto& policy : node.expected)
                    if (next.find(policy) == next.end())
                        next[policy] = {{policy}, origins_of(policy)};
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
        const bool any = any_above();
        for (auto& [policy, names] : mapped) {
            const auto known = level_.find(policy);
            if (mapping_ == 0)
                level_.erase(policy);
            else if (known != level_.end())
                known->second.expected = std::move(names);
            else if (any)
                level_[policy] = {std::move(names), {policy}};
        }
    }

    /// RFC 5280 6.1.5 (a), (b).
    void wrap_up(const certs::certificate_fields& f) {
        explicit_policy_ = std::max(explicit_policy_ - 1, 0);
        if (f.policy.require_explicit == 0)
            explicit_policy_ = 0;
    }

    /// RFC 5280 6.1.5 (g): what the caller does not name is no policy of this path.
    void drop_unacceptable() {
        if (asked_.acceptable.empty())
            return;
        const auto acceptable = [&](const policy_node& node) {
            return node.origins.count(std::string(any_policy)) > 0 ||
                   std::any_of(asked_.acceptable.begin(), asked_.acceptable.end(),
                               [&](const std::string& policy) { return node.origins.count(policy) > 0; });
        };
        for (auto at = level_.begin(); at != level_.end();)
            at = acceptable(at->second) ? std::next(at) : level_.erase(at);
    }

    const policy_inputs& asked_;
    level level_;
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

failed_checks check_policies(const path& p, const policy_inputs& asked) {
    // The root's own extensions are not part of the algorithm; an incomplete path has no root.
    const std::size_t below_root = p.links.size() - (p.complete() ? 1 : 0);
    const bool relevant =
        std::any_of(p.links.begin(), p.links.begin() + static_cast<std::ptrdiff_t>(below_root),
                    [](const link& l) { return speaks_of_policies(l.cert->fields()); });
    if (!relevant && asked == policy_inputs{})
        return {};
    policy_walk walk(static_cast<int>(below_root), asked);
    for (std::size_t i = below_root; i-- > 0;)
        walk.take(*p.links[i].cert, i == 0);
    return walk.failed();
}

} // namespace connlab::chain
