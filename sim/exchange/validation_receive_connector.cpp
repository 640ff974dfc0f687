// Set-ReceiveConnector's rules between parameters (on-premises sheet 3.2). R1 (None stands alone) cannot be
// seen in flags: the reader of AuthMechanism holds it.
#include "sim/base/ascii.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

bool has(const receive_connector& c, auth_mechanism m) {
    return (*c.auth & m) != 0;
}

bool has(const receive_connector& c, permission_group g) {
    return (*c.permissions & g) != 0;
}

void check_auth_mechanism(const receive_connector& c, refusals& found) {
    if (has(c, auth_basic_require_tls) && !(has(c, auth_basic) && has(c, auth_tls)))
        found.in_our_words("R2", c.auth.mark,
                           "AuthMechanism BasicAuthRequireTLS needs BasicAuth and Tls beside it");
    if (!has(c, auth_external_authoritative))
        return;
    if ((*c.auth & ~std::uint32_t{auth_tls | auth_external_authoritative}) != 0)
        found.in_our_words("R3", c.auth.mark,
                           "AuthMechanism ExternalAuthoritative can be combined with Tls only");
    if (!has(c, group_exchange_servers))
        found.in_our_words("R4", first_known({c.permissions.mark, c.auth.mark}),
                           "AuthMechanism ExternalAuthoritative needs ExchangeServers in PermissionGroups");
}

void check_tls(const receive_connector& c, refusals& found) {
    if (*c.require_tls && !has(c, auth_tls))
        found.in_our_words("R5", first_known({c.require_tls.mark, c.auth.mark}),
                           "RequireTLS $true needs Tls in AuthMechanism");
    if (!*c.domain_secure_enabled)
        return;
    if (!has(c, auth_tls))
        found.in_our_words("R6", first_known({c.domain_secure_enabled.mark, c.auth.mark}),
                           "DomainSecureEnabled $true needs Tls in AuthMechanism");
    if (has(c, auth_external_authoritative))
        found.in_our_words(
            "R6", first_known({c.domain_secure_enabled.mark, c.auth.mark}),
            "DomainSecureEnabled $true cannot stand beside AuthMechanism ExternalAuthoritative");
}

void check_fqdn(const receive_connector& c, const server& s, refusals& found) {
    const auto& fqdn = *c.fqdn;
    if (s.role == server_role::edge) // hybrid deployments set the certificate's name there (hybrid sheet 3.2)
        return;
    if (!has(c, auth_exchange_server) || fqdn.empty() || ascii_iequal(fqdn, *s.fqdn) ||
        ascii_iequal(fqdn, s.name))
        return;
    found.in_exchange_words(
        "R7", first_known({c.fqdn.mark, c.auth.mark}),
        "When the AuthMechanism paramteter on a Receive connector is set to the value ExchangeServer, you "
        "must "
        "set the FQDN parameter on the Receive connector to one of the following values: the FQDN of the "
        "transport server, the NetBIOS name of the transport server, or $null.",
        fmt::format("allowed here: {}, {}, $null; a connector of its own may have the name {}", *s.fqdn,
                    s.name, fqdn));
}

void check_limits(const receive_connector& c, refusals& found) {
    if (*c.connection_inactivity_timeout >= *c.connection_timeout)
        found.in_our_words(
            "R10", first_known({c.connection_inactivity_timeout.mark, c.connection_timeout.mark}),
            fmt::format("ConnectionInactivityTimeout {} must be shorter than ConnectionTimeout {}",
                        format_duration(*c.connection_inactivity_timeout),
                        format_duration(*c.connection_timeout)));
    if (*c.binary_mime_enabled && !*c.chunking_enabled)
        found.in_our_words("R14", first_known({c.binary_mime_enabled.mark, c.chunking_enabled.mark}),
                           "BinaryMimeEnabled $true needs ChunkingEnabled $true");
}

