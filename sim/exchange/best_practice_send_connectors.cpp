// Findings on what Send connectors demand of the peer.
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/best_practice.hpp"
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

bool is_peer(const server& s, const organization& theirs, const send_connector& c, const organization& o) {
    if (!*c.dns_routing_enabled)
        return std::any_of(c.smart_hosts->begin(), c.smart_hosts->end(),
                           [&](const std::string& host) { return is_server(s, host); });
    return std::any_of(theirs.accepted_domains->begin(), theirs.accepted_domains->end(),
                       [&](const std::string& d) { return is_domain_name(d) && connector_for(o, d) == &c; });
}

/// Known peers, and none of them asks for a client certificate. An Exchange server always asks.
bool nobody_asks(const send_connector& c, const organization& o, const configuration_review& r) {
    bool any = false;
    for (const auto& theirs : r.organizations())
        for (const auto& s : theirs.servers) {
            if (&theirs == &o || !is_peer(s, theirs, c, o))
                continue;
            any = true;
            if (s.role != server_role::smtp ||
                *s.partner.ask_client_certificate != tls::client_certificate::not_asked)
                return false;
        }
    return any;
}

/// The binding buys nothing, and a renewal by another CA stops the mail.
void review_needless_binding(const send_connector& c, const organization& o, configuration_review& r) {
    if (!c.tls_certificate_name->empty() && !is_hybrid(c) && nobody_asks(c, o, r))
        r.note(
            "check.certificate-name-needless", first_known({c.tls_certificate_name.mark, c.mark}),
            fmt::format("Send connector {} names a certificate, and nobody it leads to asks for one", c.name),
            "leave TlsCertificateName empty: once it is stale, mail waits with 454 4.7.5 (talk: T28, T37)");
}

/// The chain alone proves that somebody owns a certificate, and MX records can be forged.
void review_unnamed_peer(const send_connector& c, const organization& o, configuration_review& r) {
    if (*c.dns_routing_enabled && !*c.domain_secure_enabled && leads_outside(c, o))
        r.note(
            "check.level-without-name", first_known({c.level.mark, c.mark}),
            fmt::format("Send connector {} validates the chain of whatever host DNS names, and no name: any "
                        "certificate of a trusted CA will do",
                        c.name),
            "TlsAuthLevel DomainValidation with TlsDomain says who may answer (talk: T35, T36, T38)");
}

/// BASE64 hides nothing: where the smart host offers no TLS, or somebody takes it away, the password is
/// readable.
void review_password(const send_connector& c, configuration_review& r) {
    if (*c.smart_host_auth_mechanism == smart_host_auth::basic_auth && !*c.require_tls)
        r.warn(
            "check.password-in-clear", first_known({c.smart_host_auth_mechanism.mark, c.mark}),
            fmt::format("Send connector {} sends its password to a smart host without demanding TLS", c.name),
            "SmartHostAuthMechanism BasicAuthRequireTLS, or RequireTLS, keeps it inside TLS");
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
    review_needless_binding(c, o, r);
    review_password(c, r);
    if (level == tls_auth_level::certificate_validation)
        review_unnamed_peer(c, o, r);
    if (level && *c.domain_secure_enabled)
        r.note("check.level-beside-domain-secure",
               first_known({c.level.mark, c.domain_secure_enabled.mark, c.mark}),
               fmt::format("Send connector {} has TlsAuthLevel beside DomainSecureEnabled: that both checks "
                           "apply is assumed",
                           c.name),
               "use one of the two (rule V12; talk: T32, T35)");
}

} // namespace

void review_send_connectors(const organization& o, configuration_review& r) {
    for (const auto& c : o.send_connectors)
        if (*c.enabled)
            review_send_connector(c, o, r);
}

} // namespace connlab::exchange
