// Subjects by the bytes of their certificates, decoded once: a server sends the same ones in every handshake.
// Not shared between threads.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace connlab::tls {

class subject_memo {
  public:
    /// In one line, and where the bytes are no certificate, that they are none.
    const std::string& subject_of(std::string_view der);

  private:
    std::unordered_map<std::string, std::string> known_; // by DER
};

} // namespace connlab::tls
