// What the cmdlets that change objects share: the draft they work on and where their answers go. Internal.
#pragma once

#include "sim/cmdlet/object_cmdlets.hpp"

namespace connlab::cmdlet {

inline constexpr const char* not_found =
    "The operation couldn't be performed because object '{}' couldn't be found (our wording)";

/// One statement at work on a draft of the organization, which is thrown away when errors were said.
struct work {
    const statement& text;
    const shell& in;
    exchange::organization& draft;
    error_list& errors;
    outcome& out;

    void fail(std::string message, std::string hint = {}) const {
        errors.add(text.where, std::move(message), std::move(hint));
    }
    void changed(const std::string& line) const { out.changed += (out.changed.empty() ? "" : "\n") + line; }
    void printed(const std::string& line) const { out.output += (out.output.empty() ? "" : "\n") + line; }
};

void new_send_connector(const work& w);
void remove_send_connector(const work& w);
void new_receive_connector(const work& w);
void remove_receive_connector(const work& w);

/// Services are added and never taken away; SMTP asks about the default certificate, and No is the answer
/// unless -Force says Yes.
void enable_certificate(const work& w);
/// Refused while a Send connector names it: by issuer and subject, so also after a renewal with the same
/// names.
void remove_certificate(const work& w);

} // namespace connlab::cmdlet
