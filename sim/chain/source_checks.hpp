// Whether a CRL or an OCSP response may be used for a certificate, and what it says of it (Schannel sheet
// 6.1, 6.4). Internal.
#pragma once

#include "certs/crl.hpp"
#include "certs/ocsp.hpp"
#include "sim/chain/verdict.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::chain {

/// A certificate that is asked about, the one that issued it, the one whose key has the parameters of the
/// issuer's key (DSA; else the issuer itself), and when.
struct revocation_subject {
    const certs::certificate& cert;
    const certs::certificate& issuer;
    const certs::certificate& parameters;
    instant at{};
};

/// What one source says. Where it cannot be used: the rule that forbids it, and why in a few words.
struct source_verdict {
    enum class outcome { unusable, good, revoked, unknown } what = outcome::unusable;
    std::string_view rule;
    std::string why;

    bool settles() const { return what == outcome::good || what == outcome::revoked; }
};

source_verdict unusable(std::string_view rule, std::string why);
source_verdict usable();
source_verdict revoked(instant at, std::optional<certs::revocation_reason> reason);
/// Whole seconds, as both kinds write them. Usable: now is between the two, and no end is never.
source_verdict check_updates(instant this_update, std::optional<instant> next_update, instant now);

/// A complete CRL. `on_hold` is set when the entry may be taken back by a delta CRL.
source_verdict judge_crl(const certs::crl& list, const revocation_subject& s, signature_memo& memo,
                         bool& on_hold);

/// What a delta CRL adds to a complete one that is usable: good (nothing), revoked, or unusable.
source_verdict judge_delta(const certs::crl& delta, const certs::crl& complete, const revocation_subject& s,
                           signature_memo& memo);

/// `unknown`: the responder does not know the certificate.
source_verdict judge_response(const certs::ocsp_response& response, const revocation_subject& s,
                              signature_memo& memo);

} // namespace connlab::chain
