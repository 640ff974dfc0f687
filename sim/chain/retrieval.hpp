// What Windows fetches for a verdict, and what came back. An evaluation asks in `verdict::wanted`; whoever
// can fetch does, and asks again with the answer: nothing here touches a network or a clock.
#pragma once

#include "sim/base/instant.hpp"

#include <cstddef>
#include <string>

namespace connlab::chain {

/// Something to fetch. An OCSP request goes to `url` as the body of a POST, or in the path of a GET
/// (RFC 6960 appendix A.1).
struct retrieval {
    enum class kind { crl, ocsp, issuer, root } what = kind::crl;
    std::string url;
    std::size_t element = 0; // of the path, the leaf is 0
    std::string request{};   // ocsp: the OCSPRequest (DER)
    friend bool operator==(const retrieval&, const retrieval&) = default;
};

/// The same bytes would come back: one answer serves several elements.
bool same_source(const retrieval& a, const retrieval& b);

struct retrieved {
    retrieval asked;
    std::string bytes{};   // of the body; whether they are what was asked for is the evaluation's to judge
    std::string failure{}; // empty: fetched; else "connection refused", "HTTP 404", "no answer within 15 s"
    duration took{};
    bool cached = false; // it came out of a url_cache
    std::string etag{};
    std::optional<duration> max_age{}; // HTTP Cache-Control
    bool unchanged = false;            // asked with an ETag: there is no newer one, and no bytes came
};

/// How a caller of the chain engine has revocation looked at. `assume_good` is for callers that fetch
/// nothing: a named distribution point counts as good (rule chain.revocation.assumed-good).
enum class revocation_mode { assume_good, check };

/// CERT_CHAIN_REVOCATION_CHECK_END_CERT, _CHAIN, _CHAIN_EXCLUDE_ROOT; none: revocation is not looked at.
enum class revocation_scope { none, end_certificate, chain, chain_excluding_root };

/// What the caller says of revocation: the flags of CertGetCertificateChain, and those of
/// CertVerifyCertificateChainPolicy that take an unknown status for none.
struct revocation_flags {
    revocation_scope scope = revocation_scope::none;
    revocation_mode mode = revocation_mode::assume_good;
    bool cache_only = false;          // CERT_CHAIN_REVOCATION_CHECK_CACHE_ONLY
    bool ignore_end_unknown = false;  // CERT_CHAIN_POLICY_IGNORE_END_REV_UNKNOWN_FLAG
    bool ignore_ca_unknown = false;   // CERT_CHAIN_POLICY_IGNORE_CA_REV_UNKNOWN_FLAG
    bool ignore_root_unknown = false; // CERT_CHAIN_POLICY_IGNORE_ROOT_REV_UNKNOWN_FLAG
    friend bool operator==(const revocation_flags&, const revocation_flags&) = default;
};

/// ChainUrlRetrievalTimeoutMilliseconds and ChainRevAccumulativeUrlRetrievalTimeoutMilliseconds (Schannel
/// sheet 6.3).
struct retrieval_timeouts {
    duration url = std::chrono::seconds(15);
    duration accumulative = std::chrono::seconds(20);
    bool accumulates = true; // CERT_CHAIN_REVOCATION_ACCUMULATIVE_TIMEOUT
};

/// How long the next revocation URL of a chain may take when the ones before took `spent` together: half of
/// what is left of the accumulative time-out (10 s, 5 s, 2.5 s …), never more than a single URL may take.
/// Zero: nothing is left, and the URL is not tried.
duration allowed_time(const retrieval_timeouts& t, duration spent);

} // namespace connlab::chain
