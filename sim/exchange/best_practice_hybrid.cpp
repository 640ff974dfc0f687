// Findings on the connectors between Exchange and Exchange Online, as the hybrid wizard should have left
// them.
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

constexpr std::string_view online = "mail.protection.outlook.com";

bool is_online(std::string_view host) {
    return same_domain(host, online) || is_subdomain(host, online);
}

/// What the HealthChecker calls misconfigured, a finding each.
void review_settings(const send_connector& c, configuration_review& r) {
    const auto needs = [&](bool fulfilled, const source_mark& mark, std::string_view what,
                           std::string_view otherwise) {
        if (!fulfilled)
            r.warn("check.hybrid-connector", first_known({mark, c.mark}),
                   fmt::format("Send connector {} leads to Exchange Online and needs {}", c.name, what),
                   fmt::format("{}; the hybrid wizard sets it (talk: T24, T37)", otherwise));
    };
    needs(!c.tls_certificate_name->empty(), c.tls_certificate_name.mark, "TlsCertificateName",
          "Exchange Online knows the organization by its certificate");
    needs(*c.cloud_services_mail_enabled, c.cloud_services_mail_enabled.mark,
          "CloudServicesMailEnabled $true", "without it mail arrives as that of a stranger");
    const auto level = *c.level;
    needs(level && *level != tls_auth_level::encryption_only, c.level.mark, "TlsAuthLevel DomainValidation",
          "any certificate will do otherwise");
    if (level == tls_auth_level::domain_validation)
        needs(same_domain(*c.tls_domain, online), first_known({c.tls_domain.mark, c.level.mark}),
              fmt::format("TlsDomain {}", online), "that name is on the service's certificate");
}

std::string wildcard_of(const certs::certificate& c) {
    const auto names = c.domains();
    const auto found = std::find_if(names.begin(), names.end(), is_wildcard_name);
    return found == names.end() ? "" : *found;
}

template <class Connector>
void review_wildcard(const Connector& c, std::string_view kind, const certificate_choice& chosen,
                     configuration_review& r) {
    if (chosen.certificate == nullptr || c.tls_certificate_name->empty())
        return;
    const auto wildcard = wildcard_of(chosen.certificate->cert);
    if (!wildcard.empty())
        r.warn(
            "check.hybrid-wildcard", first_known({c.tls_certificate_name.mark, c.mark}),
            fmt::format("{} {} names a certificate with the wildcard {}", kind, c.name, wildcard),
            "the inbound connector of Exchange Online then knows any host of the domain: use a dedicated "
            "certificate, and look at TlsSenderCertificateName after every run of the hybrid wizard (talk: "
            "T25, T27)");
}

/// AD LDS of an Edge server holds 256 characters of it; more stops EdgeSync of the connector.
void review_length(const send_connector& c, const organization& o, configuration_review& r) {
    const auto sources = sources_of(c, o);
    const bool on_edge = !c.source_transport_servers->empty() &&
                         std::any_of(sources.begin(), sources.end(),
                                     [](const server* s) { return s->role == server_role::edge; });
    if (on_edge && c.tls_certificate_name->size() > 256)
        r.warn(
            "check.certificate-name-too-long", c.tls_certificate_name.mark,
            fmt::format("TlsCertificateName of Send connector {} has {} characters, and EdgeSync carries 256",
                        c.name, c.tls_certificate_name->size()),
            "set Fqdn to a name on the certificate and clear TlsCertificateName, or use a certificate with "
            "shorter names (talk: T26, T37)");
}

/// The wizard's settings stand where Exchange Online's connections do not arrive.
void review_arrival(const receive_connector& c, const server& s, configuration_review& r) {
    if (s.addresses->empty())
        return;
    for (const auto& o : r.organizations())
        for (const auto& peer : o.servers)
            for (const auto& address : *peer.addresses) {
                if (peer.role != server_role::exchange_online)
                    continue;
                const auto taken = select_receive_connector(s, {s.addresses->front(), 25}, address);
                if (taken.value == nullptr || taken.value == &c || is_hybrid(*taken.value))
                    continue;
                r.warn("check.capabilities-elsewhere", first_known({c.tls_domain_capabilities.mark, c.mark}),
                       fmt::format("Receive connector {} has TlsDomainCapabilities for Exchange Online, and "
                                   "its connections arrive at {}",
                                   c.identity(), taken.value->identity()),
                       "move the value to the connector that takes them, or its mail is anonymous (talk: "
                       "T31)");
                return;
            }
}

/// Keys of the form <I>…<S>… hold until Exchange Online's certificate has another issuer.
void review_keys(const receive_connector& c, configuration_review& r) {
    for (const auto& key : *c.tls_domain_capabilities)
        if (key.starts_with('<'))
            r.warn(
                "check.capabilities-by-issuer", first_known({c.tls_domain_capabilities.mark, c.mark}),
                fmt::format("TlsDomainCapabilities of {} names one certificate: {}", c.identity(), key),
                "it matches no more when the issuer changes, and mail becomes anonymous: write the domain, "
                "mail.protection.outlook.com:… (talk: T31)");
}

void review_hybrid_sending(const send_connector& c, const organization& o, configuration_review& r) {
    review_settings(c, r);
    const auto sources = sources_of(c, o);
    if (!sources.empty()) // one certificate by issuer and subject, whatever the server
        review_wildcard(c, "Send connector",
                        select_client_certificate(*sources.front(), c, r.now(), r.switches(), r.memo()).value,
                        r);
}

} // namespace

bool is_hybrid(const send_connector& c) {
    const auto& hosts = *c.smart_hosts;
    const auto& spaces = *c.address_spaces;
    return std::any_of(hosts.begin(), hosts.end(), is_online) ||
           std::any_of(spaces.begin(), spaces.end(),
                       [](const address_space& a) { return is_subdomain(a.domain, "mail.onmicrosoft.com"); });
}

bool is_hybrid(const receive_connector& c) {
    const auto& all = *c.tls_domain_capabilities;
    return std::any_of(all.begin(), all.end(), [](const std::string& entry) {
        return is_online(std::string_view(entry).substr(0, entry.find(':')));
    });
}

void review_hybrid(const organization& o, configuration_review& r) {
    for (const auto& c : o.send_connectors) {
        if (*c.enabled && is_hybrid(c))
            review_hybrid_sending(c, o, r);
        if (*c.enabled)
            review_length(c, o, r);
    }
    for (const auto& s : o.servers)
        for (const auto& c : s.receive_connectors) {
            if (s.is_exchange() && *c.enabled)
                review_keys(c, r);
            if (!s.is_exchange() || !*c.enabled || !is_hybrid(c))
                continue;
            review_wildcard(c, "Receive connector",
                            select_starttls_certificate(s, c, r.now(), r.switches(), r.memo()).value, r);
            review_arrival(c, s, r);
        }
}

} // namespace connlab::exchange
