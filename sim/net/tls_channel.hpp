// TLS over a socket that does not block: OpenSSL reads and writes memory, and what it wrote goes out at once.
// Asio's own stream does the same by buffers of its own, 17 KB four times over for each end, which cost a
// tenth of what a short session costs besides its handshake.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <memory>
#include <string_view>

struct bio_st;
struct ssl_ctx_st;
struct ssl_st;

namespace connlab::net {

namespace asio = boost::asio;

struct tls_read {
    boost::system::error_code failed; // asio::error::eof: the peer has closed, politely or not
    std::size_t size = 0;
};

/// One side of one connection. One operation at a time; the socket must outlive it.
class tls_channel {
  public:
    tls_channel(asio::ip::tcp::socket& socket, ssl_ctx_st* context, bool as_client);
    tls_channel(const tls_channel&) = delete;
    tls_channel& operator=(const tls_channel&) = delete;

    ssl_st* native() const { return ssl_.get(); }

    /// Failures are OpenSSL's, of asio's category for them, or the socket's. Alerts have been sent by then.
    asio::awaitable<boost::system::error_code> handshake();
    asio::awaitable<boost::system::error_code> write(std::string_view bytes);
    asio::awaitable<tls_read> read_some(char* to, std::size_t size);

  private:
    struct deleter {
        void operator()(ssl_st* ssl) const;
    };

    asio::awaitable<boost::system::error_code> go_on(int result);
    asio::awaitable<boost::system::error_code> send_written();
    asio::awaitable<boost::system::error_code> receive();

    asio::ip::tcp::socket& socket_;
    std::unique_ptr<ssl_st, deleter> ssl_;
    bio_st* received_; // both belong to ssl_
    bio_st* written_;
    std::array<char, 16384> packet_; // not initialized: read before it is looked at
};

/// Sends all of it. Loopback takes what a session says at once; only a large message needs to wait.
asio::awaitable<boost::system::error_code> write_all(asio::ip::tcp::socket& socket, std::string_view bytes);

} // namespace connlab::net
