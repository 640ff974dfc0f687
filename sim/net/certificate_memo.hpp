// What a peer presents, decoded once: the same bytes arrive in every flow. Not shared between threads.
#pragma once

#include "certs/certificate.hpp"
#include "sim/tls/message_memo.hpp"

#include <string>
#include <unordered_map>
#include <vector>

struct ssl_st;

namespace connlab::net {

class certificate_memo {
  public:
    /// The peer's certificates as received, leaf first; what cannot be decoded is left out.
    std::vector<certs::certificate> peer_chain(ssl_st* ssl, bool peer_is_server);

    /// And what the messages of handshakes say.
    tls::message_memo& messages() { return messages_; }

  private:
    certs::certificate decoded(const x509_st* raw);
    std::unordered_map<std::string, certs::certificate> known_; // by DER
    tls::message_memo messages_;
};

} // namespace connlab::net
