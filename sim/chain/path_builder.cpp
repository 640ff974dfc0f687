#include "sim/chain/path_builder.hpp"

#include <algorithm>

namespace connlab::chain {

namespace {

constexpr int link_budget = 10000;
constexpr std::size_t longest_path = 30;

struct source {
    const certs::certificate* cert;
    const trusted_root* root; // when it lies in the Root store
};

/// 0: cannot be the issuer. Name match is the condition; key identifiers tell how good the match is.
std::uint32_t issuer_match(const certs::certificate_fields& subject,
                           const certs::certificate_fields& issuer) {
    if (!certs::chains_to(subject.issuer, issuer.subject))
        return 0;
    std::uint32_t match = has_name_match_issuer;
    if (subject.authority_key) {
        const auto& aki = *subject.authority_key;
        if (!aki.key_id.empty() && aki.key_id == issuer.subject_key_id)
            match |= has_key_match_issuer;
        if (!aki.serial.empty() && aki.serial == issuer.serial &&
            aki.issuer == certs::to_string(issuer.issuer))
            match |= has_exact_match_issuer;
    }
    return match;
}

class search {
  public:
    search(const question& q, signature_memo& memo) : memo_(memo) {
        for (const auto& r : q.stores->roots)
            add(r.cert, &r);
        for (const auto& c : q.presented)
            add(c, nullptr);
        for (const auto& c : q.stores->intermediates)
            add(c, nullptr);
        const auto in_root = std::find_if(q.stores->roots.begin(), q.stores->roots.end(),
                                          [&](const trusted_root& r) { return r.cert == q.leaf; });
        path start;
        start.links.push_back({&q.leaf, 0});
        explore(start, in_root == q.stores->roots.end() ? nullptr : &*in_root);
    }

    built_paths result() && { return std::move(out_); }

  private:
    /// Each certificate once; its place in the Root store counts.
    void add(const certs::certificate& c, const trusted_root* root) {
        const bool known =
            std::any_of(pool_.begin(), pool_.end(), [&](const source& s) { return *s.cert == c; });
        if (c && !known)
            pool_.push_back({&c, root});
    }

    bool self_signed(const certs::certificate& c) { return c.is_self_issued() && memo_.signed_by(c, c); }

    void explore(path& so_far, const trusted_root* root) {
        const auto& last = *so_far.links.back().cert;
        if (self_signed(last)) {
            out_.all.push_back(so_far);
            out_.all.back().complete = true;
            out_.all.back().root = root;
            return;
        }
        bool extended = false;
        for (const auto& s : pool_) {
            if (out_.exhausted)
                return;
            const auto match = issuer_match(last.fields(), s.cert->fields());
            if (match == 0 || on_path(so_far, *s.cert))
                continue;
            if (++links_ > link_budget || so_far.links.size() >= longest_path) {
                out_.exhausted = true;
                break;
            }
            extended = true;
            so_far.links.push_back({s.cert, match});
            explore(so_far, s.root);
            so_far.links.pop_back();
        }
        if (!extended)
            out_.all.push_back(so_far);
    }

    static bool on_path(const path& p, const certs::certificate& c) {
        return std::any_of(p.links.begin(), p.links.end(), [&](const link& l) { return *l.cert == c; });
    }

    signature_memo& memo_;
    std::vector<source> pool_;
    int links_ = 0;
    built_paths out_;
};

} // namespace

built_paths build_paths(const question& q, signature_memo& memo) {
    return search(q, memo).result();
}

} // namespace connlab::chain
