// Findings on the connectors of Exchange Online's tenants: evidence that two of them share, exceptions that
// are none, names that match nothing (Exchange Online sheet 1.3 to 1.5).
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/refusals.hpp"
#include "sim/exchange/tenant_attribution.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

/// An enabled connector and whose it is.
struct placed_connector {
    const tenant* owner = nullptr;
    const inbound_connector* connector = nullptr;
};

std::vector<placed_connector> enabled_connectors(const std::vector<tenant>& all, online_connector_type type) {
    std::vector<placed_connector> out;
    for (const auto& t : all)
        for (const auto& c : t.inbound_connectors)
            if (*c.enabled && *c.type == type)
                out.push_back({&t, &c});
    return out;
}

bool overlap(const ip_range& a, const ip_range& b) {
    return a.contains(b) || b.contains(a); // networks
}

/// The range of `later` that one of `earlier` holds too; null: none does.
const ip_range* shared_range(const inbound_connector& earlier, const inbound_connector& later) {
    for (const auto& range : *later.sender_ip_addresses)
        for (const auto& other : *earlier.sender_ip_addresses)
            if (overlap(range, other))
                return &range;
    return nullptr;
}

void review_pair(const placed_connector& a, const placed_connector& b, configuration_review& r) {
    const auto& name = b.connector->tls_sender_certificate_name;
    const auto other = fmt::format("{} of tenant {}", a.connector->name, a.owner->name);
    if (!name->empty() && ascii_iequal(*name, *a.connector->tls_sender_certificate_name))
        r.warn("check.shared-certificate-name", first_known({name.mark, b.connector->mark}),
               fmt::format("Inbound connector {} of tenant {} names the certificate {}, and so does {}",
                           b.connector->name, b.owner->name, *name, other),
               "which of them takes a message is not public: give each a certificate of its own");
    if (const auto* range = shared_range(*a.connector, *b.connector))
        r.warn("check.shared-address",
               first_known({b.connector->sender_ip_addresses.mark, b.connector->mark}),
               fmt::format("Inbound connector {} of tenant {} names the address {}, and so does {}",
                           b.connector->name, b.owner->name, range->text, other),
               "the sender's domain alone tells them apart then: give each tenant a certificate of its own");
}

/// The scope of `wide` holds every domain of `narrow`.
bool holds_scope(const inbound_connector& wide, const inbound_connector& narrow) {
    const auto& inner = *narrow.sender_domains;
    return std::all_of(inner.begin(), inner.end(), [&](const std::string& domain) {
        const auto bare = is_wildcard_name(domain) ? domain.substr(2) : domain;
        const auto& outer = *wide.sender_domains;
        return std::any_of(outer.begin(), outer.end(), [&](const std::string& pattern) {
            return pattern == "*" || pattern == domain || pattern_rank(pattern, bare) > 0;
        });
    });
}

void review_lock(const tenant& t, const inbound_connector& c, configuration_review& r) {
    if (*c.type != online_connector_type::partner || c.restricts() || !c.tls_sender_certificate_name->empty())
        return;
    for (const auto& lock : t.inbound_connectors)
        if (*lock.enabled && !lock.on_premises() && lock.restricts() && holds_scope(lock, c))
            return r.warn(
                "check.exception-from-lock", first_known({c.sender_domains.mark, c.mark}),
                fmt::format("Inbound connector {} allows {} by its name alone, and {} restricts it", c.name,
                            join(*c.sender_domains, ", "), lock.name),
                "restrictions come first: the exception needs a certificate or an address of its own");
}

void review_evidence(const tenant& t, const inbound_connector& c, configuration_review& r) {
    const auto& name = c.tls_sender_certificate_name;
    if (!c.on_premises() && !name->empty() && !c.sender_ip_addresses->empty())
        r.warn("check.two-kinds-of-evidence", first_known({c.sender_ip_addresses.mark, c.mark}),
               fmt::format("Inbound connector {} names addresses and a certificate", c.name),
               "make two connectors, one for each");
    if (c.on_premises() && !name->empty() && !corresponds_to_accepted(t, *name))
        r.warn(
            "check.certificate-name-not-accepted", first_known({name.mark, c.mark}),
            fmt::format("TlsSenderCertificateName {} of inbound connector {} corresponds to no accepted "
                        "domain of tenant {}",
                        *name, c.name, t.name),
            "reports and forwarded mail are not relayed, and beside a restrictive Partner connector nothing "
            "may be: add the name as an accepted domain, or name a domain that is one (talk: T27)");
    if (!c.associated_accepted_domains->empty())
        r.note("check.associated-domains", first_known({c.associated_accepted_domains.mark, c.mark}),
               fmt::format("Inbound connector {} is limited to {}", c.name,
                           join(*c.associated_accepted_domains, ", ")),
               "AssociatedAcceptedDomains is for tests: mail of the other domains is not attributed by it");
}

} // namespace

void review_tenants(const organization& o, configuration_review& r) {
    const auto own = enabled_connectors(o.tenants, online_connector_type::on_premises);
    for (std::size_t i = 0; i < own.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            review_pair(own[j], own[i], r);
    for (const auto& t : o.tenants)
        for (const auto& c : t.inbound_connectors)
            if (*c.enabled) {
                review_lock(t, c, r);
                review_evidence(t, c, r);
            }
}

} // namespace connlab::exchange
