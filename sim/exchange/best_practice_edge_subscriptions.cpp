// Findings on Edge subscriptions: servers whose default certificate is not the subscribed one, and servers
// that came later.
#include "sim/base/ascii.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/edge_replication.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

void review_certificate(const server* s, const edge_subscription& e, const certs::certificate& then,
                        configuration_review& r) {
    if (s == nullptr || ascii_iequal(s->internal_transport_thumbprint, then.thumbprint()))
        return;
    r.warn(
        "check.edge-subscription-outdated",
        first_known({s->internal_transport_mark, s->default_certificate_mark, s->mark}),
        fmt::format("The default certificate of {} is {}, and {} was subscribed with {}", s->name,
                    s->internal_transport_thumbprint.empty() ? "not set" : s->internal_transport_thumbprint,
                    e.name, then.thumbprint()),
        "EdgeSync stops (event 10104), and mail waits with 451 5.7.3: put the old one back, or subscribe "
        "the Edge anew (talk: T26)");
}

bool is_member(const edge_subscription& e, const server& s) {
    return std::any_of(e.members.begin(), e.members.end(),
                       [&](const subscribed_server& m) { return ascii_iequal(m.name, s.name); });
}

} // namespace

void review_edge_subscriptions(const organization& o, configuration_review& r) {
    for (const auto& e : o.edge_subscriptions) {
        review_certificate(find_server(o, e.fqdn), e, e.certificate, r);
        for (const auto& m : e.members)
            review_certificate(find_server(o, m.name), e, m.certificate, r);
        for (const auto& s : o.servers)
            if (s.role == server_role::mailbox && ascii_iequal(*s.site, e.site) && !is_member(e, s))
                r.warn("check.edge-subscription-incomplete", s.mark,
                       fmt::format("{} came to the site {} after {} was subscribed", s.name, e.site, e.name),
                       "the Edge does not know its certificate: subscribe it anew (talk: T26)");
    }
}

} // namespace connlab::exchange