void check_creation(const receive_connector& c, const server& s, refusals& found) {
    if (c.bindings->empty() || c.remote_ip_ranges->empty())
        found.in_our_words("R12", first_known({c.mark}),
                           c.bindings->empty() && c.remote_ip_ranges->empty()
                               ? "A Receive connector needs Bindings or RemoteIPRanges of its own"
                           : c.bindings->empty()
                               ? "Beside RemoteIPRanges this Receive connector needs Bindings"
                               : "Beside Bindings this Receive connector needs RemoteIPRanges");
    if (s.role == server_role::edge && has(c, group_exchange_legacy_servers))
        found.in_our_words("R13", c.permissions.mark,
                           "ExchangeLegacyServers in PermissionGroups is not for Edge Transport servers");
    if (s.role == server_role::edge && c.role.configured()) // on-premises sheet 3.1
        found.in_our_words("", c.role.mark, "TransportRole is not for Edge Transport servers");
}

bool same_range(const ip_range& a, const ip_range& b) {
    return a.low == b.low && a.high == b.high;
}

bool overlap(const ip_range& a, const ip_range& b) {
    return a.contains(b.low) || b.contains(a.low);
}

/// Two connectors on one binding are told apart by their ranges: none twice, and of two that overlap one
/// inside the other.
const ip_range* clash(const receive_connector& a, const receive_connector& b) {
    for (const auto& mine : *a.remote_ip_ranges)
        for (const auto& other : *b.remote_ip_ranges)
            if (same_range(mine, other) ||
                (overlap(mine, other) && !mine.contains(other) && !other.contains(mine)))
                return &mine;
    return nullptr;
}

const endpoint* common_binding(const receive_connector& a, const receive_connector& b) {
    for (const auto& mine : *a.bindings)
        for (const auto& other : *b.bindings)
            if (mine == other)
                return &mine;
    return nullptr;
}

void check_pair(const receive_connector& earlier, const receive_connector& later, refusals& found) {
    const auto* binding = common_binding(later, earlier);
    if (binding == nullptr)
        return;
    const auto mark = first_known({later.bindings.mark, later.role.mark, later.remote_ip_ranges.mark,
                                   later.mark, earlier.bindings.mark, earlier.mark});
    const bool earlier_was_changed = earlier.bindings.mark.known() && !later.bindings.mark.known();
    const auto& other = earlier_was_changed ? later : earlier;
    if (*earlier.role != *later.role) {
        found.in_exchange_words(
            "R9", mark,
            fmt::format(
                "The values that you specified for the Bindings and RemoteIPRanges parameters conflict with "
                "the settings on Receive connector \"{}\". Receive connectors assigned to different "
                "Transport "
                "roles on a single server must listen on unique local IP address & port bindings.",
                other.identity()),
            fmt::format("{} and {} both listen on {}", later.name, earlier.name, to_string(*binding)));
        return;
    }
    if (const auto* range = clash(later, earlier))
        found.in_our_words(
            "R8",
            first_known({later.remote_ip_ranges.mark, later.bindings.mark, later.mark,
                         earlier.remote_ip_ranges.mark, earlier.mark}),
            fmt::format("Receive connector \"{}\" listens on {} too, and its RemoteIPRanges conflict with {}",
                        other.identity(), to_string(*binding),
                        range->text.empty() ? to_string(range->low) + "-" + to_string(range->high)
                                            : range->text),
            "two connectors on one binding may share addresses only where one range lies inside the other");
}

} // namespace

diagnostics validate(const receive_connector& c, const server& s) {
    refusals found;
    if (!s.is_exchange()) // a plain SMTP server has no such rules
        return {};
    check_auth_mechanism(c, found);
    check_tls(c, found);
    check_fqdn(c, s, found);
    check_limits(c, found);
    check_creation(c, s, found);
    auto all = found.take();
    for (auto& d : all)
        d.mark = first_known({d.mark, c.mark});
    return all;
}

diagnostics validate(const server& s) {
    refusals found;
    if (!s.is_exchange())
        return {};
    const auto& all = s.receive_connectors;
    for (std::size_t later = 1; later < all.size(); ++later)
        for (std::size_t earlier = 0; earlier < later; ++earlier)
            check_pair(all[earlier], all[later], found);
    return found.take();
}

} // namespace connlab::exchange
