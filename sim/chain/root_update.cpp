#include "sim/chain/root_update.hpp"

#include "sim/base/ascii.hpp"

#include <algorithm>

namespace connlab::chain {

namespace {

bool is_answered(const question& q, const retrieval& r) {
    return std::any_of(q.answers.begin(), q.answers.end(),
                       [&](const retrieved& a) { return same_source(a.asked, r); });
}

/// The programme's root is the path's last certificate, or has issued it.
bool would_end(const path& p, const certs::certificate& root) {
    const auto& last = *p.links.back().cert;
    return last == root || (p.end == path_end::no_issuer && last.folded_issuer() == root.folded_subject());
}

} // namespace

std::string root_update_url(const certs::certificate& root) {
    return "http://ctldl.windowsupdate.com/msdownload/update/v3/static/trustedr/en/" +
           ascii_lower(root.thumbprint()) + ".crt";
}

std::optional<retrieval> wanted_root(const std::vector<checked_path>& ranked, const question& q) {
    if (q.stores == nullptr || ranked.front().trusted_root())
        return std::nullopt;
    for (const auto& p : ranked)
        for (const auto& root : q.stores->programme)
            if (would_end(*p.what, root)) {
                retrieval r{retrieval::kind::root, root_update_url(root), p.what->links.size() - 1};
                if (!is_answered(q, r))
                    return r;
            }
    return std::nullopt;
}

std::optional<store> with_fetched_roots(const question& q) {
    std::optional<store> out;
    for (const auto& a : q.answers) {
        if (a.asked.what != retrieval::kind::root || !a.failure.empty() || q.stores == nullptr)
            continue;
        const auto fetched = certs::certificate::from_der(a.bytes);
        const auto& known = q.stores->programme;
        if (!fetched || std::find(known.begin(), known.end(), *fetched) == known.end())
            continue;
        if (!out)
            out = *q.stores;
        out->roots.push_back({*fetched, root_member::public_programme});
    }
    return out;
}

} // namespace connlab::chain
