// Domain Security works with all of its settings or not at all: each missing one is named (on-premises
// sheet 4.1, D1-D5, D8, D9; the certificates, D6 and D7, have a file of their own).
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

using domain_list = located<std::vector<std::string>>;

bool contains(const domain_list& list, std::string_view domain) {
    return std::any_of(list->begin(), list->end(),
                       [&](const std::string& d) { return same_domain(d, domain); });
}

/// Edge's own connectors come with DomainSecureEnabled and wait for the lists (D9).
bool waits_for_lists(const send_connector& c) {
    return ascii_istarts_with(c.name, "EdgeSync - ");
}

void review_front_end(const send_connector& c, const std::string& domain, configuration_review& r) {
    if (*c.domain_secure_enabled && *c.frontend_proxy_enabled)
        r.warn(
            "check.front-end-proxy-domain-secure", first_known({c.frontend_proxy_enabled.mark, c.mark}),
            fmt::format("Domain Security is not in force for {} (D8): Send connector {} sends through the "
                        "Front End Transport service",
                        domain, c.name),
            "set FrontendProxyEnabled to false on a connector for domain-secured domains (talk: T32, T42)");
}

/// D2: the connector that takes mail for the domain.
void review_send_connector(const organization& o, const std::string& domain, configuration_review& r) {
    const auto& list = o.transport.tls_send_domain_secure_list;
    const auto* c = connector_for(o, domain);
    if (c == nullptr) {
        domain_security_lacks("D2", list.mark,
                              fmt::format("no Send connector of {} takes mail for {}", o.name, domain), r);
        return;
    }
    const auto needs = [&](bool fulfilled, const source_mark& mark, std::string_view what) {
        if (!fulfilled)
            domain_security_lacks(
                waits_for_lists(*c) ? "D9" : "D2", first_known({mark, c->mark, list.mark}),
                fmt::format("Send connector {} takes mail for {} and needs {}", c->name, domain, what), r);
    };
    needs(*c->domain_secure_enabled, c->domain_secure_enabled.mark, "DomainSecureEnabled $true");
    needs(*c->dns_routing_enabled, c->dns_routing_enabled.mark, "DNSRoutingEnabled $true");
    needs(!*c->ignore_starttls, c->ignore_starttls.mark, "IgnoreSTARTTLS $false");
    review_front_end(*c, domain, r);
}

bool secures(const receive_connector& c) {
    return *c.enabled && *c.domain_secure_enabled && (*c.auth & auth_tls) != 0 &&
           (*c.auth & auth_external_authoritative) == 0;
}

std::string_view what_is_wrong(const receive_connector& c) {
    if (!*c.domain_secure_enabled)
        return "DomainSecureEnabled is False";
    return (*c.auth & auth_tls) == 0 ? "AuthMechanism is without Tls"
                                     : "AuthMechanism has ExternalAuthoritative";
}

/// The servers that mail from outside reaches: Edge servers, or where there is none the Mailbox servers.
std::vector<const server*> in_front(const organization& o) {
    std::vector<const server*> out;
    for (const auto& s : o.servers)
        if (s.role == (has_edge(o) ? server_role::edge : server_role::mailbox))
            out.push_back(&s);
    return out;
}

/// The addresses that mail from `domain` comes from, as far as the scenario holds its servers.
std::vector<ip_address> addresses_of(const std::string& domain, const organization& o,
                                     const configuration_review& r) {
    std::vector<ip_address> out;
    for (const auto& partner : r.organizations())
        for (const auto& peer : partner.servers)
            if (&partner != &o && partner.accepts(domain))
                out.insert(out.end(), peer.addresses->begin(), peer.addresses->end());
    return out;
}

/// The connectors at which mail from `domain` arrives; empty: not known.
std::vector<const receive_connector*> arrivals(const organization& o, const std::string& domain,
                                               const configuration_review& r) {
    std::vector<const receive_connector*> out;
    for (const auto* s : in_front(o))
        for (const auto& address : addresses_of(domain, o, r)) {
            if (s->addresses->empty())
                continue;
            const auto taken = select_receive_connector(*s, {s->addresses->front(), 25}, address);
            if (taken.value != nullptr)
                out.push_back(taken.value);
        }
    return out;
}

bool any_secures(const organization& o) {
    const auto servers = in_front(o);
    return std::any_of(servers.begin(), servers.end(), [](const server* s) {
        return std::any_of(s->receive_connectors.begin(), s->receive_connectors.end(), secures);
    });
}

