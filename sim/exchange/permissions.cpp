#include "sim/exchange/permissions.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/diagnostic.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <vector>

namespace connlab::exchange {

namespace {

struct grant {
    permission_group group;
    principal who;
    std::uint32_t rights;
};

constexpr std::uint32_t as_externally_secured =
    may_submit | may_send_to_anyone | may_send_as_anyone | may_send_as_own_domain | keeps_authentication |
    keeps_routing_headers | may_bypass_anti_spam | may_bypass_message_size | may_send_exch50;

/// Source: "Receive connectors", permission groups.
constexpr std::array<grant, 6> table = {{
    {group_anonymous_users, principal::anonymous,
     may_submit | may_send_as_anyone | may_send_as_own_domain | keeps_routing_headers},
    {group_exchange_users, principal::user,
     may_submit | may_send_to_anyone | may_bypass_anti_spam | keeps_routing_headers},
    {group_exchange_servers, principal::exchange_server,
     as_externally_secured | keeps_organization_headers | keeps_forest_headers},
    {group_exchange_servers, principal::externally_secured, as_externally_secured},
    {group_exchange_legacy_servers, principal::legacy_server, as_externally_secured},
    {group_partners, principal::partner, may_submit | keeps_routing_headers},
}};

/// In the order of the receive log.
constexpr std::array<std::pair<std::uint32_t, std::string_view>, 11> names = {{
    {may_submit, "SMTPSubmit"},
    {may_send_to_anyone, "SMTPAcceptAnyRecipient"},
    {keeps_authentication, "SMTPAcceptAuthenticationFlag"},
    {may_send_as_anyone, "SMTPAcceptAnySender"},
    {may_send_as_own_domain, "SMTPAcceptAuthoritativeDomainSender"},
    {may_bypass_anti_spam, "BypassAntiSpam"},
    {may_bypass_message_size, "BypassMessageSizeLimit"},
    {may_send_exch50, "SMTPAcceptEXCH50"},
    {keeps_routing_headers, "AcceptRoutingHeaders"},
    {keeps_forest_headers, "AcceptForestHeaders"},
    {keeps_organization_headers, "AcceptOrganizationHeaders"},
}};

} // namespace

std::string_view to_string(principal p) {
    switch (p) {
    case principal::anonymous:
        return "Anonymous";
    case principal::user:
        return "User";
    case principal::exchange_server:
        return "ExchangeServer";
    case principal::externally_secured:
        return "ExternallySecured";
    case principal::legacy_server:
        return "LegacyServer";
    case principal::partner:
        return "Partner";
    }
    return {};
}

std::uint32_t permissions_of(const receive_connector& c, principal who) {
    std::uint32_t granted = 0;
    for (const auto& g : table)
        if (g.who == who && (*c.permissions & g.group) != 0)
            granted |= g.rights;
    if (who == principal::anonymous)
        granted = (granted | *c.added_to_anonymous) & ~*c.removed_from_anonymous;
    return granted;
}

parsed<std::uint32_t> read_extended_right(std::string_view text) {
    static const std::vector<std::pair<std::string, std::uint32_t>> rights = {
        {"ms-Exch-SMTP-Submit", may_submit},
        {"ms-Exch-SMTP-Accept-Any-Recipient", may_send_to_anyone},
        {"ms-Exch-SMTP-Accept-Any-Sender", may_send_as_anyone},
        {"ms-Exch-SMTP-Accept-Authoritative-Domain-Sender", may_send_as_own_domain},
        {"ms-Exch-Accept-Headers-Routing", keeps_routing_headers},
        {"ms-Exch-Accept-Headers-Organization", keeps_organization_headers},
        {"ms-Exch-Accept-Headers-Forest", keeps_forest_headers},
        {"ms-Exch-Bypass-Anti-Spam", may_bypass_anti_spam},
        {"ms-Exch-Bypass-Message-Size-Limit", may_bypass_message_size},
    };
    std::vector<std::string> known;
    for (const auto& [name, right] : rights) {
        if (ascii_iequal(name, text))
            return parsed<std::uint32_t>::ok(right);
        known.push_back(name);
    }
    const auto near = nearest_word(text, known);
    return parsed<std::uint32_t>::fail(fmt::format("`{}` is no extended right that the lab knows{}", text,
                                                   near.empty() ? "" : "; did you mean `" + near + "`?"));
}

std::string show_permissions(std::uint32_t granted) {
    std::vector<std::string> words;
    for (const auto& [right, name] : names)
        if ((granted & right) != 0)
            words.emplace_back(name);
    return words.empty() ? "None" : join(words, " "); // as .NET prints flags without any
}

std::uint32_t headers_sent_to(principal peer) {
    return peer == principal::exchange_server
               ? keeps_routing_headers | keeps_organization_headers | keeps_forest_headers
               : std::uint32_t{keeps_routing_headers};
}

} // namespace connlab::exchange
