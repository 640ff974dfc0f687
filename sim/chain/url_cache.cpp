#include "sim/chain/url_cache.hpp"

#include "certs/base64.hpp"
#include "certs/ocsp.hpp"

#include <algorithm>

namespace connlab::chain {

namespace {

constexpr duration first_failure_kept = std::chrono::seconds(60);
constexpr int most_doublings = 10; // 17 hours

/// Base64 in the path of a URL: its three special characters are escaped (RFC 6960 appendix A.1).
std::string in_path(const std::string& base64) {
    std::string out;
    for (const char c : base64) {
        if (c == '+')
            out += "%2B";
        else if (c == '/')
            out += "%2F";
        else if (c == '=')
            out += "%3D";
        else
            out += c;
    }
    return out;
}

std::optional<instant> end_of_crl(const std::string& bytes) {
    const auto list = certs::crl::from_der(bytes);
    if (!list)
        return std::nullopt;
    return list->fields().next_update.value_or(instant::max());
}

std::optional<instant> end_of_response(const std::string& bytes) {
    const auto response = certs::ocsp_response::from_der(bytes);
    if (!response || response->fields().answers.empty())
        return std::nullopt;
    std::optional<instant> end;
    for (const auto& a : response->fields().answers) {
        if (!a.next_update)
            return std::nullopt;
        end = std::min(end.value_or(*a.next_update), *a.next_update);
    }
    return end;
}

std::optional<instant> end_of_issuer(const std::string& bytes) {
    const auto certificates = certs::read_certificates(bytes);
    return certificates ? std::optional(certificates->front().fields().not_after) : std::nullopt;
}

/// Nothing for bytes that are not what was asked for.
std::optional<instant> usable_until(const retrieved& answer) {
    switch (answer.asked.what) {
    case retrieval::kind::crl:
        return end_of_crl(answer.bytes);
    case retrieval::kind::ocsp:
        return end_of_response(answer.bytes);
    case retrieval::kind::issuer:
        return end_of_issuer(answer.bytes);
    case retrieval::kind::root: // goes into the Root store
        break;
    }
    return std::nullopt;
}

} // namespace

std::string cache_key(const retrieval& asked) {
    if (asked.what != retrieval::kind::ocsp)
        return asked.url;
    const bool slash = !asked.url.empty() && asked.url.back() == '/';
    return asked.url + (slash ? "" : "/") + in_path(certs::base64_encoded(asked.request));
}

std::optional<retrieved> lookup(const url_cache& cache, const retrieval& asked, instant now) {
    const auto found = cache.by_key.find(cache_key(asked));
    if (found == cache.by_key.end() || now > found->second.usable_until)
        return std::nullopt;
    const auto& entry = found->second;
    return retrieved{asked, entry.bytes, entry.failure, duration::zero(), true};
}

namespace {

constexpr duration shortest_between_questions = std::chrono::hours(1);

void keep_max_age(cached_url& entry, const retrieved& answer, instant now) {
    entry.max_age = answer.max_age ? std::max(*answer.max_age, shortest_between_questions) : duration{};
    entry.asked_again_at = answer.max_age ? std::optional(now + entry.max_age) : std::nullopt;
}

} // namespace

void remember(url_cache& cache, const retrieved& answer, instant now) {
    if (answer.cached || !answer.failure.empty())
        return;
    if (const auto known = cache.by_key.find(cache_key(answer.asked));
        answer.unchanged && known != cache.by_key.end()) {
        known->second.fetched_at = now;
        keep_max_age(known->second, answer, now);
        return;
    }
    const auto end = usable_until(answer);
    if (!end || *end < now)
        return;
    auto& entry = cache.by_key[cache_key(answer.asked)];
    entry = {};
    entry.bytes = answer.bytes;
    entry.fetched_at = now;
    entry.usable_until = *end;
    if (answer.asked.what != retrieval::kind::crl)
        return;
    entry.fetched_anew = prefetch_window_of(certs::crl::from_der(answer.bytes)->fields());
    entry.etag = answer.etag;
    keep_max_age(entry, answer, now);
}

std::optional<prefetch_window> prefetch_window_of(const certs::crl_fields& list) {
    constexpr duration shortest = std::chrono::hours(1);
    if (!list.next_publish || !list.next_update || *list.next_update < *list.next_publish)
        return std::nullopt;
    const auto overlap = *list.next_update - *list.next_publish;
    const auto from = *list.next_publish + overlap / 10;
    return prefetch_window{from, std::max(*list.next_update - overlap / 20, from + shortest)};
}

void remember_failure(url_cache& cache, const retrieved& answer, instant now) {
    if (answer.cached || answer.failure.empty())
        return;
    auto& entry = cache.by_key[cache_key(answer.asked)];
    if (!entry.bytes.empty() && now <= entry.usable_until) // what is known stays good
        return;
    const int before = entry.failures;
    entry = {};
    entry.failure = answer.failure;
    entry.fetched_at = now;
    entry.usable_until = now + first_failure_kept * (1 << std::min(before, most_doublings));
    entry.failures = before + 1;
}

void remember_attempt(url_cache& cache, const std::string& url, instant at) {
    const auto found = cache.by_key.find(url);
    if (found == cache.by_key.end())
        return;
    found->second.tried_at = at;
    if (found->second.asked_again_at)
        found->second.asked_again_at = at + found->second.max_age;
}

void clear(url_cache& cache) {
    cache.by_key.clear();
}

} // namespace connlab::chain
