// What a reply leads to, by what it answers: the table that drives a sending session, and its text.
#pragma once

#include "sim/smtp/reply.hpp"

#include <string>
#include <string_view>

namespace connlab::smtp {

/// What the next reply answers.
enum class outbound_awaited { banner, ehlo, helo, starttls, auth, mail, recipient, data, content, quit };

enum class reply_class { positive, intermediate, transient, permanent, closing }; // 2xx to 5xx, and 421
/// `r` is not malformed.
reply_class class_of(const reply& r);

enum class outbound_action {
    greet,     // banner: say EHLO or HELO
    capable,   // ask the policy what to do
    fall_back, // EHLO is not understood
    handshake,
    no_tls,    // STARTTLS refused
    respond,   // to a challenge
    logged_on, // or not: ask the policy
    proceed,   // the next command of the envelope
    let_in,    // a recipient accepted
    keep_out,  // a recipient refused
    content,   // send it
    delivered, // or the next chunk
    fail,
    hang_up,
    finish
};
std::string_view to_string(outbound_action a);

outbound_action action_for(outbound_awaited what, reply_class c);

/// The table in words: what is awaited × class of the reply, then what the actions and events do. Tested as
/// golden text.
std::string outbound_transitions();

} // namespace connlab::smtp
