// Watches one TLS connection of ours: handshake messages, alerts, the key log. Attached to an SSL before its
// handshake.
#pragma once

#include "sim/tls/handshake_message.hpp"

#include <array>
#include <string>
#include <vector>

struct ssl_st;
struct ssl_ctx_st;

namespace connlab::net {

using tls_messages = std::vector<trace::tls_message>;

class handshake_tap {
  public:
    /// `is_client`: which side this SSL is; messages are recorded in the direction they travel.
    /// With a `wire`, shared by both ends of a connection, each end writes down what it sends: every message
    /// once, in causal order. Without one this end writes down both directions.
    handshake_tap(bool is_client, tls::message_memo& memo, tls_messages* wire = nullptr)
        : is_client_(is_client), memo_(memo), shared_(wire) {}
    handshake_tap(const handshake_tap&) = delete;
    handshake_tap& operator=(const handshake_tap&) = delete;

    void attach(ssl_st* ssl); // the tap must outlive the handshake
    static void enable_key_log(ssl_ctx_st* context);

    const tls_messages& messages() const { return shared_ != nullptr ? *shared_ : messages_; }
    const std::string& key_log() const { return key_log_; }
    bool certificate_requested() const { return certificate_requested_; }
    /// Number of the last alert that came in or went out; -1: none.
    int alert_received() const { return alert_received_; }
    int alert_sent() const { return alert_sent_; }

    void on_message(bool sent, int content_type, const unsigned char* bytes, std::size_t size);
    void on_key(std::string_view line);

  private:
    void add(bool sent, trace::tls_message m);
    void on_handshake(bool sent, std::string_view bytes);

    bool is_client_;
    tls::message_memo& memo_;
    tls_messages* shared_;
    tls_messages messages_;
    std::string key_log_;
    tls::settled so_far_;
    std::array<bool, 2> hidden_{}; // received and sent: from here on encrypted
    bool certificate_requested_ = false;
    int alert_received_ = -1;
    int alert_sent_ = -1;
};

} // namespace connlab::net
