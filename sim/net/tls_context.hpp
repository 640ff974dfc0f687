// From offers to OpenSSL contexts. Building one costs more than a flow may, so they are kept and shared by
// all threads.
#pragma once

#include "sim/tls/offer.hpp"

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace boost::asio::ssl {
class context;
}

namespace connlab::net {

using tls_context = std::shared_ptr<boost::asio::ssl::context>;

/// Security level 0, explicit versions, suites and groups, no tickets, no resumption; a peer's certificate is
/// never judged in the handshake, except where a server offer says `refuses`. (Schannel sheet 3.2)
class tls_contexts {
  public:
    /// `keep_keys`: clients write a key log, so that a decoder can read what was captured.
    explicit tls_contexts(bool keep_keys = false);
    ~tls_contexts();
    /// Throws std::runtime_error when OpenSSL refuses the offer itself: a fault of the lab.
    tls_context server(const tls::server_offer& offer);
    tls_context client(const tls::client_offer& offer);

  private:
    bool keep_keys_;
    std::mutex guard_;
    std::map<std::string, tls_context> kept_;
    // OpenSSL holds pointers to both.
    std::deque<std::vector<tls::version>> server_versions_; // of the servers above
    /// Of the clients above: what they take of RSA keys and of DHE primes.
    std::deque<std::pair<tls::key_lengths, tls::key_lengths>> taken_lengths_;
};

} // namespace connlab::net
