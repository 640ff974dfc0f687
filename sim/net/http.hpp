// HTTP/1.1 over loopback, as CryptoAPI asks and responders of CAs answer: one request on a connection, both
// ends real sockets in the loop of one thread, virtual time.
#pragma once

#include "sim/base/instant.hpp"
#include "sim/net/loopback.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace connlab::net {

struct http_request {
    std::string method = "GET";
    std::string target = "/"; // path and query; with scheme and host for a proxy
    std::string host;         // with the port unless it is 80
    std::string user_agent{};
    std::string accept{};
    std::string content_type{};  // of the body
    std::string if_none_match{}; // an ETag
    std::string body{};
};

constexpr unsigned not_modified = 304;

/// What a responder says, or how it fails to.
struct http_answer {
    unsigned status = 200;
    std::string content_type{};
    std::string location{}; // of a redirect
    std::string etag{};
    std::optional<duration> max_age{}; // Cache-Control
    std::string body{};
    std::optional<std::uint64_t> announced{}; // Content-Length, when it is not the body's
    duration delay{};                         // virtual time until the first byte
    bool never = false;                       // the request is read and nothing is said
    bool reset = false;                       // the connection is reset instead of an answer
    bool garbage = false;                     // what comes is no HTTP
};

/// The answer to one request. Asked once for each.
using http_responder = std::function<http_answer(const http_request&)>;

enum class http_end {
    answered, // completely, whatever the status
    refused,  // nobody listens
    silent,   // nothing came for as long as the client waits
    broken,   // the connection ended before the answer did
    malformed,
    too_large, // the answer is, or says that it is, larger than the client takes
};

struct http_reply {
    http_end end = http_end::answered;
    unsigned status = 0;
    std::string content_type{};
    std::string location{};
    std::string etag{};
    std::optional<duration> max_age{}; // Cache-Control
    std::string body{};
    duration took{}; // virtual time
};

/// How a client asks: how long it waits (virtual time) and how many bytes of a body it takes.
struct http_client {
    ip_address from; // declared
    duration patience{};
    std::uint64_t limit = 0;
};

/// Plays one request and its answer over real sockets. `by` empty: nobody listens at `to`, which is a
/// declared endpoint. Throws only for faults of the lab.
http_reply ask(loopback& network, const http_client& who, const endpoint& to, const http_request& what,
               const http_responder& by);

/// Responders for real clients (curl, openssl ocsp) on 127.0.0.1.
class http_listener {
  public:
    /// `port` 0: a free one. Throws boost::system::system_error when the port is taken.
    explicit http_listener(std::uint16_t port);

    std::uint16_t port() const;
    /// Waits for the next client and answers its request; one that is silent for ten real seconds is given
    /// up. What was asked, or nothing.
    std::optional<http_request> serve(const http_responder& by);

  private:
    asio::io_context io_{1};
    asio::ip::tcp::acceptor acceptor_;
};

} // namespace connlab::net
