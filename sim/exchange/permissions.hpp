// Who a session's other side is, and what its permission groups let it do (on-premises sheet 3.5).
#pragma once

#include "sim/exchange/model.hpp"

#include <string>
#include <string_view>

namespace connlab::exchange {

/// The identity of a session: who has authenticated, and how.
enum class principal {
    anonymous,
    user,               // AUTH
    exchange_server,    // X-EXPS, direct trust: Exchange Servers, Hub and Edge Transport Servers
    externally_secured, // the connector's word (ExternalAuthoritative)
    legacy_server,
    partner, // Domain Security
};
std::string_view to_string(principal p); // Anonymous, User, ExchangeServer, …

/// ms-Exch-… rights of a session, as far as the lab looks at them.
enum permission : std::uint32_t {
    may_submit = 1,                  // SMTP-Submit
    may_send_to_anyone = 2,          // SMTP-Accept-Any-Recipient
    may_send_as_anyone = 4,          // SMTP-Accept-Any-Sender
    may_send_as_own_domain = 8,      // SMTP-Accept-Authoritative-Domain-Sender
    keeps_authentication = 16,       // SMTP-Accept-Authentication-Flag
    keeps_routing_headers = 32,      // Accept-Headers-Routing
    keeps_organization_headers = 64, // Accept-Headers-Organization
    keeps_forest_headers = 128,      // Accept-Headers-Forest
    may_bypass_anti_spam = 256,      // Bypass-Anti-Spam
    may_bypass_message_size = 512,   // Bypass-Message-Size-Limit
    may_send_exch50 = 1024,          // SMTP-Accept-Exch50
};

/// What the connector's permission groups grant to this principal, with what Add- and Remove-ADPermission
/// have changed for anonymous ones; nothing when none of its groups does.
std::uint32_t permissions_of(const receive_connector& c, principal who);

/// ms-Exch-SMTP-Accept-Any-Recipient, …: an extended right as Add-ADPermission names it.
parsed<std::uint32_t> read_extended_right(std::string_view text);

/// `SMTPSubmit AcceptRoutingHeaders …`, as the receive log of 2013 names them.
std::string show_permissions(std::uint32_t granted);

/// The groups of headers that a Send connector hands to a peer: all to Exchange servers, routing to everyone
/// else ("Send connectors": permissions).
std::uint32_t headers_sent_to(principal peer);

} // namespace connlab::exchange
