// What a session with Exchange Online has proved about who is there: the client's certificate, the address
// (Exchange Online sheet 1.4).
#pragma once

#include "sim/exchange/decisions.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

struct online_evidence {
    bool tls = false;
    certs::certificate certificate;                  // the client's; empty: none presented
    bool certificate_counts = false;                 // C1, C2: its chain is good
    std::string certificate_fault = "not presented"; // why it does not
    ip_address peer;
};

struct judged_certificate {
    bool counts = false;
    std::string fault;                    // UntrustedRoot, …; empty: it counts
    chain::verdict verdict;               // without elements: no certificate
    std::vector<chain::retrieval> wanted; // see chain::verdict
};

/// C1-C3, C7: whether the certificate counts for attribution. TLS succeeds whatever it is.
trace::decided<judged_certificate> judge_online_client(const server& s, const inbound_facts& facts,
                                                       const behavior& b, const chain::evidence& known);

/// C4-C6: whether TlsSenderCertificateName is on the certificate, as CN or SAN, and by which of its names.
/// `*.x` covers names below x at the depth of the switch SenderCertificateWildcardDepth; a name without
/// wildcard is on the certificate literally or not at all.
name_match match_sender_certificate(const certs::certificate& c, std::string_view certificate_name,
                                    const behavior& b);

/// Whether a pattern `*.x` covers a certificate's name (`mail.x`, `*.x`, by the switch also `a.b.x` and `x`).
bool online_wildcard_covers(std::string_view pattern, std::string_view name, const behavior& b);

} // namespace connlab::exchange
