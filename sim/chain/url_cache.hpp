// What a server remembers of the URLs it fetched (CryptnetUrlCache; Schannel sheet 6.2): a value. Whoever
// owns it reads it as of one instant and stores what was fetched afterwards.
#pragma once

#include "certs/crl.hpp"
#include "sim/chain/retrieval.hpp"

#include <map>
#include <optional>
#include <string>

namespace connlab::chain {

/// When CryptSvc fetches a revocation list anew, on its own.
struct prefetch_window {
    instant from{};
    instant until{};
};

struct cached_url {
    std::string bytes;
    std::string failure; // not empty: a negative entry
    instant fetched_at{};
    instant usable_until{};                        // inclusive; instant::max(): for ever
    int failures = 0;                              // in a row
    std::optional<prefetch_window> fetched_anew{}; // of a list that tells its Next CRL Publish
    std::string etag{};
    duration max_age{};                      // zero: none came with it
    std::optional<instant> asked_again_at{}; // when it came with one
    instant tried_at{};                      // in vain, ahead of its end
};

struct url_cache {
    std::map<std::string, cached_url> by_key; // cache_key
};

/// The URL; for OCSP the URL that a GET would have, so that each certificate has an entry.
std::string cache_key(const retrieval& asked);

/// What is remembered and usable at `now`. A negative entry gives an answer with its `failure`.
std::optional<retrieved> lookup(const url_cache& cache, const retrieval& asked, instant now);

/// Remembers a fetched answer until the nextUpdate of the CRL or OCSP response (a CRL without one for ever,
/// an OCSP response without one not at all), an issuer as long as it is valid. What is not what was asked
/// for, has ended already or was cached before is not remembered.
void remember(url_cache& cache, const retrieved& answer, instant now);

/// Remembers that a URL could not be fetched, unless what came before still is good: for 60 s, and twice as
/// long each time it fails again (assumed; whether Windows does so at all is open, so that it is the caller's
/// to call this).
void remember_failure(url_cache& cache, const retrieved& answer, instant now);

/// That a list could not be fetched ahead. One with a max-age is asked about again when that has passed once
/// more.
void remember_attempt(url_cache& cache, const std::string& url, instant at);

/// From a tenth into the overlap of Next CRL Publish and NextUpdate to a twentieth before its end, an hour at
/// least (Schannel sheet 6.2; that `period` there is the overlap is assumed: with the defaults of AD CS a
/// tenth of the list's whole period would lie behind its end). Nothing: a list without Next CRL Publish.
std::optional<prefetch_window> prefetch_window_of(const certs::crl_fields& list);

/// `certutil -urlcache * delete`.
void clear(url_cache& cache);

} // namespace connlab::chain
