// Findings on connectors: what they demand of the peer, and what was changed at setup's own ones.
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/parameters.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

bool is_server(const server& s, std::string_view host) {
    return same_domain(*s.fqdn, host) || ascii_iequal(s.name, host) ||
           std::any_of(s.addresses->begin(), s.addresses->end(),
                       [&](const ip_address& a) { return to_string(a) == host; });
}

bool is_own_host(const organization& o, std::string_view host) {
    return host == "--" || std::any_of(o.servers.begin(), o.servers.end(),
                                       [&](const server& s) { return is_server(s, host); });
}

bool leads_outside(const send_connector& c, const organization& o) {
    if (*c.dns_routing_enabled)
        return std::any_of(c.address_spaces->begin(), c.address_spaces->end(),
                           [&](const address_space& a) { return a.domain != "--" && !o.accepts(a.domain); });
    return std::any_of(c.smart_hosts->begin(), c.smart_hosts->end(),
                       [&](const std::string& host) { return !is_own_host(o, host); });
}

/// What a connector leads to, as far as the scenario holds it.
struct peer {
    std::string name;   // of the smart host or the organization
    std::string domain; // the recipient domain that leads there; empty: a smart host
    std::vector<const certs::certificate*> certificates;
};

void add_certificates(const server& s, peer& p) {
    for (const auto& c : s.certificates)
        if (c.has_private_key())
            p.certificates.push_back(&c.cert);
}

std::vector<peer> smart_host_peers(const send_connector& c, const configuration_review& r) {
    std::vector<peer> out;
    for (const auto& host : *c.smart_hosts)
        for (const auto& o : r.organizations())
            for (const auto& s : o.servers)
                if (is_server(s, host)) {
                    out.push_back({host, {}, {}});
                    add_certificates(s, out.back());
                }
    return out;
}

std::vector<peer> domain_peers(const send_connector& c, const organization& own,
                               const configuration_review& r) {
    std::vector<peer> out;
    for (const auto& o : r.organizations())
        for (const auto& domain : *o.accepted_domains) {
            if (&o == &own || !is_domain_name(domain) || connector_for(own, domain) != &c)
                continue;
            out.push_back({o.name, domain, {}});
            for (const auto& s : o.servers)
                add_certificates(s, out.back());
        }
    return out;
}

std::vector<peer> peers_of(const send_connector& c, const organization& o, const configuration_review& r) {
    auto all = *c.dns_routing_enabled ? domain_peers(c, o, r) : smart_host_peers(c, r);
    all.erase(std::remove_if(all.begin(), all.end(), [](const peer& p) { return p.certificates.empty(); }),
              all.end());
    return all;
}

bool holds(const peer& p, const std::string& reference, const configuration_review& r) {
    return std::any_of(p.certificates.begin(), p.certificates.end(), [&](const auto* certificate) {
        return match_names(*certificate, {reference}, r.switches()).matched;
    });
}

