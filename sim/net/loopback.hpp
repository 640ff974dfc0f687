// The network of one worker: declared endpoints as real listeners on 127.0.0.0/8, connections between them,
// and the loop that runs both ends of a flow on one thread.
#pragma once

#include "sim/net/address_plan.hpp"
#include "sim/net/certificate_memo.hpp"
#include "sim/net/stream.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace connlab::net {

/// Both ends of a connection that was accepted.
struct connection {
    std::unique_ptr<stream> client;
    std::unique_ptr<stream> server; // null: the peer is a real process
};

enum class connect_failure { none, refused, timed_out };

struct connect_result {
    connection ends;
    connect_failure failure = connect_failure::none;
};

/// Both ends of a connection that was accepted, as sockets that do not block; closed ones: it was refused.
struct socket_pair {
    asio::ip::tcp::socket client;
    asio::ip::tcp::socket server;
};

class loopback {
  public:
    explicit loopback(unsigned lane) : plan_(lane) {}

    asio::io_context& context() { return io_; }
    certificate_memo& memo() { return memo_; }

    /// Opens a connection from a declared address to a declared endpoint and accepts it there. `listening`
    /// false: nobody listens, the connection is refused by the kernel.
    connect_result connect(const ip_address& from, const endpoint& to, bool listening);
    /// The same, for those that speak something other than SMTP.
    socket_pair connect_sockets(const ip_address& from, const endpoint& to, bool listening);
    /// Connects to a real process at `address` (127.0.0.0/8 alone).
    connect_result connect_external(const endpoint& address);

    /// Runs what was spawned until `over()`. When both ends wait, every byte has been read and nothing is
    /// under way, `idle()` is called: it lets virtual time pass and wakes one side. With `real_time` a peer
    /// is a real process: then it is called after `patience` of real silence.
    void run(const std::function<bool()>& over, const std::function<bool()>& quiet,
             const std::function<void()>& idle,
             std::optional<std::chrono::milliseconds> patience = std::nullopt);

  private:
    asio::ip::tcp::acceptor& listener(const endpoint& declared);
    asio::ip::tcp::endpoint unused_port(const endpoint& declared);

    asio::io_context io_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE}; // of one worker: no locks
    address_plan plan_;
    certificate_memo memo_;
    std::map<endpoint, asio::ip::tcp::acceptor> listeners_;
};

} // namespace connlab::net
