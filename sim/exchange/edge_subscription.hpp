// An Edge subscription as the directories hold it (hybrid sheet 4.2 to 4.4): the Edge object in Active
// Directory with its certificate and encrypted credentials, and the accounts in AD LDS. Values alone; who
// makes them: edge_subscribing, edge_credential, edge_replication.
#pragma once

#include "certs/certificate.hpp"
#include "sim/base/instant.hpp"
#include "sim/base/source_mark.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace connlab::exchange {

inline constexpr std::uint16_t adam_ssl_port = 50636; // LDAPS of AD LDS on an Edge

/// msExchEdgeSyncCredential: one account of EdgeSync, its password encrypted for whoever reads the record.
struct edge_credential {
    std::string target_server_fqdn; // the Edge
    std::string source_server_fqdn; // the Mailbox server; empty: the bootstrap credential
    instant effective{};
    instant expiration{};
    std::string user_name; // ESRA.EDGE01, ESRA.EDGE01.TESTMS05.0
    std::string password;  // RSAES-OAEP, raw bytes
    friend bool operator==(const edge_credential&, const edge_credential&) = default;
};

/// An account in AD LDS, with the password that its owner has decrypted.
struct edge_account {
    std::string user_name;
    std::string password;
    instant effective{};
    instant expiration{};
    friend bool operator==(const edge_account&, const edge_account&) = default;
};

/// An object that EdgeSync has put into AD LDS: its name and its attributes, one a line.
struct edge_entry {
    std::string name; // CN=To Contoso,CN=Connections
    std::string attributes;
    friend bool operator==(const edge_entry&, const edge_entry&) = default;
};

/// A text file on a share that the organization's administrators reach: an exported subscription.
struct shared_file {
    std::string name;
    std::string content;
};

/// A Mailbox server that was in the site when the subscription was imported.
struct subscribed_server {
    std::string name;
    std::string fqdn;
    certs::certificate certificate; // its internal transport certificate then
};

/// msExchEdgeSyncLease and msExchEdgeSyncStatus: who synchronizes, and what it last came to.
struct edge_sync_state {
    std::string lease_holder; // empty: nobody has taken it yet
    instant lease_expires{};
    instant attempted{};        // begun; the epoch: never
    instant synchronized{};     // the last time that everything went well; the epoch: never
    std::string failure_detail; // of the last attempt; empty: it went well
    std::string cookie;         // of what was replicated then; empty: none
    int sessions = 0;           // that were held
};

/// The Edge object in Active Directory.
struct edge_subscription {
    source_mark mark;
    std::string name; // NetBIOS name of the Edge
    std::string fqdn;
    std::string site;
    certs::certificate certificate; // msExchServerInternalTLSCert: what the Edge has to present
    std::uint16_t ssl_port = adam_ssl_port;
    std::string product_id;
    std::string version;
    std::string serial_number;
    instant imported{};
    std::vector<subscribed_server> members;
    std::vector<edge_credential> credentials; // encrypted for the Edge
    edge_sync_state sync;
};

/// Set-EdgeSyncServiceConfig, with the defaults of its page.
struct edge_sync_service_config {
    duration configuration_sync_interval = std::chrono::minutes{3};
    duration recipient_sync_interval = std::chrono::minutes{5};
    duration lock_duration = std::chrono::minutes{6};
    duration lock_renewal_duration = std::chrono::minutes{4};
    duration option_duration = std::chrono::minutes{30};
};

} // namespace connlab::exchange
