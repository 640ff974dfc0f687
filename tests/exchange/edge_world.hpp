// Two Mailbox servers and an Edge with self-signed certificates, for the tests of Edge subscriptions.
#pragma once

#include "sim/exchange/edge_subscribing.hpp"
#include "sim/exchange/edge_synchronizing.hpp"
#include "tests/exchange/fixtures.hpp"

namespace fixtures {

class edge_world {
  public:
    edge_world();

    exchange::organization o; // TESTMS05, TESTMS06, EDGE01; To Contoso with EDGE01 as its source
    pki certificates;         // edge, ms05, ms06, other

    exchange::server& ms05() { return o.servers[0]; }
    exchange::server& ms06() { return o.servers[1]; }
    exchange::server& edge() { return o.servers[2]; }
    exchange::edge_subscription& subscription() { return o.edge_subscriptions.at(0); }

    /// Makes the certificate the default one of the server.
    void set_default(exchange::server& s, const std::string& id);
    exchange::edge_subscription_file exported(instant when);
    /// The errors of the import; empty: it is done.
    std::vector<std::string> imported(const std::string& xml, const std::string& site, instant when);
    void subscribe(instant when);
    /// A session in memory by the Mailbox server.
    exchange::edge_sync_outcome synchronize(exchange::server& by, instant when);
};

} // namespace fixtures
