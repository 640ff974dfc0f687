// What the tests of the network share: both ends of a real loopback connection, certificates to shake hands
// with, and handshakes between two offers.
#pragma once

#include "certs/forge.hpp"
#include "sim/net/loopback.hpp"
#include "sim/net/tls_context.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string>
#include <utility>

namespace connlab::net::tests {

/// Leaves of `Root`: server, server-usage and client (of one usage alone), ec (P-256), weak (RSA 1024,
/// SHA-1), expired; `self-signed`.
tls::credential credential(const std::string& name);
const certs::certificate& root();

/// Runs a task and keeps what it returns.
template <class T>
asio::awaitable<void> into(asio::awaitable<T> task, T& out) {
    out = co_await std::move(task);
}

class ends {
  public:
    ends();
    stream& client() { return *both_.client; }
    stream& server() { return *both_.server; }
    certificate_memo& memo() { return network_.memo(); }

    /// Called when everything waits and no byte is under way; a test that does not expect that fails.
    std::function<void()> idle;

    template <class... Tasks>
    void play(Tasks... tasks) {
        running_ = sizeof...(tasks);
        (start(std::move(tasks)), ...);
        run();
    }

  private:
    void start(asio::awaitable<void> task);
    void run();

    loopback network_{0};
    connection both_;
    std::size_t running_ = 0;
};

struct handshakes {
    handshake_result client;
    handshake_result server;
    tls_messages wire;
    std::string key_log;
    bool certificate_requested = false;
    int alert_from_server = -1;
    int alert_from_client = -1;

    /// `C ClientHello`, …
    std::vector<std::string> messages() const;
    std::vector<std::string> encrypted() const; // those of them that are
    /// `S 2-5`: side, first and last number of each flight.
    std::vector<std::string> flights() const;
    const trace::tls_message& message(std::string_view type) const; // the first of its kind
};
handshakes shake_hands(const tls::client_offer& client, const tls::server_offer& server);

tls::client_offer client_of(tls::profile what);
tls::server_offer server_of(tls::profile what, const std::string& certificate = "server");
/// One version, some suites.
tls::profile only(tls::version v, std::vector<std::string> suites = {});

} // namespace connlab::net::tests
