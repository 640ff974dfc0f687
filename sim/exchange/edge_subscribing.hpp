// New-EdgeSubscription on both sides, and Remove-EdgeSubscription (hybrid sheet 4.2, 4.6).
#pragma once

#include "sim/exchange/decisions.hpp"
#include "sim/exchange/edge_subscription_file.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

inline constexpr duration bootstrap_lifetime = std::chrono::hours{24}; // AccountExpiryDuration
inline constexpr duration shortest_bootstrap_lifetime = std::chrono::minutes{2};

/// On the Edge: makes the bootstrap account, empties AD LDS of the connectors and domains that were made
/// there, and says what the file holds. Error: the Edge has no certificate that could be in it.
parsed<edge_subscription_file> export_edge_subscription(server& edge, instant now, duration lasts);

/// What New-EdgeSubscription on a Mailbox server is given.
struct edge_import {
    std::string site;
    bool inbound_connector = true;  // CreateInboundSendConnector
    bool internet_connector = true; // CreateInternetSendConnector
    source_mark mark;
};

struct file_verdict {
    edge_subscription_file file;
    std::vector<std::string> errors; // empty: it is accepted
};
/// Is the file one that this site can be subscribed by at `now`?
trace::decided<file_verdict> judge_subscription_file(const organization& o, std::string_view text,
                                                     const edge_import& how, instant now);

/// Makes (or makes anew) the Edge object, the bootstrap credentials of each Mailbox server in the site, and
/// the two connectors. Error: what a certificate cannot do. Then nothing is changed.
parsed<bool> import_edge_subscription(organization& o, const edge_subscription_file& file,
                                      const edge_import& how, instant now);

/// An Edge that is subscribed again: the hybrid wizard's Send connectors lose it as a source, and those that
/// have no other one go. The names of the connectors.
trace::decided<std::vector<std::string>> undo_hybrid_changes(organization& o, std::string_view edge);

/// Takes the Edge object away, its credentials, and the Edge from its connectors; those of EdgeSync that have
/// no source left go too. On the Edge itself: AD LDS is emptied and is its administrator's again.
void remove_edge_subscription(organization& o, std::string_view edge);
void remove_edge_subscription(server& edge);

std::string inbound_connector_name(std::string_view site);  // EdgeSync - Inbound to Berlin
std::string internet_connector_name(std::string_view site); // EdgeSync - Berlin to Internet

edge_subscription* find_edge_subscription(organization& o, std::string_view edge); // by name or FQDN
const edge_subscription* find_edge_subscription(const organization& o, std::string_view edge);

/// A scenario's `EdgeSubscription: SITE`: exported, imported and synchronized an hour before `now`, all by
/// the functions above. `certificates`: the internal transport certificates that the servers had then, by
/// name; an empty thumbprint: the server was not there. Errors: what New-EdgeSubscription would have said.
std::vector<std::string> subscribed_beforehand(organization& o, server& edge, instant now,
                                               const std::map<std::string, std::string>& certificates);

} // namespace connlab::exchange