/// D4, and D9 for the connector of an Edge server: one that secures is enough.
void review_receiving(const organization& o, const std::string& domain, configuration_review& r) {
    const auto taken_by = arrivals(o, domain, r);
    const auto& list = o.transport.tls_receive_domain_secure_list;
    if (taken_by.empty() && !any_secures(o))
        domain_security_lacks(has_edge(o) ? "D9" : "D4", list.mark,
                              fmt::format("no Receive connector of {} has DomainSecureEnabled $true with Tls "
                                          "in AuthMechanism, which mail from {} needs",
                                          o.name, domain),
                              r);
    if (taken_by.empty() ||
        std::any_of(taken_by.begin(), taken_by.end(), [](const auto* c) { return secures(*c); }))
        return;
    const auto& c = *taken_by.front();
    const auto& wrong = *c.domain_secure_enabled ? c.auth.mark : c.domain_secure_enabled.mark;
    domain_security_lacks(*c.role == transport_role::edge ? "D9" : "D4",
                          first_known({wrong, c.mark, list.mark}),
                          fmt::format("{} on Receive connector {}, where mail from {} arrives",
                                      what_is_wrong(c), c.identity(), domain),
                          r);
}

/// The lists hold exact names.
void review_wildcard_entry(const domain_list& list, std::string_view prerequisite, const std::string& domain,
                           configuration_review& r) {
    if (is_wildcard_name(domain))
        domain_security_lacks(prerequisite, list.mark,
                              fmt::format("{} is a wildcard, and the list holds exact names", domain), r);
}

/// A list that is filled needs the rest.
void review_lists(const organization& o, configuration_review& r) {
    const auto& send = o.transport.tls_send_domain_secure_list;
    const auto& receive = o.transport.tls_receive_domain_secure_list;
    const auto both = [&](const domain_list& list, std::string_view name, const domain_list& other,
                          std::string_view other_name, const std::string& domain) {
        if (!contains(other, domain))
            domain_security_lacks(
                "D5", first_known({other.mark, list.mark}),
                fmt::format("{} is in {} of {} and not in {}", domain, name, o.name, other_name), r);
    };
    for (const auto& domain : *send) {
        review_wildcard_entry(send, "D1", domain, r);
        review_send_connector(o, domain, r);
        both(send, "TLSSendDomainSecureList", receive, "TLSReceiveDomainSecureList", domain);
    }
    for (const auto& domain : *receive) {
        review_wildcard_entry(receive, "D3", domain, r);
        review_receiving(o, domain, r);
        both(receive, "TLSReceiveDomainSecureList", send, "TLSSendDomainSecureList", domain);
    }
}

/// A connector that is prepared needs the lists.
void review_prepared_connectors(const organization& o, configuration_review& r) {
    const auto& send = o.transport.tls_send_domain_secure_list;
    for (const auto& c : o.send_connectors) {
        const bool used = std::any_of(send->begin(), send->end(),
                                      [&](const std::string& d) { return connector_for(o, d) == &c; });
        if (*c.enabled && *c.domain_secure_enabled && !used && !waits_for_lists(c))
            domain_security_lacks(
                "D1", first_known({c.domain_secure_enabled.mark, send.mark, c.mark}),
                fmt::format("Send connector {} has DomainSecureEnabled, and TLSSendDomainSecureList of "
                            "{} contains no "
                            "domain that it takes",
                            c.name, o.name),
                r);
    }
    const auto& receive = o.transport.tls_receive_domain_secure_list;
    for (const auto& s : o.servers)
        for (const auto& c : s.receive_connectors)
            if (s.is_exchange() && secures(c) && receive->empty() && !c.made_by_setup)
                domain_security_lacks("D3", first_known({c.domain_secure_enabled.mark, receive.mark, c.mark}),
                                      fmt::format("Receive connector {} has DomainSecureEnabled, and "
                                                  "TLSReceiveDomainSecureList of {} is "
                                                  "empty",
                                                  c.identity(), o.name),
                                      r);
}

bool has_exchange(const organization& o) {
    return std::any_of(o.servers.begin(), o.servers.end(), [](const server& s) { return s.is_exchange(); });
}

/// The partner's side, where the scenario holds it.
void review_partner(const organization& o, configuration_review& r) {
    for (const auto& domain : *o.transport.tls_send_domain_secure_list)
        for (const auto& partner : r.organizations()) {
            const auto& list = partner.transport.tls_receive_domain_secure_list;
            if (&partner == &o || !partner.accepts(domain) || !has_exchange(partner))
                continue;
            const bool listed = std::any_of(o.accepted_domains->begin(), o.accepted_domains->end(),
                                            [&](const std::string& own) { return contains(list, own); });
            if (!listed)
                domain_security_lacks(
                    "D3", first_known({list.mark, o.transport.tls_send_domain_secure_list.mark}),
                    fmt::format(
                        "TLSReceiveDomainSecureList of {} contains no domain of {}, so its mail arrives as "
                        "ordinary mail",
                        partner.name, o.name),
                    r);
        }
}

} // namespace

void review_domain_security(const organization& o, configuration_review& r) {
    review_lists(o, r);
    review_prepared_connectors(o, r);
    review_partner(o, r);
}

} // namespace connlab::exchange
