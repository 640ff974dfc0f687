// Set-SendConnector's rules between parameters (on-premises sheet 2.2). V8 and V12 are findings, not
// refusals: best_practice.
#include "sim/base/ascii.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

bool is_smtp(const address_space& a) {
    return ascii_iequal(a.type, "SMTP");
}

bool routes_to_smart_host(const send_connector& c) {
    return !*c.dns_routing_enabled && !c.smart_hosts->empty();
}

std::string value_of(const located<smart_host_auth>& a) {
    return std::string(to_string(*a));
}

void check_level(const send_connector& c, refusals& found) {
    if (c.level->has_value() && !*c.require_tls)
        found.in_our_words("V2", first_known({c.require_tls.mark, c.level.mark}),
                           fmt::format("TlsAuthLevel {} needs RequireTLS $true", to_string(**c.level)),
                           "set RequireTLS to true, or take TlsAuthLevel away");
    if (c.level->has_value() && *c.ignore_starttls)
        found.in_our_words("V2", first_known({c.ignore_starttls.mark, c.level.mark}),
                           fmt::format("TlsAuthLevel {} needs IgnoreSTARTTLS $false", to_string(**c.level)));
    else if (*c.require_tls && *c.ignore_starttls) // with a level, V2 has said it
        found.in_our_words("V1", first_known({c.ignore_starttls.mark, c.require_tls.mark}),
                           "RequireTLS $true needs IgnoreSTARTTLS $false");
}

void check_tls_domain(const send_connector& c, refusals& found) {
    const bool validates_domain = *c.level == tls_auth_level::domain_validation;
    if (validates_domain && !*c.dns_routing_enabled && c.tls_domain->empty())
        found.in_our_words("V3", first_known({c.tls_domain.mark, c.level.mark, c.dns_routing_enabled.mark}),
                           "TlsAuthLevel DomainValidation with DNSRoutingEnabled $false needs TlsDomain",
                           "TlsDomain is a name that the smart host's certificate contains");
    if (!validates_domain && !c.tls_domain->empty())
        found.in_exchange_words("V4", first_known({c.tls_domain.mark, c.level.mark}),
                                "The TLSDomain parameter can only be set if the TLSAuthLevel parameter is "
                                "set to DomainValidation.");
}

void check_next_hop(const send_connector& c, refusals& found) {
    if (*c.dns_routing_enabled && !c.smart_hosts->empty())
        found.in_our_words("V5", first_known({c.dns_routing_enabled.mark, c.smart_hosts.mark}),
                           "SmartHosts needs DNSRoutingEnabled $false");
    if (!*c.dns_routing_enabled && c.smart_hosts->empty())
        found.in_our_words("V5", first_known({c.dns_routing_enabled.mark, c.smart_hosts.mark}),
                           "DNSRoutingEnabled $false needs SmartHosts");
    for (const auto& a : *c.address_spaces)
        if (!is_smtp(a) && !routes_to_smart_host(c)) {
            found.in_our_words("V11", c.address_spaces.mark,
                               fmt::format("The address space {} is not SMTP and needs a smart host with "
                                           "DNSRoutingEnabled $false",
                                           to_string(a)));
            break;
        }
}

void check_authentication(const send_connector& c, refusals& found) {
    const auto& auth = c.smart_host_auth_mechanism;
    if (*auth != smart_host_auth::none && !routes_to_smart_host(c))
        found.in_our_words(
            "V6", auth.mark,
            fmt::format("SmartHostAuthMechanism {} needs SmartHosts and DNSRoutingEnabled $false",
                        value_of(auth)));
    const bool basic =
        *auth == smart_host_auth::basic_auth || *auth == smart_host_auth::basic_auth_require_tls;
    if (basic && !*c.authentication_credential)
        found.in_our_words(
            "V7", auth.mark,
            fmt::format("SmartHostAuthMechanism {} needs AuthenticationCredential", value_of(auth)));
}

/// `EdgeSync - Inbound to SITE` is kept in Active Directory and used on an Edge.
bool is_of_edge_sync(const send_connector& c) {
    return *c.smart_hosts == std::vector<std::string>{"--"};
}

void check_role(const send_connector& c, server_role role, refusals& found) {
    const bool edge = role == server_role::edge;
    for (const auto& a : *c.address_spaces) {
        if (edge && !is_smtp(a))
            found.in_our_words(
                "V9", c.address_spaces.mark,
                fmt::format("The address space {} is not SMTP; on an Edge Transport server all are",
                            to_string(a)));
        if (!edge && a.domain == "--" && !is_of_edge_sync(c))
            found.in_our_words(
                "V9", c.address_spaces.mark,
                "The address space -- (all accepted domains) is for Edge Transport servers only");
    }
    if (!edge && !c.source_ip_address->empty())
        found.in_our_words("V13", c.source_ip_address.mark,
                           "SourceIPAddress is for Edge Transport servers only");
}

/// The readers of the parameters refuse these already; a connector made by a program comes without readers.
void check_ranges(const send_connector& c, refusals& found) {
    for (const auto& a : *c.address_spaces)
        if (a.cost < 1 || a.cost > 100)
            found.in_our_words(
                "V10", c.address_spaces.mark,
                fmt::format("The cost of address space {} is not a number from 1 to 100", to_string(a)));
    if (*c.port < 0 || *c.port > 65535)
        found.in_our_words("V10", c.port.mark,
                           fmt::format("Port {} is not a number from 0 to 65535", *c.port));
    const auto& idle = c.connection_inactivity_timeout;
    if (*idle < std::chrono::seconds{1} || *idle > std::chrono::hours{24})
        found.in_our_words(
            "V10", idle.mark,
            fmt::format("ConnectionInactivityTimeOut {} is not in the range from 00:00:01 to 1.00:00:00",
                        format_duration(*idle)));
}

} // namespace

diagnostics validate(const send_connector& c, server_role role) {
    refusals found;
    check_level(c, found);
    check_tls_domain(c, found);
    check_next_hop(c, found);
    check_authentication(c, found);
    check_role(c, role, found);
    check_ranges(c, found);
    auto all = found.take();
    for (auto& d : all)
        d.mark = first_known({d.mark, c.mark});
    return all;
}

} // namespace connlab::exchange
