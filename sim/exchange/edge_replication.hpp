// What EdgeSync replicates: the objects of Active Directory that an Edge needs, as entries with attributes,
// and the AD LDS that takes them (hybrid sheet 3.2, 4.4).
#pragma once

#include "sim/exchange/decisions.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

/// What Start-EdgeSynchronization asks for.
struct edge_sync_order {
    std::string edge;   // NetBIOS name or FQDN; empty: every subscribed Edge
    std::string server; // the Mailbox server that synchronizes; empty: who holds the lease
    bool forced = true; // false: by the interval
};

/// What became of one type of data, as Start-EdgeSynchronization prints it.
struct edge_sync_result {
    std::string result = "Success"; // Incomplete: an entry was refused; CouldNotConnect
    std::string type;               // Configuration, Recipients
    std::string name;               // of the Edge
    std::string failure_details;
    instant begun{};
    instant ended{};
    int added = 0;
    int deleted = 0;
    int updated = 0;
    int scanned = 0;        // in Active Directory
    int target_scanned = 0; // in AD LDS
    friend bool operator==(const edge_sync_result&, const edge_sync_result&) = default;
};

/// The containers of AD LDS that entries lie in.
inline constexpr std::string_view connections = ",CN=Connections";
inline constexpr std::string_view accepted_domains_container = ",CN=Accepted Domains";
inline constexpr std::string_view remote_domains_container = ",CN=Internet Message Formats";
inline constexpr std::string_view servers_container = ",CN=Servers";
inline constexpr std::string_view credentials_container = ",CN=Credentials";
inline constexpr std::string_view recipients_container = ",CN=Recipients";
inline constexpr std::string_view transport_settings = "CN=Transport Settings";

bool lies_in(const edge_entry& e, std::string_view container);

/// What AD has for the Edge: connectors it is a source of, domains, lists of Domain Security, the Mailbox
/// servers of the subscription with their certificates, its credentials, and hashes of recipients' addresses.
std::vector<edge_entry> replication_data(const organization& o, const edge_subscription& e);
/// Of all entries: two sets that are equal have the same.
std::string cookie_of(const std::vector<edge_entry>& all);

/// The longest value that AD LDS takes for the TLS certificate name of a connector: 256 characters (Microsoft
/// support article 4052493).
inline constexpr std::size_t longest_certificate_name = 256;

/// AD LDS adds or replaces an entry, or refuses it: then nothing is changed. `ad`: where the values' places
/// in the scenario are known.
parsed<bool> store_entry(server& edge, const edge_entry& e, const organization& ad);
void delete_entry(server& edge, std::string_view name);

/// The value of an attribute; empty: none.
std::string attribute_of(const edge_entry& e, std::string_view name);

/// A server of the organization by its NetBIOS name or FQDN; null: none.
server* find_server(organization& o, std::string_view name);
const server* find_server(const organization& o, std::string_view name);

/// A subscribed Edge works by its AD LDS: its connectors and domains, not those of Active Directory.
bool works_by_adlds(const server& s);
const std::vector<send_connector>& connectors_for(const organization& o, const server& s);
const transport_config& transport_for(const organization& o, const server& s);
bool accepts_for(const organization& o, const server& s, std::string_view domain);

/// What AD (for Mailbox servers) and AD LDS (for subscribed Edges) say of the other side's certificates; to
/// be called whenever either has changed.
void refresh_direct_trust(organization& o);

} // namespace connlab::exchange
