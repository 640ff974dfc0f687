// How Exchange Online sends: which outbound connector, what it demands of TLS, and what the trace of a
// message says when a session fails (Exchange Online sheet 2).
#pragma once

#include "sim/exchange/decisions.hpp"
#include "sim/exchange/online_recipient.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

enum class online_step { mailbox, leave };
struct online_stage {
    online_step step = online_step::leave;
    const tenant* owner = nullptr;                 // of the mailbox, or who sends the message on
    const outbound_connector* connector = nullptr; // null: MX records, TLS when it is offered
};
/// What the service does with a message of tenant `t`. `came`: from one of its mailboxes (none), from the
/// tenant's own servers, or from outside; centralized mail transport sends what does not come from the own
/// servers to them first, except from mailbox to mailbox.
trace::decided<online_stage> select_online_stage(const std::vector<tenant>& all, const tenant& t,
                                                 std::string_view recipient, directionality came);

/// The most specific connector for the domain: listed literally, then all accepted domains, then by wildcard
/// (2.2). Null: none.
trace::decided<const outbound_connector*>
select_outbound_connector(const tenant& t, std::string_view recipient_domain,
                          directionality came = directionality::none);

/// The connector as a session sees it: next hop, EHLO name, header firewall. Null: the default one.
send_connector session_connector(const outbound_connector* c, const server& s);

/// The service's certificate, presented when the peer asks for one.
trace::decided<certificate_choice> online_client_certificate(const server& s);

/// One attempt at one host, as the texts name it.
struct online_attempt {
    const outbound_connector* connector = nullptr; // null: none
    std::string host;
    endpoint where; // declared
    online_session_name session;
    bool try_starttls = true; // false: in clear, after a handshake that failed
};

/// Before a connection (2.3).
trace::decided<tls_policy> online_tls_policy(const outbound_connector* c, std::string_view recipient_domain);
trace::decided<send_verdict> judge_online_hello(const online_attempt& a, bool starttls_offered);
trace::decided<send_verdict> judge_online_starttls_refusal(const online_attempt& a, std::string_view reply);
trace::decided<send_verdict> judge_online_handshake_failure(const online_attempt& a, tls::failure f,
                                                            const behavior& b);
trace::decided<send_verdict> judge_online_connection_failure(const online_attempt& a, connection_failure f);
/// `wanted` as in every judgement of a chain; the view of a chain that was looked at is left in `chain_out`.
trace::decided<send_verdict> judge_online_certificate(const server& s, const online_attempt& a,
                                                      const std::vector<certs::certificate>& peer_chain,
                                                      instant now, const behavior& b,
                                                      const chain::evidence& known,
                                                      std::vector<trace::chain_view>& chain_out);

/// `[{LED=…};{MSG=…};{FQDN=…};{IP=…};{LRT=…}]`, as the message trace shows it (2.6).
std::string online_last_error(std::string_view error, instant at, std::string_view host,
                              const endpoint& remote);

} // namespace connlab::exchange
