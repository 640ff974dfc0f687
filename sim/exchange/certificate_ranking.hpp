// The search both directions share: which certificates of LocalMachine\My answer to a name, and in which
// order. Internal.
#pragma once

#include "sim/exchange/decisions.hpp"

#include <string>
#include <vector>

namespace connlab::exchange {

struct certificate_search {
    std::string_view identifier; // TlsCertificateName; empty: search by domain name
    std::string_view domain_name;
    bool receiving = false; // certificates without private key are no candidates
};

struct ranked_certificate {
    const stored_certificate* certificate = nullptr;
    bool self_signed = false;
    bool expired = false;
    bool not_yet_valid = false;

    bool in_time() const { return !expired && !not_yet_valid; }
};

struct certificate_ranking {
    std::vector<ranked_certificate> best_first;
    bool any_without_key = false;  // answered to the name, filtered for want of a private key
    bool any_broken_chain = false; // answered to the name, its own chain is broken
    bool any_unbound = false;      // filtered by SmtpBindingFiltersSelection
    std::vector<chain::retrieval> wanted;
};

/// <I>…<S>… names the certificate letter by letter, case ignored.
bool same_text(const certs::certificate_identifier& id, const certs::certificate& c);

/// Fills `why.considered` (each certificate of the store, why it lost) and `why.assumed`; leaves rule and
/// answer to the caller, but for a winner sets the rule that put it first.
certificate_ranking rank_certificates(const server& s, const certificate_search& what, instant now,
                                      const behavior& b, const chain::evidence& known, trace::decision& why);

/// `mail.contoso.com 2024 (CN=mail.contoso.com)`.
std::string describe(const stored_certificate& c);
std::string short_name(const stored_certificate& c);

/// The plain SMTP server's choice in both directions: what it is configured with, its first certificate that
/// has a key.
trace::decided<certificate_choice> partner_certificate(const server& s, std::string question);

} // namespace connlab::exchange
