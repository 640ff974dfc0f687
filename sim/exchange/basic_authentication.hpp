// AUTH LOGIN: a Send connector to its smart host, a client to a Receive connector (on-premises
// sheet 2.4, 3.6, 3.7). Who may log on is the scenario's word: the lab keeps no passwords.
#pragma once

#include "sim/exchange/decisions.hpp"

#include <string>
#include <string_view>

namespace connlab::exchange {

bool uses_basic_authentication(const send_connector& c);

/// The last EHLO reply before the message: AUTH LOGIN, or back to the queue. `offered`: the parameter of
/// AUTH.
trace::decided<send_verdict> judge_logon_offer(const send_connector& c, std::string_view offered, bool tls,
                                               std::string_view smart_host);
/// The smart host's last word: a refusal keeps the message in the queue, event 2003 (its text is ours).
trace::decided<send_verdict> judge_logon(const send_connector& c, std::string_view reply, bool accepted,
                                         std::string_view smart_host);

/// What a Receive connector offers behind AUTH now: `LOGIN` among it.
bool offers_login(const server& s, const receive_connector& c, bool tls);
/// A mechanism of Kerberos or NTLM is among it.
bool offers_integrated(const server& s, const receive_connector& c, std::string_view mechanism);
/// `VARUNAGROUP\carol`: the form in which the receive log names a user. That the domain is called like the
/// organization is the lab's.
std::string down_level_name(const organization& o, std::string_view user);
/// The receiving side, with name and password at hand.
trace::decided<inbound_verdict> judge_user(const server& s, const receive_connector& c, std::string_view user,
                                           const ip_address& remote);

} // namespace connlab::exchange
