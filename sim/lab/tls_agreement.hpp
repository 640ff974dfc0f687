// What the two simulated sides of a handshake are computed to agree on, and whether the real handshake came
// to the same.
#pragma once

#include "sim/exchange/model.hpp"
#include "sim/net/stream.hpp"
#include "sim/tls/negotiate.hpp"
#include "sim/tls/schannel.hpp"

#include <vector>

namespace connlab::lab {

class tls_agreement {
  public:
    /// Of the offers as both sessions make them; `presented`: the server's certificate.
    tls_agreement(const exchange::server& client, tls::client_offer from_client,
                  const exchange::server& server, tls::server_offer from_server);

    /// On the version and on the suite.
    const std::vector<trace::decision>& decisions() const { return decisions_; }
    const tls::negotiation& computed() const { return computed_; }
    bool client_begins() const;
    bool server_answers() const { return computed_.outcome != tls::agreement::no_version_on_server; }

    /// What is computed and not performed, in a sentence; empty: everything is performed.
    std::string finding() const;

    /// What OpenSSL is given.
    const tls::client_offer& client_offer() const { return client_offer_; }
    const tls::server_offer& server_offer() const { return server_offer_; }

    /// What ended a failed handshake, by what was computed: an alert alone does not tell a missing version
    /// from a missing suite, and OpenSSL does not read an alert in a record of a version that it does not
    /// expect.
    void name_failure(tls::side s, net::handshake_result& seen) const;

    /// Throws std::runtime_error, a fault of the lab, when the real handshake came to something else.
    void compare(const net::handshake_result& client, const net::handshake_result& server) const;

    /// Schannel's entries on one side; none for a machine that is not Windows, or that logs no errors.
    std::vector<trace::event_record> events(tls::side s, const net::handshake_result& seen,
                                            instant now) const;

  private:
    const exchange::server& client_;
    const exchange::server& server_;
    tls::negotiation computed_;
    std::vector<trace::decision> decisions_;
    tls::client_offer client_offer_;
    tls::server_offer server_offer_;
};

} // namespace connlab::lab
