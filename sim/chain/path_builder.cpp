#include "sim/chain/path_builder.hpp"

#include <algorithm>
#include <deque>
#include <tuple>

namespace connlab::chain {

namespace {

struct candidate_issuer {
    const certs::certificate* cert;
    const trusted_root* root; // its entry in the Root store
    match_quality match;
    bool signed_it;
};

struct issuers {
    const certs::certificate* of;
    std::vector<candidate_issuer> candidates; // followed in this order
};

/// The same public key under the same name: whatever one of them issued, the other one issued too.
bool same_authority(const certs::certificate& a, const certs::certificate& b) {
    return a.public_key_digest() == b.public_key_digest() && a.folded_subject() == b.folded_subject();
}

class search {
  public:
    search(const question& q, signature_memo& memo) : q_(q), memo_(memo) {
        path_.push_back({&q.leaf, true, match_quality::name, root_entry(q.leaf)});
        explore();
    }

    built_paths result() && { return std::move(out_); }

  private:
    const trusted_root* root_entry(const certs::certificate& c) const {
        const auto& roots = q_.stores->roots;
        const auto found =
            std::find_if(roots.begin(), roots.end(), [&](const trusted_root& r) { return r.cert == c; });
        return found == roots.end() ? nullptr : &*found;
    }

    bool checked_signature(const certs::certificate& subject, const certs::certificate& issuer) {
        if (++signatures_ > signature_budget) {
            out_.exhausted = true; // and the search goes on with those that were checked
            return false;
        }
        return memo_.signed_by(subject, issuer);
    }

    /// Every certificate at hand whose subject is the issuer's name, each once.
    std::vector<candidate_issuer> named_issuers(const certs::certificate& c) const {
        std::vector<candidate_issuer> out;
        const auto consider = [&](const certs::certificate& other, const trusted_root* root) {
            if (!other || other.folded_subject() != c.folded_issuer() || other == c)
                return;
            const bool known = std::any_of(out.begin(), out.end(),
                                           [&](const candidate_issuer& i) { return *i.cert == other; });
            if (!known)
                out.push_back({&other, root, match_of(c, other), false});
        };
        for (const auto& r : q_.stores->roots)
            consider(r.cert, &r);
        for (const auto& other : q_.presented)
            consider(other, nullptr);
        for (const auto& other : q_.stores->intermediates)
            consider(other, nullptr);
        return out;
    }

    /// Those that made the signature; all of the name when none did (the path is drawn and says so). The
    /// likely ones come first: signed, a root, a better match, valid in time, newer; thumbprints keep the
    /// order from depending on the peer's.
    const issuers& issuers_of(const certs::certificate& c) {
        const auto known =
            std::find_if(known_.begin(), known_.end(), [&](const issuers& i) { return *i.of == c; });
        if (known != known_.end())
            return *known;
        auto found = named_issuers(c);
        // the budget and the roads not taken must not depend on the peer's order either
        std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
            const auto x = std::tuple(a.match, a.root == nullptr);
            const auto y = std::tuple(b.match, b.root == nullptr);
            return x != y ? x < y : a.cert->thumbprint() < b.cert->thumbprint();
        });
        bool any_signed = false;
        for (auto& i : found) {
            i.signed_it = checked_signature(c, *i.cert);
            any_signed = any_signed || i.signed_it;
        }
        if (any_signed)
            keep_signers(found, c);
        const auto likelihood = [&](const candidate_issuer& i) {
            const auto& f = i.cert->fields();
            return std::tuple(i.root == nullptr, i.match, q_.at < f.not_before || q_.at > f.not_after,
                              -f.not_before.time_since_epoch().count());
        };
        std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
            const auto x = likelihood(a);
            const auto y = likelihood(b);
            return x != y ? x < y : a.cert->thumbprint() < b.cert->thumbprint();
        });
        known_.push_back({&c, std::move(found)});
        return known_.back();
    }

    void keep_signers(std::vector<candidate_issuer>& found, const certs::certificate& subject) {
        for (const auto& i : found)
            if (!i.signed_it)
                out_.did_not_sign.push_back({i.cert, &subject});
        found.erase(std::remove_if(found.begin(), found.end(), [](const auto& i) { return !i.signed_it; }),
                    found.end());
    }

    /// A certificate that names itself as issuer ends the path if its own key signed it, or if its
    /// identifiers do not say that another key did and no other key is at hand: then it is self-signed,
    /// badly.
    bool ends_here(const certs::certificate& c) {
        if (!c.is_self_issued())
            return false;
        if (memo_.signed_by(c, c))
            return true;
        const bool other = std::any_of(issuers_of(c).candidates.begin(), issuers_of(c).candidates.end(),
                                       [](const auto& i) { return i.signed_it; });
        if (other || match_of(c, c) == match_quality::contradicted)
            return false;
        path_.back().signature_valid = false;
        return true;
    }

    void finish(path_end end) { out_.all.push_back({path_, end}); }

    bool within_budget() {
        const bool within = ++links_ <= link_budget && out_.all.size() < path_budget;
        out_.exhausted = out_.exhausted || !within;
        return within;
    }

    void explore() {
        const auto& last = *path_.back().cert;
        if (ends_here(last))
            return finish(path_end::self_signed);
        if (path_.size() >= longest_path)
            return finish(path_end::too_long);
        const auto& candidates = issuers_of(last).candidates;
        auto end = path_end::no_issuer;
        bool followed = false;
        for (const auto& next : candidates) {
            if (on_path(*next.cert)) {
                end = path_end::cycle;
                continue;
            }
            if (!within_budget())
                return; // the first descent is far below the budget: a path is there
            followed = true;
            follow(next);
        }
        if (!followed)
            finish(end);
    }

    void follow(const candidate_issuer& next) {
        path_.back().signature_valid = next.signed_it;
        path_.back().match = next.match;
        path_.push_back({next.cert, true, match_quality::name, next.root});
        explore();
        path_.pop_back();
    }

    bool on_path(const certs::certificate& c) const {
        return std::any_of(path_.begin(), path_.end(),
                           [&](const link& l) { return same_authority(*l.cert, c); });
    }

    const question& q_;
    signature_memo& memo_;
    std::vector<link> path_;
    std::deque<issuers> known_; // stays where it is while it grows
    int links_ = 0;
    int signatures_ = 0;
    built_paths out_;
};

} // namespace

match_quality match_of(const certs::certificate& subject, const certs::certificate& issuer) {
    const auto& above = issuer.fields();
    if (!subject.fields().authority_key)
        return match_quality::name;
    const auto& aki = *subject.fields().authority_key;
    if (!aki.serial.empty() && !aki.issuer.empty() && aki.serial == above.serial &&
        aki.issuer == issuer.issuer())
        return match_quality::exact;
    if (aki.key_id.empty() || above.subject_key_id.empty())
        return match_quality::name;
    return aki.key_id == above.subject_key_id ? match_quality::key_identifier : match_quality::contradicted;
}

built_paths build_paths(const question& q, signature_memo& memo) {
    return search(q, memo).result();
}

} // namespace connlab::chain
