#include "sim/scenario/publishing.hpp"

#include <algorithm>

namespace connlab::scenario {

namespace {

using enum responder_fault_kind;

struct named_fault {
    std::string_view word;
    responder_fault_kind kind;
};
constexpr named_fault faults[] = {
    {"None", none},
    {"Refused", refused},
    {"Unreachable", unreachable},
    {"Silent", silent},
    {"Reset", reset},
    {"Garbage", garbage},
    {"Latency", latency},
    {"NotFound", not_found},
    {"ServerError", server_error},
    {"ProxyAuthentication", proxy_authentication},
    {"Redirect", redirect},
    {"RedirectLoop", redirect_loop},
    {"Truncated", truncated},
    {"Empty", empty},
    {"WrongContent", wrong_content},
    {"Huge", huge},
    {"WrongSigner", wrong_signer},
    {"Stale", stale},
    {"NotYetValid", not_yet_valid},
    {"OtherDistributionPoint", other_distribution_point},
    {"TryLater", try_later},
    {"Unauthorized", unauthorized},
    {"OtherCertificate", other_certificate},
};

} // namespace

std::string_view to_string(publication p) {
    switch (p) {
    case publication::crl:
        return "Crl";
    case publication::delta:
        return "DeltaCrl";
    case publication::ocsp:
        return "Ocsp";
    case publication::issuer:
        return "Aia";
    }
    return {};
}

std::vector<std::string> responder_fault_words() {
    std::vector<std::string> out;
    for (const auto& f : faults)
        out.emplace_back(f.word);
    return out;
}

std::optional<responder_fault_kind> responder_fault_of_word(std::string_view word) {
    for (const auto& f : faults)
        if (f.word == word)
            return f.kind;
    return std::nullopt;
}

bool fits(responder_fault_kind kind, publication p) {
    if (kind == try_later || kind == unauthorized || kind == other_certificate)
        return p == publication::ocsp;
    if (kind == other_distribution_point)
        return p == publication::crl || p == publication::delta;
    if (kind == wrong_signer || kind == stale || kind == not_yet_valid)
        return p != publication::issuer;
    return true;
}

/// AD CS: ten per cent of the period, twelve hours at most.
duration publishing::overlap(duration period) const {
    return crl_overlap.value_or(std::min(period / 10, duration{std::chrono::hours{12}}));
}

bool publishing::has_deltas() const {
    const auto found = urls.find(publication::delta);
    return found != urls.end() && !found->second.empty();
}

} // namespace connlab::scenario
