#include "sim/exchange/best_practice.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

diagnostics best_practice(const std::vector<organization>& all, instant now, const behavior& b) {
    configuration_review r(all, now, b);
    for (const auto& o : all) {
        review_lifetimes(o, r);
        review_certificate_choice(o, r);
        review_certificate_duties(o, r);
        review_internal_certificates(o, r);
        review_send_connectors(o, r);
        review_receive_connectors(o, r);
        review_hybrid(o, r);
        review_domain_security(o, r);
        review_domain_security_certificates(o, r);
        review_edge_subscriptions(o, r);
        review_tenants(o, r);
        review_schannel(o, r);
    }
    return r.take();
}

std::vector<const server*> sources_of(const send_connector& c, const organization& o) {
    const auto& names = *c.source_transport_servers;
    std::vector<const server*> out;
    for (const auto& s : o.servers) {
        const bool named = std::any_of(names.begin(), names.end(), [&](const std::string& n) {
            return ascii_iequal(n, s.name) || ascii_iequal(n, *s.fqdn);
        });
        if (s.is_exchange() && (names.empty() || named))
            out.push_back(&s);
    }
    return out;
}

const send_connector* connector_for(const organization& o, std::string_view domain) {
    for (const auto& s : o.servers)
        if (const auto* c = select_send_connector(o, s, domain).value; c != nullptr)
            return c;
    return nullptr;
}

bool has_edge(const organization& o) {
    return std::any_of(o.servers.begin(), o.servers.end(),
                       [](const server& s) { return s.role == server_role::edge; });
}

bool review_wildcards(const std::vector<const certs::certificate*>& certificates, std::string_view name,
                      std::string_view what, const source_mark& mark, configuration_review& r) {
    for (const auto* c : certificates)
        for (const auto& pattern : c->domains()) {
            if (!is_wildcard_name(pattern) || covers(pattern, name))
                continue;
            const auto parent = std::string_view(pattern).substr(2);
            const bool apex = same_domain(name, parent);
            if (!apex && !is_subdomain(name, parent))
                continue;
            r.warn("check.wildcard-does-not-reach", mark,
                   fmt::format("The wildcard {} of certificate {} does not reach {} ({})", pattern,
                               c->subject(), name, what),
                   apex ? fmt::format("a wildcard covers names one label below {0} and not {0} itself: the "
                                      "certificate needs that name too (talk: T39)",
                                      parent)
                        : "a wildcard covers exactly one label: the certificate needs the name itself, or "
                          "the name one label less (talk: T39)");
            return true;
        }
    return false;
}

} // namespace connlab::exchange
