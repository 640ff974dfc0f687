// Findings on the validity of certificates, with the events that Exchange logs for those it uses.
#include "sim/base/ascii.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/event_texts.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

/// The HealthChecker turns yellow two months ahead.
constexpr auto two_months = std::chrono::hours{24 * 60};

std::string day(instant at) {
    return format_instant(at).substr(0, 10);
}

/// "event 12017 as the internal transport certificate, event 12018 for Receive connector X"; empty: none.
std::string events_of(const certificate_use& use, int internal_id, int starttls_id) {
    std::vector<std::string> parts;
    if (use.internal)
        parts.push_back(fmt::format("event {} as the internal transport certificate", internal_id));
    if (!use.connectors.empty())
        parts.push_back(fmt::format("event {} for {}", starttls_id, join(use.connectors, ", ")));
    return parts.empty() ? "" : join(parts, ", ") + "; ";
}

/// What renewing it takes: a new internal certificate is set by answering Yes, any other by answering No.
std::string renewal(const certificate_use& use) {
    if (use.internal && use.certificate->cert.is_self_issued())
        return "renew it with New-ExchangeCertificate and let the new one become the default SMTP "
               "certificate; an Edge subscription has to be made anew (talk: T26, T46)";
    return "renew it in time; a renewal by another issuing CA or with another subject changes what "
           "TlsCertificateName must say (talk: T46, T49)";
}

void review_expired(const server& s, const certificate_use& use, const source_mark& mark,
                    configuration_review& r) {
    const auto& cert = use.certificate->cert;
    r.warn("check.certificate-expired", mark,
           fmt::format("Certificate {} of {} expired on {}", cert.subject(), s.name,
                       day(cert.fields().not_after)),
           s.is_exchange() ? events_of(use, 12015, 12016) +
                                 "Exchange goes on using an expired certificate, and peers that check it "
                                 "refuse it; " +
                                 renewal(use)
                           : "renew it (talk: T49)");
}

void review_ending(const server& s, const certificate_use& use, const source_mark& mark,
                   configuration_review& r) {
    const auto& cert = use.certificate->cert;
    const auto left = std::chrono::duration_cast<std::chrono::hours>(cert.fields().not_after - r.now());
    const auto message = fmt::format("Certificate {} of {} expires on {}, in {} hours", cert.subject(),
                                     s.name, day(cert.fields().not_after), left.count());
    if (ends_soon(cert, r.now()))
        r.warn("check.certificate-expires-soon", mark, message,
               (s.is_exchange() ? events_of(use, 12017, 12018) : std::string()) + renewal(use));
    else if (s.is_exchange())
        r.note("check.certificate-expires-in-two-months", mark, message,
               "order the next one now; an extended-validation certificate takes longest (talk: T49)");
}

void review_validity(const server& s, const certificate_use& use, configuration_review& r) {
    const auto& f = use.certificate->cert.fields();
    const auto mark = first_known({use.certificate->mark, s.mark});
    if (f.not_after < r.now())
        review_expired(s, use, mark, r);
    else if (r.now() < f.not_before)
        r.warn("check.certificate-expired", mark,
               fmt::format("Certificate {} of {} is not valid before {}", use.certificate->cert.subject(),
                           s.name, day(f.not_before)),
               "a connector chooses among valid certificates (talk: T39, T40)");
    else if (f.not_after < r.now() + two_months)
        review_ending(s, use, mark, r);
}

/// The HealthChecker flags these. Where they make a chain fail, other findings say so.
void review_strength(const server& s, const stored_certificate& c, configuration_review& r) {
    const auto& f = c.cert.fields();
    const bool small_key = f.key == certs::key_kind::rsa && f.key_bits < 2048;
    const bool old_hash = f.signature_digest == "SHA1" || f.signature_digest == "MD5";
    if (!small_key && !old_hash)
        return;
    const auto what = small_key ? fmt::format("a key of {} bits", f.key_bits)
                                : fmt::format("a {} signature", f.signature_digest);
    r.note("check.weak-certificate", first_known({c.mark, s.mark}),
           fmt::format("Certificate {} of {} has {}", c.cert.subject(), s.name, what),
           "renew it: 2048 bits and SHA-256 are what setup and public CAs issue today (talk: T13)");
}

} // namespace

void review_lifetimes(const organization& o, configuration_review& r) {
    for (const auto& s : o.servers)
        for (const auto& use : uses_of(s, o, r)) {
            review_validity(s, use, r);
            if (s.is_exchange())
                review_strength(s, *use.certificate, r);
        }
}

} // namespace connlab::exchange
