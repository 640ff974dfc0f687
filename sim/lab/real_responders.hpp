// What the authorities of a world publish, served to real clients: curl, openssl ocsp, a browser.
#pragma once

#include "sim/lab/responders.hpp"

#include <map>
#include <optional>
#include <string>

namespace connlab::lab {

class real_responders {
  public:
    /// Listens on 127.0.0.1; `port` 0: a free one. Throws boost::system::system_error when the port is taken.
    real_responders(const world& w, std::uint16_t port) : w_(w), responders_(w, made_), listener_(port) {}

    std::uint16_t port() const { return listener_.port(); }

    /// What is served where, over HTTP: URL, and whose Crl, DeltaCrl, Ocsp or Aia it is.
    std::map<std::string, std::string> urls() const;

    struct served {
        std::string request; // GET http://crl.pki.test/RootCA.crl
        unsigned status = 0;
        std::size_t bytes = 0; // of the body
    };
    /// Waits for the next request and answers it as of `now`. A client reaches a host of the scenario as a
    /// proxy's (curl -x), by the Host field, or, with neither, by the path alone: the longest that fits.
    /// Nothing: the client said nothing for ten real seconds.
    std::optional<served> serve(instant now);

  private:
    std::string url_of(const net::http_request& asked) const;

    const world& w_;
    signed_bytes made_;
    responders responders_;
    net::http_listener listener_;
};

} // namespace connlab::lab
