// Findings on Receive connectors: what was changed at setup's own ones, and whose connections one's own take.
#include "sim/base/ascii.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/parameters.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace connlab::exchange {

namespace {

/// The log level harms nobody; the hybrid wizard sets the others on Default Frontend, and its administrator
/// on the connector of an Edge server (hybrid sheet 3.1, 3.2).
bool may_be_changed(const receive_connector& c, std::string_view parameter) {
    if (parameter == "ProtocolLoggingLevel" || parameter == "Comment")
        return true;
    if (parameter == "TlsCertificateName" || parameter == "TlsDomainCapabilities")
        return *c.role != transport_role::hub_transport;
    return parameter == "Fqdn" && *c.role == transport_role::edge;
}

/// Who can connect, how he authenticates and what he may do then: what Exchange's own mail flow rests on.
bool mail_flow_rests_on(std::string_view parameter) {
    static const std::set<std::string_view> names{
        "AuthMechanism",  "Bindings",   "DomainSecureEnabled",   "Enabled",          "Fqdn",
        "RemoteIPRanges", "RequireTLS", "SuppressXAnonymousTls", "PermissionGroups", "TransportRole"};
    return names.count(parameter) != 0;
}

/// `Default <Server>` takes the mail of the other Exchange servers: nothing on it should change.
void review_default_connector(const receive_connector& c, const receive_connector& original,
                              configuration_review& r) {
    const bool own_mail_flow = *c.role == transport_role::hub_transport;
    for (const auto& p : receive_connector_parameters()) {
        const auto is = p.show(c);
        const auto was = p.show(original);
        if (is == was || may_be_changed(c, p.name))
            continue;
        const auto mark = first_known({p.mark(c), c.mark});
        const auto message =
            fmt::format("{} of the default Receive connector {} is {} and was {}", p.name, c.identity(),
                        is.empty() ? "$null" : is, was.empty() ? "$null" : was);
        const std::string hint = "Exchange's own mail flow depends on this connector: put it back and make "
                                 "one of your own in the Front End (talk: T29, T43)";
        if (own_mail_flow || mail_flow_rests_on(p.name))
            r.warn("check.default-connector-changed", mark, message, hint);
        else
            r.note("check.default-connector-changed", mark, message, hint);
    }
}

void review_default_connectors(const server& s, configuration_review& r) {
    for (const auto& original : default_receive_connectors(s)) {
        const auto it = std::find_if(s.receive_connectors.begin(), s.receive_connectors.end(),
                                     [&](const auto& c) { return ascii_iequal(c.name, original.name); });
        if (it == s.receive_connectors.end())
            r.warn(
                "check.default-connector-deleted", s.mark,
                fmt::format("The default Receive connector {} is gone", original.identity()),
                "clients, Exchange servers or EdgeSync look for it: make it again as setup did (talk: T29, "
                "T43)");
        else if (it->made_by_setup)
            review_default_connector(*it, original, r);
    }
}

void review_suppressed_anonymous_tls(const receive_connector& c, configuration_review& r) {
    if (*c.suppress_x_anonymous_tls)
        r.note("R11", c.suppress_x_anonymous_tls.mark,
               fmt::format("SuppressXAnonymousTls of Receive connector {} needs "
                           "UseDowngradedExchangeServerAuth on the transport service",
                           c.identity()),
               "see \"Disable TLS between Active Directory sites\" (talk: T43)");
}

/// The Exchange servers whose connections to port 25 of `s` this connector takes.
std::vector<std::string> captured_by(const receive_connector& c, const server& s, const organization& o) {
    std::vector<std::string> names;
    const endpoint local{s.addresses->front(), 25};
    for (const auto& other : o.servers)
        if (&other != &s && other.is_exchange() &&
            std::any_of(other.addresses->begin(), other.addresses->end(), [&](const ip_address& a) {
                return select_receive_connector(s, local, a).value == &c;
            }))
            names.push_back(other.name);
    return names;
}

void review_captured_servers(const receive_connector& c, const server& s, const organization& o,
                             configuration_review& r) {
    if ((*c.auth & auth_exchange_server) != 0 || c.made_by_setup || s.addresses->empty())
        return;
    const auto captured = captured_by(c, s, o);
    if (!captured.empty())
        r.warn("check.relay-captures-exchange", first_known({c.remote_ip_ranges.mark, c.mark}),
               fmt::format("Receive connector {} takes the connections of Exchange server{} {} and has no "
                           "ExchangeServer in AuthMechanism",
                           c.identity(), captured.size() > 1 ? "s" : "", join(captured, ", ")),
               "take the address out of RemoteIPRanges, or its sender sees 451 5.7.3 Cannot achieve Exchange "
               "Server authentication (talk: T43)");
}

bool is_private(const ip_range& range) {
    for (const auto* block : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7"})
        if (parse_ip_range(block)->contains(range))
            return true;
    return false;
}

/// Anonymous submission from the own network: that is where devices and applications are.
void review_devices(const receive_connector& c, configuration_review& r) {
    const auto& ranges = *c.remote_ip_ranges;
    const bool inside = !ranges.empty() && std::all_of(ranges.begin(), ranges.end(),
                                                       [](const auto& x) { return is_private(x); });
    if (*c.require_tls && inside && (*c.permissions & group_anonymous_users) != 0 && !c.made_by_setup)
        r.note(
            "check.relay-requires-tls", first_known({c.require_tls.mark, c.mark}),
            fmt::format("Receive connector {} takes anonymous mail of the own network and has RequireTLS: a "
                        "printer or application without TLS sees 451 5.7.3 Must issue a STARTTLS command "
                        "first",
                        c.identity()),
            "give those a connector of their own, by address, without RequireTLS (talk: T51)");
}

void review_place(const receive_connector& c, const server& s, configuration_review& r) {
    if (s.role == server_role::mailbox && !c.made_by_setup && *c.role == transport_role::hub_transport)
        r.note("check.own-connector-in-hub", first_known({c.role.mark, c.mark}),
               fmt::format("Receive connector {} is one of your own and belongs to the Transport service",
                           c.identity()),
               "make it in the Front End: -TransportRole FrontendTransport (talk: T43)");
}

/// Whoever reaches it is as good as an Exchange server of the organization.
void review_external_security(const receive_connector& c, configuration_review& r) {
    const auto& ranges = *c.remote_ip_ranges;
    const bool open = std::any_of(ranges.begin(), ranges.end(), [](const ip_range& range) {
        return !is_private(range) && range.low.bytes[0] != range.high.bytes[0];
    });
    if ((*c.auth & auth_external_authoritative) != 0 && open)
        r.warn("check.externally-secured-for-everyone", first_known({c.remote_ip_ranges.mark, c.mark}),
               fmt::format(
                   "Receive connector {} has ExternalAuthoritative and takes connections from everywhere",
                   c.identity()),
               "name the hosts that another device secures in RemoteIPRanges, and no others");
}

} // namespace

void review_receive_connectors(const organization& o, configuration_review& r) {
    for (const auto& s : o.servers) {
        if (!s.is_exchange())
            continue;
        review_default_connectors(s, r);
        for (const auto& c : s.receive_connectors) {
            if (!*c.enabled)
                continue;
            review_suppressed_anonymous_tls(c, r);
            review_captured_servers(c, s, o, r);
            review_devices(c, r);
            review_place(c, s, r);
            review_external_security(c, r);
        }
    }
}

} // namespace connlab::exchange