std::string names_of(const peer& p) {
    std::vector<std::string> names;
    for (const auto* c : p.certificates)
        for (const auto& name : c->domains())
            if (std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
    return join(names, ", ");
}

void review_tls_domain(const send_connector& c, const organization& o, configuration_review& r) {
    const auto& reference = *c.tls_domain;
    for (const auto& p : peers_of(c, o, r)) {
        if (holds(p, reference, r))
            continue;
        r.warn("check.tls-domain-unmatched", c.tls_domain.mark,
               fmt::format("TlsDomain {} of Send connector {} matches no certificate of {}", reference,
                           c.name, p.name),
               fmt::format("its certificates contain {} (talk: T36, T38)", names_of(p)));
        review_wildcards(p.certificates, reference, "TlsDomain of Send connector " + c.name,
                         c.tls_domain.mark, r);
    }
}

void review_unset_tls_domain(const send_connector& c, const organization& o, configuration_review& r) {
    const auto peers = peers_of(c, o, r);
    const auto mark = first_known({c.level.mark, c.mark});
    for (const auto& p : peers)
        if (!p.domain.empty() && !holds(p, p.domain, r)) {
            r.warn(
                "check.tls-domain-unset", mark,
                fmt::format(
                    "Send connector {} has no TlsDomain, so {} must show a certificate with {}; it has none",
                    c.name, p.name, p.domain),
                fmt::format("set TlsDomain to one of {} (talk: T36, T38)", names_of(p)));
            return;
        }
    const auto message = fmt::format(
        "Send connector {} has DomainValidation without TlsDomain: the recipient's domain is looked for",
        c.name);
    const std::string hint = "few certificates contain the mail domain; TlsDomain names the host (talk: T36)";
    if (peers.empty())
        r.warn("check.tls-domain-unset", mark, message, hint);
    else
        r.note("check.tls-domain-unset", mark, message, hint);
}

void review_send_connector(const send_connector& c, const organization& o, configuration_review& r) {
    const auto level = *c.level;
    const bool exact_host = *c.smart_host_auth_mechanism == smart_host_auth::basic_auth_require_tls;
    if (*c.require_tls && !level && !*c.domain_secure_enabled && !exact_host && leads_outside(c, o))
        r.warn("check.require-tls-without-level", first_known({c.require_tls.mark, c.mark}),
               fmt::format("Send connector {} requires TLS of an external host but has no TlsAuthLevel: any "
                           "certificate will "
                           "do",
                           c.name),
               "TlsAuthLevel CertificateValidation or DomainValidation says who may answer (talk: T34, T35, "
               "T36)");
    if (level == tls_auth_level::domain_validation) {
        if (c.tls_domain->empty())
            review_unset_tls_domain(c, o, r);
        else
            review_tls_domain(c, o, r);
    }
    if (level && *c.domain_secure_enabled)
        r.note("check.level-beside-domain-secure",
               first_known({c.level.mark, c.domain_secure_enabled.mark, c.mark}),
               fmt::format("Send connector {} has TlsAuthLevel beside DomainSecureEnabled: that both checks "
                           "apply is assumed",
                           c.name),
               "use one of the two (rule V12)");
}

/// The hybrid wizard sets these on Default Frontend, and the log level harms nobody.
bool may_be_changed(const receive_connector& c, std::string_view parameter) {
    if (parameter == "ProtocolLoggingLevel" || parameter == "Comment")
        return true;
    return *c.role == transport_role::frontend_transport &&
           (parameter == "TlsCertificateName" || parameter == "TlsDomainCapabilities");
}

void review_default_connector(const receive_connector& c, const receive_connector& original,
                              configuration_review& r) {
    for (const auto& p : receive_connector_parameters()) {
        const auto is = p.show(c);
        const auto was = p.show(original);
        if (is == was || may_be_changed(c, p.name))
            continue;
        r.warn("check.default-connector-changed", first_known({p.mark(c), c.mark}),
               fmt::format("{} of the default Receive connector {} is {} and was {}", p.name, c.identity(),
                           is.empty() ? "$null" : is, was.empty() ? "$null" : was),
               "Exchange's own mail flow depends on this connector: leave it and make one of your own (talk: "
               "T29, T43)");
    }
}

void review_receive_connector(const receive_connector& c, const server& s, const organization& o,
                              configuration_review& r) {
    if (*c.suppress_x_anonymous_tls)
        r.note(
            "R11", c.suppress_x_anonymous_tls.mark,
            fmt::format(
                "SuppressXAnonymousTls of Receive connector {} needs UseDowngradedExchangeServerAuth on the "
                "transport service",
                c.identity()),
            "see \"Disable TLS between Active Directory sites\"; the lab does not hold that setting");
    if ((*c.auth & auth_exchange_server) != 0 || c.made_by_setup || s.addresses->empty())
        return;
    for (const auto& other : o.servers)
        for (const auto& address : *other.addresses) {
            const endpoint local{s.addresses->front(), 25};
            if (&other == &s || !other.is_exchange() ||
                select_receive_connector(s, local, address).value != &c)
                continue;
            r.warn("check.relay-captures-exchange", first_known({c.remote_ip_ranges.mark, c.mark}),
                   fmt::format("Receive connector {} takes the connections of Exchange server {} and has no "
                               "ExchangeServer "
                               "in AuthMechanism",
                               c.identity(), other.name),
                   "take its address out of RemoteIPRanges, or its sender sees 451 5.7.3 Cannot achieve "
                   "Exchange Server "
                   "authentication (talk: T43)");
            return;
        }
}

} // namespace

void review_connectors(const organization& o, configuration_review& r) {
    for (const auto& c : o.send_connectors)
        if (*c.enabled)
            review_send_connector(c, o, r);
    for (const auto& s : o.servers) {
        if (!s.is_exchange())
            continue;
        const auto originals = default_receive_connectors(s);
        for (const auto& c : s.receive_connectors) {
            for (const auto& original : originals)
                if (c.made_by_setup && ascii_iequal(c.name, original.name))
                    review_default_connector(c, original, r);
            if (*c.enabled)
                review_receive_connector(c, s, o, r);
        }
    }
}

} // namespace connlab::exchange
