// Whose mail Exchange Online takes a message for: sent by a tenant (Originating) or to one (Incoming), and by
// which connector (Exchange Online sheet 1.3, 1.5).
#pragma once

#include "sim/exchange/online_evidence.hpp"
#include "sim/exchange/tenant.hpp"

#include <string_view>
#include <vector>

namespace connlab::exchange {

enum class directionality { none, originating, incoming };
std::string_view to_string(directionality d); // none, Originating, Incoming

/// `*.contoso.com` corresponds to contoso.com and to jpn.contoso.com; a name without wildcard to itself.
bool corresponds_to_accepted(const tenant& t, std::string_view certificate_name);

struct attribution {
    directionality direction = directionality::none;
    const tenant* owner = nullptr;                // null: no tenant
    const inbound_connector* connector = nullptr; // of an originating message
    std::vector<std::string> findings;
};

/// The envelope: domain of MAIL FROM (empty for <>) and the recipient's address. The host name that the
/// client connected to and the message's From field play no part.
trace::decided<attribution> attribute_message(const std::vector<tenant>& all, const online_evidence& e,
                                              std::string_view sender_domain, std::string_view recipient,
                                              const behavior& b);

struct partner_choice {
    const inbound_connector* connector = nullptr; // null: the default one, anonymous
    bool refused = false;                         // a restriction is not met
};

/// The Partner connector for an incoming message.
trace::decided<partner_choice> choose_partner_connector(const tenant& t, const online_evidence& e,
                                                        std::string_view sender_domain,
                                                        std::string_view recipient, const behavior& b);

} // namespace connlab::exchange
