// What a certification authority publishes besides certificates: revocation lists, OCSP responses, its own
// certificate; where, how often, and what is wrong with it.
#pragma once

#include "certs/crl.hpp"
#include "sim/base/source_mark.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::scenario {

/// One kind of what an authority publishes.
enum class publication { crl, delta, ocsp, issuer };
constexpr publication every_publication[] = {publication::crl, publication::delta, publication::ocsp,
                                             publication::issuer};
std::string_view to_string(publication p); // Crl, DeltaCrl, Ocsp, Aia

/// How it is not to be had, or is not what it should be.
enum class responder_fault_kind {
    none,
    refused,
    unreachable, // packets are dropped
    silent,      // the connection is taken and nothing is said
    reset,
    garbage, // what answers does not speak HTTP
    latency, // every answer takes its time
    not_found,
    server_error,
    proxy_authentication, // 407
    redirect,             // to another place, where it is
    redirect_loop,
    truncated, // the connection ends within the body
    empty,
    wrong_content, // an HTML page, as captive portals give
    huge,
    wrong_signer,             // right in everything but the key that signed
    stale,                    // its time is over
    not_yet_valid,            // its time has not begun
    other_distribution_point, // CRL: it says that it is for another URL
    try_later,                // OCSP: an unsuccessful response
    unauthorized,             // OCSP: likewise
    other_certificate,        // OCSP: the answer is about another one
};
struct responder_fault {
    responder_fault_kind kind = responder_fault_kind::none;
    duration delay{}; // latency: of each answer
};

/// The word a scenario has for it; empty: no word, or one that does not fit this kind of publication.
std::vector<std::string> responder_fault_words();
std::optional<responder_fault_kind> responder_fault_of_word(std::string_view word);
/// Whether a responder of this kind can have the fault.
bool fits(responder_fault_kind kind, publication p);

struct publishing {
    /// In the certificates it issues, in this order. As written (http, ldap, a URL) until everything has been
    /// read, then URLs.
    std::map<publication, std::vector<located<std::string>>> urls;
    duration crl_period = std::chrono::hours{7 * 24}; // AD CS: one week
    duration delta_period = std::chrono::hours{24};   // AD CS: one day; counts where there are delta lists
    std::optional<duration> crl_overlap;              // unset: a tenth of the period, 12 hours at most
    std::optional<duration> crl_max_age;              // HTTP Cache-Control; unset: not sent
    bool crl_by_hand = false;                         // only when somebody publishes it
    duration ocsp_period = std::chrono::hours{4 * 24};
    bool delegated_ocsp = false; // a certificate of the responder signs, not the authority's own key
    std::vector<located<std::string>> reachable_by; // over HTTP: organizations, servers; empty: by everyone
    std::map<publication, responder_fault> faults;  // from the beginning

    /// Of a list that is made every `period`.
    duration overlap(duration period) const;
    bool has_deltas() const;
};

} // namespace connlab::scenario
