// What the two simulated sides of a handshake are computed to agree on, and whether the real handshake came
// to the same.
#pragma once

#include "sim/exchange/model.hpp"
#include "sim/lab/agreement_memo.hpp"
#include "sim/net/stream.hpp"
#include "sim/tls/schannel.hpp"

#include <vector>

namespace connlab::lab {

class tls_agreement {
  public:
    /// Of the offers as both sessions make them. The memo outlives it.
    tls_agreement(const exchange::server& client, tls::client_offer from_client,
                  const exchange::server& server, tls::server_offer from_server, agreement_memo& memo);

    /// On the version and on the suite.
    const std::vector<trace::decision>& decisions() const { return made_.decisions; }
    const tls::negotiation& computed() const { return made_.outcome; }
    bool client_begins() const;
    bool server_answers() const { return computed().outcome != tls::agreement::no_version_on_server; }

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
    const computed_agreement& made_;
    tls::client_offer client_offer_;
    tls::server_offer server_offer_;
};

} // namespace connlab::lab
