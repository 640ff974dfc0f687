// One end of a TCP connection on loopback: lines and content in clear, then, after the upgrade, inside TLS.
#pragma once

#include "sim/net/certificate_memo.hpp"
#include "sim/net/handshake_tap.hpp"
#include "sim/net/tls_channel.hpp"
#include "sim/net/tls_context.hpp"
#include "sim/tls/offer.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <string>

namespace connlab::net {

namespace asio = boost::asio;

enum class read_status { ok, closed, reset, timed_out };

struct read_result {
    read_status status = read_status::ok;
    std::string bytes;
    bool bare_lf = false;
    bool too_long = false;
};

/// What a handshake came to on one side.
struct handshake_result {
    bool completed = false;
    bool timed_out = false;
    tls::failure ended_by = tls::failure::none;
    std::string status;  // Exchange's word: SocketError, InvalidToken; empty when completed
    std::string version; // TLS1_2
    std::string suite;
    std::string group;
    std::string signature; // scheme of the server's signature, as the client saw it; TLS 1.2 and up
    int alert_received = -1;
    int alert_sent = -1;
    std::string sni;
    std::vector<certs::certificate> peer_chain;
    std::string stapled_response; // client: OCSP response that came with the certificate (DER); empty: none
};

/// No byte is on the way out of this socket and none is unread.
bool quiet(const asio::ip::tcp::socket& s);

class stream {
  public:
    explicit stream(asio::ip::tcp::socket socket);
    ~stream();

    asio::awaitable<boost::system::error_code> write(std::string bytes);
    /// One line without its end; a longer one than `limit` bytes comes back cut, with too_long.
    asio::awaitable<read_result> read_line(std::size_t limit);
    /// A whole line is buffered: the next read_line will not wait.
    bool has_line() const { return unread().find('\n') != std::string_view::npos; }
    /// Content up to the line that is a single dot, which is taken off.
    asio::awaitable<read_result> read_to_dot();
    asio::awaitable<read_result> read_octets(std::uint64_t count);

    /// Drops what comes until the peer says nothing any more.
    asio::awaitable<void> discard_to_end();
    /// Drops what is buffered in clear; returns how many bytes.
    std::uint64_t discard_buffered();
    asio::awaitable<handshake_result> handshake(bool as_client, tls_context context, std::string sni,
                                                certificate_memo& memo);
    /// Before a handshake: as a client, ask for an OCSP response; as a server, have one for who asks (DER).
    void ask_for_status() { asks_status_ = true; }
    void staple(std::string response) { staple_ = std::move(response); }
    /// Both ends of a connection write their handshake messages into one list, which outlives them
    /// (handshake_tap).
    void share_wire(tls_messages& wire) { wire_ = &wire; }
    bool encrypted() const { return encrypted_; }
    /// The peer has refused with an alert what this side thinks is a channel.
    bool refused_by_alert() const { return encrypted_ && tap_->alert_received() >= 0; }
    const handshake_tap* tap() const { return tap_.get(); }

    void shutdown_send(); // the peer reads an end of file
    void reset();         // the peer reads a connection reset
    void close();         // for good, without TIME_WAIT

    /// Ends the pending read with timed_out.
    void time_out();
    bool reading() const { return reading_; }
    /// No byte of ours is on the way and none for us is unread.
    bool quiet() const;

  private:
    asio::awaitable<read_status> fill();
    std::string_view unread() const { return std::string_view(buffer_).substr(begin_, end_ - begin_); }
    void describe(handshake_result& out, bool as_client, certificate_memo& memo);

    asio::ip::tcp::socket socket_;
    tls_context context_;
    std::unique_ptr<tls_channel> tls_;
    tls_messages* wire_ = nullptr;
    std::unique_ptr<handshake_tap> tap_;
    std::string staple_; // OpenSSL holds a pointer to it
    bool asks_status_ = false;
    std::string buffer_;    // never made smaller: each byte is cleared once
    std::size_t begin_ = 0; // of what is unread in buffer_
    std::size_t end_ = 0;
    bool encrypted_ = false;
    bool reading_ = false;
    bool timed_out_ = false;
};

} // namespace connlab::net
