// Combinations of a tenant's parameters that contradict each other, and tenants that overlap (Exchange Online
// sheet 1.1, 1.5, 2.1). Which of them Exchange Online refuses itself is public for few.
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/online_validation.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace connlab::exchange {

namespace {

constexpr std::size_t longest_name = 64;

void check_restrictions(const inbound_connector& c, refusals& found) {
    struct restriction {
        std::string_view name;
        const located<bool>& on;
        std::string_view needed;
        bool given;
    };
    const restriction all[] = {
        {"RestrictDomainsToIPAddresses", c.restrict_domains_to_ip_addresses, "SenderIPAddresses",
         !c.sender_ip_addresses->empty()},
        {"RestrictDomainsToCertificate", c.restrict_domains_to_certificate, "TlsSenderCertificateName",
         !c.tls_sender_certificate_name->empty()},
    };
    for (const auto& r : all) {
        if (!*r.on)
            continue;
        if (c.on_premises())
            found.in_our_words("I2", first_known({r.on.mark, c.type.mark}),
                               fmt::format("{} is for connectors of type Partner", r.name));
        else if (!r.given)
            found.in_our_words("I3", r.on.mark, fmt::format("{} $true needs {}", r.name, r.needed));
    }
}

void check_internal(const inbound_connector& c, refusals& found) {
    if (!*c.treat_messages_as_internal)
        return;
    const auto& mark = c.treat_messages_as_internal.mark;
    if (!c.on_premises())
        found.in_our_words("I4", first_known({mark, c.type.mark}),
                           "TreatMessagesAsInternal is for connectors of type OnPremises");
    if (*c.cloud_services_mail_enabled)
        found.in_our_words("I4", first_known({mark, c.cloud_services_mail_enabled.mark}),
                           "TreatMessagesAsInternal $true needs CloudServicesMailEnabled $false");
    if (*c.source == connector_source::hybrid_wizard)
        found.in_our_words("I4", first_known({mark, c.source.mark}),
                           "TreatMessagesAsInternal is not for the hybrid wizard's connector");
}

void check_evidence(const inbound_connector& c, refusals& found) {
    const bool certificate = !c.tls_sender_certificate_name->empty();
    const bool address = !c.sender_ip_addresses->empty();
    if (c.on_premises() && !certificate && !address)
        found.in_our_words("I5", first_known({c.type.mark, c.mark}),
                           "A connector of type OnPremises needs TlsSenderCertificateName or "
                           "SenderIPAddresses: without them it matches nothing");
    if (*c.restrict_domains_to_ip_addresses && *c.restrict_domains_to_certificate)
        found.in_our_words(
            "I6",
            first_known({c.restrict_domains_to_certificate.mark, c.restrict_domains_to_ip_addresses.mark}),
            "RestrictDomainsToIPAddresses and RestrictDomainsToCertificate stand in one "
            "connector",
            "make two connectors, one for the addresses and one for the certificate");
}

void check_routing(const outbound_connector& c, refusals& found) {
    if (!*c.use_mx_record && c.smart_hosts->empty())
        found.in_our_words("O2", first_known({c.use_mx_record.mark, c.mark}),
                           "UseMXRecord $false needs SmartHosts");
    if (*c.use_mx_record && !c.smart_hosts->empty())
        found.in_our_words("O2", first_known({c.smart_hosts.mark, c.use_mx_record.mark}),
                           "SmartHosts needs UseMXRecord $false");
    const std::pair<std::string_view, const located<bool>*> own[] = {
        {"AllAcceptedDomains", &c.all_accepted_domains},
        {"RouteAllMessagesViaOnPremises", &c.route_all_messages_via_on_premises}};
    for (const auto& [name, on] : own)
        if (**on && !c.on_premises())
            found.in_our_words("O3", first_known({on->mark, c.type.mark}),
                               fmt::format("{} is for connectors of type OnPremises", name));
    if (const auto rewriting = c.without_effect.find("SenderRewritingEnabled");
        rewriting != c.without_effect.end() && *rewriting->second == "True" && !c.on_premises())
        found.in_our_words("O3", first_known({rewriting->second.mark, c.type.mark}),
                           "SenderRewritingEnabled is for connectors of type OnPremises");
    if (c.recipient_domains->empty() && !*c.all_accepted_domains && !*c.transport_rule_scoped)
        found.in_our_words("O5", first_known({c.recipient_domains.mark, c.mark}),
                           "The connector needs RecipientDomains, AllAcceptedDomains or "
                           "IsTransportRuleScoped: without them it takes no mail");
}

void check_tls(const outbound_connector& c, refusals& found) {
    const bool by_domain = *c.tls_settings == tls_auth_level::domain_validation;
    if (!by_domain && !c.tls_domain->empty())
        found.in_our_words("O4", first_known({c.tls_domain.mark, c.tls_settings.mark}),
                           "TlsDomain needs TlsSettings DomainValidation");
    if (by_domain && c.tls_domain->empty())
        found.in_our_words("O4", first_known({c.tls_domain.mark, c.tls_settings.mark}),
                           "TlsSettings DomainValidation needs TlsDomain");
}

void check_recipients(const tenant& t, refusals& found) {
    for (const auto& address : *t.recipients)
        if (const auto domain = mail_domain(address); !domain.empty() && !t.accepts(domain))
            found.in_our_words("N2", t.recipients.mark,
                               fmt::format("{} is in no accepted domain of tenant {}", address, t.name));
    for (const auto& address : *t.authenticated_senders_only)
        if (!t.has_recipient(address))
            found.in_our_words("N2", t.authenticated_senders_only.mark,
                               fmt::format("{} is no recipient of tenant {}", address, t.name));
}

void check_associated_domains(const tenant& t, const inbound_connector& c, refusals& found) {
    for (const auto& domain : *c.associated_accepted_domains)
        if (!t.accepts(domain))
            found.in_our_words("N3", c.associated_accepted_domains.mark,
                               fmt::format("AssociatedAcceptedDomains: {} is no accepted domain of tenant {}",
                                           domain, t.name));
}

} // namespace

diagnostics validate(const inbound_connector& c) {
    refusals found;
    if (c.sender_domains->empty())
        found.in_our_words("I1", first_known({c.sender_domains.mark, c.mark}),
                           "An inbound connector needs SenderDomains");
    check_restrictions(c, found);
    check_internal(c, found);
    check_evidence(c, found);
    return found.take();
}

diagnostics validate(const outbound_connector& c) {
    refusals found;
    if (c.name.size() > longest_name)
        found.in_our_words("O1", c.mark,
                           fmt::format("The name of an outbound connector has at most {} characters, not {}",
                                       longest_name, c.name.size()));
    check_routing(c, found);
    check_tls(c, found);
    return found.take();
}

diagnostics validate(const tenant& t) {
    refusals found;
    check_recipients(t, found);
    for (const auto& c : t.inbound_connectors)
        check_associated_domains(t, c, found);
    return found.take();
}

diagnostics validate(const tenant& t, const inbound_connector& c) {
    refusals found;
    check_associated_domains(t, c, found);
    return found.take();
}

diagnostics validate(const std::vector<tenant>& all) {
    refusals found;
    std::map<std::string, const tenant*, ascii_iless> owners;
    for (const auto& t : all)
        for (const auto& d : t.accepted_domains)
            if (const auto [first, fresh] = owners.emplace(d.domain, &t); !fresh)
                found.in_our_words("N1", first_known({d.name.mark, t.mark}),
                                   fmt::format("{} is an accepted domain of tenant {} already", d.domain,
                                               first->second->name),
                                   "a domain belongs to one tenant of the service");
    return found.take();
}

} // namespace connlab::exchange
