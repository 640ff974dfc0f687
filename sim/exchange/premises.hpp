// The other premises of an organization, as its remote domains name them: whose cross-premises headers are
// believed, and which recipients they are meant for (Exchange Online sheet 3.5, 3.6).
#pragma once

#include "sim/exchange/model.hpp"
#include "sim/trace/decision.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

/// The remote domain with the most specific name that holds the mail domain; null: none does.
const remote_domain* remote_domain_for(const std::vector<remote_domain>& all, std::string_view mail_domain);

/// A hop from one premises to the other, for the marks that a server leaves on the message.
struct crossing {
    std::string server; // that the marks name; empty: it leaves none
    std::string reason; // says that the recipient is of the other premises; empty: nothing does
    source_mark mark;
};
/// The recipient is of the other premises by TargetDeliveryDomain or TrustedMailOutboundEnabled of its remote
/// domain.
crossing crossing_to(const std::vector<remote_domain>& all, std::string server,
                     std::string_view recipient_domain);

/// Who says that a message is the other premises' own.
struct originator {
    std::string domain;
    std::string named_by; // XOORG, X-OriginatorOrg, MAIL FROM
};
/// XOORG of the session first, then the field of the message, then the sender's domain.
originator originator_of(std::string_view xoorg, std::string_view content, std::string_view sender_domain);

/// Whether the cross-premises headers of its messages are believed: its domain is accepted, or a remote
/// domain with TrustedMailInboundEnabled.
trace::decided<bool> trusts_originator(const organization& o, const originator& who);

} // namespace connlab::exchange
