// Hops between the servers and services of one organization: where a message goes next, and how Exchange
// servers recognize each other (on-premises sheet 1.3, 1.4, 2.3, 2.8, 2.9).
#pragma once

#include "sim/exchange/decisions.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

inline constexpr std::uint16_t hub_port = 2525;
inline constexpr std::uint16_t delivery_port = 475;
inline constexpr std::uint16_t outbound_proxy_port = 717;

enum class next_step {
    mailbox_delivery, // to the Mailbox Transport Delivery service of `target`
    hub,              // to the Transport service of `target`
    edge,             // to the subscribed Edge `target`
    from_edge,        // from a subscribed Edge to the Front End of `target`
    leave,            // by `connector`, from this server
    proxy,            // by `connector`, through the Front End of this server
    nowhere
};

struct next_stage {
    next_step step = next_step::nowhere;
    const server* target = nullptr;
    std::vector<const server*> alternates; // from_edge: tried after it
    const send_connector* connector = nullptr;
    std::string delivery_type;   // as Get-Queue names it
    std::string next_hop_domain; // likewise; where that is a mailbox database, the server that holds it
};

/// What the Transport service of `holder` does with a message for `recipient`. `chosen`: the Send connector,
/// for a recipient outside; null for one in an accepted domain.
trace::decided<next_stage> select_next_stage(const organization& o, const server& holder,
                                             std::string_view recipient, const send_connector* chosen);

/// Whether an Edge sends mail for an accepted domain on: by EdgeSync's connector, or by one that its
/// administrator has made for that domain.
bool has_way_in(const organization& o, const server& edge, std::string_view domain);

/// The invisible connector between the services of an organization.
send_connector intra_organization_connector(const server& s);
/// The connector in AD LDS that leads into the organization, `EdgeSync - Inbound to SITE`, as a session uses
/// it.
send_connector edge_inbound_connector(const server& edge);
/// What it asks of a session: X-ANONYMOUSTLS and X-EXPS.
tls_policy intra_organization_policy();
/// The same between an Edge and a Mailbox server: the certificate itself is the proof, no X-EXPS follows.
tls_policy direct_trust_policy();

/// After an EHLO reply of another Exchange server: X-ANONYMOUSTLS, X-EXPS, or back to the queue.
struct exchange_keywords_seen {
    bool anonymous_tls = false;
    bool authentication = false; // X-EXPS
    bool tls_active = false;
    bool direct_trust = false;
    bool own_certificate = true; // the sender's internal transport certificate could be loaded
};
trace::decided<send_verdict> judge_exchange_hello(const server& s, const send_connector& c,
                                                  const exchange_keywords_seen& peer,
                                                  std::string_view remote_host);
/// After the peer's answer to X-EXPS.
/// A Send connector whose SmartHostAuthMechanism is ExchangeServer has to be recognized by its smart host.
bool demands_exchange_authentication(const send_connector& c);
/// The last EHLO reply before the message: X-EXPS, or back to the queue (E14). `offered`: X-EXPS is in it.
trace::decided<send_verdict> judge_exchange_logon_offer(const send_connector& c, bool offered,
                                                        std::string_view smart_host);

trace::decided<send_verdict> judge_exchange_authentication(const send_connector& c, std::string_view reply,
                                                           bool accepted, std::string_view remote_host);

/// What X-EXPS carries instead of a Kerberos ticket: base64 of a sentence that names the server, and back.
std::string token_of(const server& s);
std::string server_named_by(std::string_view token); // empty: no such token

/// The receiving side's answer to X-EXPS. Kerberos itself is not simulated: `fails` is the scenario's word.
trace::decided<inbound_verdict> judge_exchange_server(const organization& o, const server& s,
                                                      const receive_connector& c, std::string_view mechanism,
                                                      std::string_view claimed, const ip_address& remote,
                                                      bool fails);

} // namespace connlab::exchange
