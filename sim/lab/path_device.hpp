// What stands on the path between a client and a server and changes what passes in clear: firewalls that
// inspect SMTP, relays that rewrite. Bytes in, bytes out.
#pragma once

#include "sim/scenario/scenario.hpp"

#include <string>

namespace connlab::lab {

class path_device {
  public:
    explicit path_device(scenario::fault_kind kind) : kind_(kind) {}

    /// Lines of the server, as they reach the client. Inside TLS nothing can be changed.
    std::string to_client(const std::string& lines, bool encrypted) const;
    /// A message on its way to the server, as it was on the wire.
    std::string content_to_server(const std::string& wire, bool encrypted) const;
    bool resets_at_content() const { return kind_ == scenario::fault_kind::reset_in_data; }

  private:
    bool masks() const;

    scenario::fault_kind kind_;
};

} // namespace connlab::lab
