// What a command leads to in each state of a receiving session: the table that drives it, and its text.
#pragma once

#include "sim/smtp/command.hpp"

#include <string>
#include <string_view>

namespace connlab::smtp {

enum class inbound_state {
    hello,      // no EHLO yet, or not since the upgrade
    ready,      // no transaction
    mail,       // a sender
    recipients, // one or more
    chunks,     // a part of the content, by BDAT without LAST
    greeting,   // from here on no command is expected: before the banner
    content,    // reading what follows DATA
    chunk,      // reading what follows BDAT
    upgrade,    // TLS handshake
    challenge,  // reading the client's response to a 334
    behind,     // the service behind has the message
    over
};
/// True for the states in which commands are read.
bool takes_commands(inbound_state s);

enum class inbound_action {
    greet,
    upgrade,
    authenticate,
    mail,
    recipient,
    content,
    chunk,
    reset,
    noop,
    verify,
    help,
    quit,
    // refusals
    hello_first,
    mail_first,
    recipient_first,
    nested_mail,
    bad_sequence,
    not_implemented,
    unrecognized
};
std::string_view to_string(inbound_action a);

/// `s` takes commands.
inbound_action action_for(inbound_state s, verb v);

/// The table in words: commands × states, then what the actions and the events do. Tested as golden text.
std::string inbound_transitions();

} // namespace connlab::smtp
