// TlsDomainCapabilities: what a Receive connector lets a remote domain do once its certificate has proved it
// (on-premises sheet 3.8).
#pragma once

#include "sim/exchange/decisions.hpp"

#include <string>
#include <vector>

namespace connlab::exchange {

struct domain_capabilities {
    std::vector<std::string> granted; // AcceptCloudServicesMail, …
    std::string domain;               // of the entry that matched; empty: none did
    std::string status;               // for the log; empty: what Exchange writes is not public
    std::vector<event> events;        // 11022
    bool stale_key = false; // a key <I>issuer<S>subject has the certificate's subject, not its issuer
    std::vector<chain::retrieval> wanted; // see chain::verdict
    bool accept_cloud_services_mail() const;
    bool accept_oorg_protocol() const; // the same word of Exchange 2010, on an Edge still
    /// The one that lets the session send to recipients of any domain; empty: none does.
    std::string relaying_by(const server& s) const;
};

/// Evaluated at the second EHLO, after the handshake; without TLS only the pseudo-domain NO-TLS can match.
trace::decided<domain_capabilities> evaluate_domain_capabilities(const server& s, const receive_connector& c,
                                                                 const inbound_facts& facts,
                                                                 const behavior& b,
                                                                 const chain::evidence& known);

/// MAIL FROM of a client that a stale key once let in: ordinary mail, or PRX5 (switch StaleCapabilityKey).
trace::decided<inbound_verdict> judge_stale_key(const receive_connector& c, const behavior& b);

/// `TlsDomainCapabilities='None'; Status='NoRemoteCertificate'`. Where no entry was looked at the status is
/// that of the client's chain: assumed.
std::string log_line(const domain_capabilities& d, std::string_view chain_status);

} // namespace connlab::exchange
