// What was decoded before: a server sends the same certificates in every handshake, and a client the same
// ClientHello but for what it draws at random. Not shared between threads.
#pragma once

#include "sim/trace/run_record.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace connlab::tls {

/// Everything that a decoded ClientHello (with its header of four bytes) depends on: its bytes without the
/// random, the session id and the public keys, but with their lengths. None: it is damaged.
std::optional<std::string> hello_without_chance(std::string_view bytes);

class message_memo {
  public:
    /// In one line, and where the bytes are no certificate, that they are none.
    const std::string& subject_of(std::string_view der);

    /// By hello_without_chance; null: none like it has come.
    const trace::tls_message* known_hello(const std::string& key) const;
    void keep_hello(std::string key, const trace::tls_message& decoded);

  private:
    std::unordered_map<std::string, std::string> subjects_; // by DER
    std::unordered_map<std::string, trace::tls_message> hellos_;
};

} // namespace connlab::tls
