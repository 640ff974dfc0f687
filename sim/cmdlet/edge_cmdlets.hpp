// Views of Edge subscriptions, and what a subscribed Edge does not do. Internal.
#pragma once

#include "sim/cmdlet/binding.hpp"
#include "sim/cmdlet/formatting.hpp"
#include "sim/cmdlet/plain_arguments.hpp"
#include "sim/cmdlet/shell.hpp"

namespace connlab::cmdlet {

struct query;

/// Times stand in UTC in these views, in the culture of the organization's first Exchange server.
locale utc_of(const exchange::organization& o);

/// The Edge on which the shell runs; null: it runs elsewhere.
const exchange::server* edge_console(const shell& in);

/// Set-, New- and Remove- of what EdgeSync brings: refused on a subscribed Edge, and said so.
bool is_refused_on_edge(const statement& s, const shell& in, const error_list& errors, diagnostics& findings);

/// A shell on an Edge reaches that server alone: AD LDS knows no other one.
bool is_in_reach(const shell& in, const exchange::server& s);
/// On a subscribed Edge those of AD LDS, on another one those that it is a source of.
std::vector<exchange::send_connector> send_connectors_shown(const shell& in);
/// Domains and lists of Domain Security; on a subscribed Edge those of AD LDS.
std::vector<exchange::accepted_domain> accepted_domains_shown(const shell& in);
const std::vector<exchange::remote_domain>& remote_domains_shown(const shell& in);
const exchange::transport_config& transport_config_shown(const shell& in);

view edge_subscriptions(const query& q);
view edge_sync_service_config(const query& q);
view edge_synchronization_tests(const query& q);
extern const std::vector<plain_parameter> edge_test_parameters;

} // namespace connlab::cmdlet
