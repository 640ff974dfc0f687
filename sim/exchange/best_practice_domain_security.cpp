// Domain Security works with all of its settings or not at all: each missing one is named (on-premises
// sheet 4.1, D1-D8).
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

constexpr const char* what_it_takes = "Domain Security takes DomainSecureEnabled on both connectors, the "
                                      "domain in both TLS…DomainSecureLists, and "
                                      "certificates with the mail domain (talk: T32)";

using domain_list = located<std::vector<std::string>>;

bool contains(const domain_list& list, std::string_view domain) {
    return std::any_of(list->begin(), list->end(),
                       [&](const std::string& d) { return same_domain(d, domain); });
}

void missing(std::string_view prerequisite, const source_mark& mark, std::string message,
             configuration_review& r) {
    r.warn("check.domain-secure-half", mark,
           fmt::format("Domain Security is half configured, {} is missing: {}", prerequisite, message),
           what_it_takes);
}

/// D2: the connector that takes mail for the domain.
void review_send_connector(const organization& o, const std::string& domain, configuration_review& r) {
    const auto& list = o.transport.tls_send_domain_secure_list;
    const auto* c = connector_for(o, domain);
    if (c == nullptr) {
        missing("D2", list.mark, fmt::format("no Send connector of {} takes mail for {}", o.name, domain), r);
        return;
    }
    const auto needs = [&](bool fulfilled, const source_mark& mark, std::string_view what) {
        if (!fulfilled)
            missing("D2", first_known({mark, c->mark, list.mark}),
                    fmt::format("Send connector {} takes mail for {} and needs {}", c->name, domain, what),
                    r);
    };
    needs(*c->domain_secure_enabled, c->domain_secure_enabled.mark, "DomainSecureEnabled $true");
    needs(*c->dns_routing_enabled, c->dns_routing_enabled.mark, "DNSRoutingEnabled $true");
    needs(!*c->ignore_starttls, c->ignore_starttls.mark, "IgnoreSTARTTLS $false");
    if (*c->domain_secure_enabled && *c->frontend_proxy_enabled)
        r.warn(
            "check.front-end-proxy-domain-secure", first_known({c->frontend_proxy_enabled.mark, c->mark}),
            fmt::format("Domain Security is not in force for {}: Send connector {} sends through the Front "
                        "End Transport "
                        "service",
                        domain, c->name),
            "set FrontendProxyEnabled to false on a connector for domain-secured domains (talk: T32, T42)");
}

/// D7: what we offer as client must contain a mail domain of ours.
void review_own_certificate(const organization& o, const std::string& domain, configuration_review& r) {
    const auto* c = connector_for(o, domain);
    if (c == nullptr || !*c->domain_secure_enabled || o.accepted_domains->empty())
        return;
    for (const auto* s : sources_of(*c, o)) {
        const auto chosen = select_client_certificate(*s, *c, r.now(), r.switches(), r.memo());
        const auto* own = chosen.value.certificate;
        if (own != nullptr && match_names(own->cert, *o.accepted_domains, r.switches()).matched)
            continue;
        const auto shown = own == nullptr ? std::string("none") : own->cert.subject();
        missing("D7", first_known({c->tls_certificate_name.mark, c->fqdn.mark, c->mark}),
                fmt::format("{} offers certificate {} on Send connector {}, which contains none of {}",
                            s->name, shown, c->name, join(*o.accepted_domains, ", ")),
                r);
    }
}

bool secures(const receive_connector& c) {
    return *c.enabled && *c.domain_secure_enabled && (*c.auth & auth_tls) != 0 &&
           (*c.auth & auth_external_authoritative) == 0;
}

bool has_receive_connector(const organization& o) {
    for (const auto& s : o.servers)
        if (s.is_exchange() && std::any_of(s.receive_connectors.begin(), s.receive_connectors.end(), secures))
            return true;
    return false;
}

/// A list that is filled needs the rest.
void review_lists(const organization& o, configuration_review& r) {
    const auto& send = o.transport.tls_send_domain_secure_list;
    const auto& receive = o.transport.tls_receive_domain_secure_list;
    for (const auto& domain : *send) {
        review_send_connector(o, domain, r);
        review_own_certificate(o, domain, r);
        if (!contains(receive, domain))
            missing(
                "D5", first_known({receive.mark, send.mark}),
                fmt::format("{} is in TLSSendDomainSecureList of {} and not in TLSReceiveDomainSecureList",
                            domain, o.name),
                r);
    }
    for (const auto& domain : *receive) {
        if (!has_receive_connector(o))
            missing("D4", receive.mark,
                    fmt::format("no Receive connector of {} has DomainSecureEnabled $true with Tls in "
                                "AuthMechanism, which "
                                "mail from {} needs",
                                o.name, domain),
                    r);
        if (!contains(send, domain))
            missing(
                "D5", first_known({send.mark, receive.mark}),
                fmt::format("{} is in TLSReceiveDomainSecureList of {} and not in TLSSendDomainSecureList",
                            domain, o.name),
                r);
    }
}

/// Edge's own connectors come with DomainSecureEnabled and wait for the lists (D9).
bool waits_for_lists(const send_connector& c) {
    return ascii_istarts_with(c.name, "EdgeSync - ");
}

/// A connector that is prepared needs the lists.
void review_prepared_connectors(const organization& o, configuration_review& r) {
    const auto& send = o.transport.tls_send_domain_secure_list;
    for (const auto& c : o.send_connectors) {
        const bool used = std::any_of(send->begin(), send->end(),
                                      [&](const std::string& d) { return connector_for(o, d) == &c; });
        if (*c.enabled && *c.domain_secure_enabled && !used && !waits_for_lists(c))
            missing("D1", first_known({c.domain_secure_enabled.mark, send.mark, c.mark}),
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
                missing("D3", first_known({c.domain_secure_enabled.mark, receive.mark, c.mark}),
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
                missing(
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
