// Domain Security, the certificates: each side's must satisfy the other (on-premises sheet 4.1, D6 and D7).
#include "sim/base/ascii.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <map>

namespace connlab::exchange {

namespace {

std::vector<certs::certificate> as_presented(const stored_certificate& c) {
    std::vector<certs::certificate> chain{c.cert};
    chain.insert(chain.end(), c.sent_with.begin(), c.sent_with.end());
    return chain;
}

/// One domain of the list, from one of our servers, by one connector.
struct secured_way {
    const organization& ours;
    const server& source;
    const send_connector& connector;
    std::string domain;
};

const stored_certificate* offered(const secured_way& w, configuration_review& r) {
    return select_client_certificate(w.source, w.connector, r.now(), r.switches(), r.memo())
        .value.certificate;
}

/// What we offer as client must contain a mail domain of ours.
void review_own_names(const secured_way& w, configuration_review& r) {
    const auto* own = offered(w, r);
    const auto& domains = *w.ours.accepted_domains;
    if (domains.empty() || (own != nullptr && match_names(own->cert, domains, r.switches()).matched))
        return;
    domain_security_lacks(
        "D7",
        first_known({w.connector.tls_certificate_name.mark, w.connector.fqdn.mark,
                     own == nullptr ? source_mark{} : own->mark, w.connector.mark}),
        own == nullptr
            ? fmt::format(
                  "{} offers no certificate on Send connector {}: one that contains one of {} is needed",
                  w.source.name, w.connector.name, join(domains, ", "))
            : fmt::format("{} offers certificate {} on Send connector {}, which contains none of {}",
                          w.source.name, own->cert.subject(), w.connector.name, join(domains, ", ")),
        r);
}

/// The partner validates the chain of what we offer, from his stores.
void review_own_chain(const secured_way& w, const server& peer, configuration_review& r) {
    const auto* own = offered(w, r);
    if (own == nullptr || !peer.is_exchange())
        return;
    const auto judged = judge_client_chain(peer, {true, as_presented(*own), r.now()}, r.switches(), r.memo());
    const auto word = reason_of(judged.value, r.switches()).word;
    if (!word.empty())
        domain_security_lacks("D6", first_known({own->mark, w.connector.mark}),
                              fmt::format("{} finds the certificate {} that {} offers not valid: {}",
                                          peer.name, own->cert.subject(), w.source.name, word),
                              r);
}

/// The certificate that the partner's server shows to ours; null: it offers no STARTTLS to it.
const stored_certificate* shown_by(const server& peer, const server& ours, configuration_review& r) {
    if (peer.addresses->empty() || ours.addresses->empty())
        return nullptr;
    const auto taken = select_receive_connector(peer, {peer.addresses->front(), 25}, ours.addresses->front());
    if (taken.value == nullptr)
        return nullptr;
    return select_starttls_certificate(peer, *taken.value, r.now(), r.switches(), r.memo()).value.certificate;
}

/// What the partner shows: its chain from our stores, and his mail domain on it.
void review_partner(const secured_way& w, const server& peer, configuration_review& r) {
    const auto* theirs = shown_by(peer, w.source, r);
    if (theirs == nullptr)
        return;
    const auto policy = outbound_tls_policy(w.ours, w.connector, w.domain, r.switches()).value;
    if (!policy.domain_secure)
        return;
    std::vector<trace::chain_view> views;
    const auto verdict = judge_server_certificate(w.source, w.connector, policy, as_presented(*theirs),
                                                  r.now(), r.switches(), r.memo(), views)
                             .value;
    if (verdict.action != send_action::queue)
        return;
    const bool name = verdict.reason == "SubjectMismatch";
    domain_security_lacks(name ? "D7" : "D6", first_known({theirs->mark, w.connector.mark}),
                          name
                              ? fmt::format("the certificate {} that {} shows does not contain {}",
                                            theirs->cert.subject(), peer.name, w.domain)
                              : fmt::format("{} finds the certificate {} that {} shows not valid: {}",
                                            w.source.name, theirs->cert.subject(), peer.name, verdict.reason),
                          r);
}

void review_way(const secured_way& w, configuration_review& r) {
    review_own_names(w, r);
    for (const auto& partner : r.organizations())
        for (const auto& peer : partner.servers)
            if (&partner != &w.ours && partner.accepts(w.domain)) {
                review_own_chain(w, peer, r);
                review_partner(w, peer, r);
            }
}

std::string_view remedy_of(std::string_view prerequisite) {
    static const std::map<std::string_view, std::string_view> remedies{
        {"D1", "put the domain, without wildcard, into TLSSendDomainSecureList"},
        {"D2",
         "the Send connector for the domain needs DomainSecureEnabled $true, DNSRoutingEnabled $true and "
         "IgnoreSTARTTLS $false"},
        {"D3", "put the sender's domain, without wildcard, into TLSReceiveDomainSecureList"},
        {"D4", "the Receive connector that the partner reaches needs DomainSecureEnabled $true and Tls in "
               "AuthMechanism, without ExternalAuthoritative"},
        {"D5", "put the domain into TLSSendDomainSecureList and TLSReceiveDomainSecureList"},
        {"D6", "use a certificate of a CA that the other side trusts, or install that CA's root there"},
        {"D7",
         "get a certificate with the mail domain: New-ExchangeCertificate -IncludeAcceptedDomains makes "
         "such a request"},
        {"D9", "set DomainSecureEnabled of the Edge server's connector back to $true"},
    };
    const auto found = remedies.find(prerequisite);
    return found == remedies.end() ? "set what is missing" : found->second;
}

} // namespace

void domain_security_lacks(std::string_view prerequisite, const source_mark& mark, std::string message,
                           configuration_review& r) {
    r.warn("check.domain-secure-half", mark,
           fmt::format("Domain Security is half configured, {} is missing: {}", prerequisite, message),
           fmt::format("{}, or take the domain out of both lists (talk: T11, T32)", remedy_of(prerequisite)));
}

void review_domain_security_certificates(const organization& o, configuration_review& r) {
    for (const auto& domain : *o.transport.tls_send_domain_secure_list) {
        const auto* c = connector_for(o, domain);
        if (c == nullptr || !*c->domain_secure_enabled)
            continue;
        for (const auto* s : sources_of(*c, o))
            review_way({o, *s, *c, domain}, r);
    }
}

} // namespace connlab::exchange
