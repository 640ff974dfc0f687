#include "sim/chain/path_quality.hpp"

#include "sim/base/ascii.hpp"

#include <algorithm>
#include <tuple>

namespace connlab::chain {

namespace {

/// Smaller is better: a trusted root; signatures that hold; no weak algorithm, time or usage error; no error
/// at all; the milder of two errors.
auto error_rank(const checked_path& p) {
    constexpr std::uint32_t second = has_weak_signature | is_not_time_valid | is_not_valid_for_usage;
    return std::tuple((p.error & is_partial_chain) != 0,
                      (p.error & (is_untrusted_root | is_explicit_distrust)) != 0,
                      (p.error & is_not_signature_valid) != 0, (p.error & second) != 0, p.error != 0,
                      -static_cast<int>(policy_error_of(p.error)));
}

/// The worst match of key identifiers along the path.
match_quality worst_match(const path& p) {
    auto worst = match_quality::exact;
    for (std::size_t i = 0; i + 1 < p.links.size(); ++i)
        worst = std::max(worst, p.links[i].match);
    return worst == match_quality::exact ? match_quality::key_identifier : worst; // as good
}

/// Issuers from the leaf upward: negative when `a` has the newer one where they part.
int compare_age(const path& a, const path& b) {
    for (std::size_t i = 1; i < std::min(a.links.size(), b.links.size()); ++i) {
        const auto x = a.links[i].cert->fields().not_before;
        const auto y = b.links[i].cert->fields().not_before;
        if (x != y)
            return x > y ? -1 : 1;
    }
    return 0;
}

bool smaller_thumbprints(const path& a, const path& b) {
    return std::lexicographical_compare(
        a.links.begin(), a.links.end(), b.links.begin(), b.links.end(),
        [](const link& x, const link& y) { return x.cert->thumbprint() < y.cert->thumbprint(); });
}

} // namespace

bool better(const checked_path& a, const checked_path& b) {
    if (const auto x = error_rank(a), y = error_rank(b); x != y)
        return x < y;
    if (const auto x = worst_match(*a.what), y = worst_match(*b.what); x != y)
        return x < y;
    if (const int age = compare_age(*a.what, *b.what); age != 0)
        return age < 0;
    if (a.what->links.size() != b.what->links.size())
        return a.what->links.size() < b.what->links.size();
    return smaller_thumbprints(*a.what, *b.what);
}

std::string drawn(const path& p, const path& best) {
    std::string out;
    for (auto l = p.links.rbegin(); l != p.links.rend(); ++l) {
        out += (out.empty() ? "" : " → ") + l->cert->subject();
        const bool shared = std::any_of(best.links.begin(), best.links.end(),
                                        [&](const link& other) { return *other.cert == *l->cert; });
        if (!shared)
            out += " [" + l->cert->thumbprint().substr(0, 8) + "]";
    }
    return out;
}

std::string why_lost(const checked_path& p, const checked_path& best) {
    if (p.error == 0) {
        if (worst_match(*p.what) != worst_match(*best.what))
            return "without error; key identifiers speak for the other one";
        return compare_age(*p.what, *best.what) != 0 ? "without error; the newer issuer is preferred"
                                                     : "without error; the shorter path is preferred";
    }
    std::string out;
    for (std::size_t i = p.failed.size(); i-- > 0;)
        if (const auto bits = error_bits(p.failed[i]); bits != 0)
            out += (out.empty() ? "" : "; ") + p.what->links[i].cert->subject() + ": " +
                   join(error_names(bits), ", ");
    return out;
}

} // namespace connlab::chain
