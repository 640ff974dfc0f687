// TLS within one session: the handshake as each side goes into it, and what is recorded of both.
#pragma once

#include "sim/lab/converse.hpp"
#include "sim/lab/tls_agreement.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>

namespace connlab::lab {

class tls_upgrade {
  public:
    /// Both outlive it, and so does the session's record.
    tls_upgrade(const conversation& c, const net::connection& ends);

    boost::asio::awaitable<smtp::event> as_client();
    boost::asio::awaitable<smtp::event> as_server();

    /// False: the server breaks the handshake, and never gives up.
    bool server_is_patient() const { return server_is_patient_; }

    /// When the session is over.
    void finish_record();

  private:
    bool both() const { return ends_.client && ends_.server; }
    const tls::client_offer& client_offer();
    const tls::server_offer& server_offer();
    tls::server_offer presented_offer() const;
    const tls_agreement* agreement();
    bool spoils_handshake() const;
    bool breaks_handshake() const;
    boost::asio::awaitable<void> break_handshake(net::stream& s, bool reset);
    void take_messages(trace::handshake_view& h) const;
    void take_outcome(trace::handshake_view& h) const;
    void take_computed(trace::handshake_view& h) const;

    const conversation& c_;
    const net::connection& ends_;
    std::optional<tls::client_offer> client_offer_; // as the sessions make them
    std::optional<tls::server_offer> server_offer_;
    std::optional<tls_agreement> agreed_;
    net::handshake_result client_;
    net::handshake_result server_;
    bool server_is_patient_ = true;
};

} // namespace connlab::lab
