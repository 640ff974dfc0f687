// Findings on how many certificates there are: one for everything, and ones for nothing.
#include "sim/base/ascii.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

/// What a certificate of a CA does for its server, a duty each.
std::vector<std::string> duties_of(const certificate_use& use) {
    std::vector<std::string> duties;
    if ((use.certificate->services & service_iis) != 0)
        duties.emplace_back("the web services (IIS)");
    if (use.hybrid)
        duties.emplace_back("hybrid mail flow");
    if (use.internal)
        duties.emplace_back("Exchange's own connections");
    return duties;
}

/// Setup's self-signed certificate is made for several services; with one of a CA each renewal touches all.
void review_many_duties(const server& s, const organization& o, const certificate_use& use,
                        configuration_review& r) {
    const auto duties = duties_of(use);
    if (use.certificate->cert.is_self_issued() || duties.size() < 2)
        return;
    const auto mark = first_known({use.certificate->mark, s.mark});
    const auto message = fmt::format("Certificate {} of {} serves {}", use.certificate->cert.subject(),
                                     s.name, join(duties, " and "));
    if (use.internal && has_edge(o))
        r.warn("check.one-certificate-for-everything", mark, message,
               "each renewal breaks EdgeSync until the Edge server is subscribed anew: keep the self-signed "
               "certificate as the default SMTP certificate (talk: T26, T45, T48)");
    else
        r.note("check.one-certificate-for-everything", mark, message,
               use.hybrid
                   ? "a dedicated certificate for hybrid mail flow can be renewed without touching the "
                     "rest (talk: T25, T45, T48)"
                   : "keep the self-signed certificate as the default SMTP certificate: answer No when "
                     "Enable-ExchangeCertificate asks (talk: T45, T46)");
}

/// A newer certificate by which the same connectors are found.
const stored_certificate* successor_of(const stored_certificate& c, const server& s) {
    for (const auto& other : s.certificates)
        if (&other != &c && ascii_iequal(other.cert.subject(), c.cert.subject()) &&
            other.cert.fields().not_before > c.cert.fields().not_before)
            return &other;
    return nullptr;
}

template <class Connector>
bool names_it(const Connector& c, const stored_certificate& certificate) {
    const auto id = certs::parse_certificate_identifier(*c.tls_certificate_name);
    return id && ascii_iequal(id->issuer, certificate.cert.issuer()) &&
           ascii_iequal(id->subject, certificate.cert.subject());
}

/// A connector means it and cannot have it: another finding says why.
bool is_meant(const stored_certificate& certificate, const server& s, const organization& o) {
    const auto names = [&](const auto& c) { return names_it(c, certificate); };
    return std::any_of(s.receive_connectors.begin(), s.receive_connectors.end(), names) ||
           std::any_of(o.send_connectors.begin(), o.send_connectors.end(), names);
}

std::string hint_for_unused(const stored_certificate& c, bool superseded) {
    if (superseded)
        return "a newer one of the same subject took its place: remove it; where a Send connector names "
               "both, "
               "Exchange refuses until TlsCertificateName is cleared for a moment (talk: T41, T45)";
    if (!c.has_private_key())
        return "it has no private key: import it with the key from the backup, or remove it (talk: T45, T50)";
    return "as many certificates as needed and no more: let a connector have its name or remove it (talk: "
           "T39, "
           "T45)";
}

void review_no_duty(const server& s, const organization& o, const certificate_use& use,
                    configuration_review& r) {
    const auto& c = *use.certificate;
    if (c.services != service_smtp || use.internal || !use.connectors.empty() || c.cert.is_self_issued())
        return;
    const bool superseded = successor_of(c, s) != nullptr;
    if (superseded || !is_meant(c, s, o))
        r.note("check.certificate-unused", first_known({c.mark, s.mark}),
               fmt::format("No connector chooses certificate {} of {}", c.cert.subject(), s.name),
               hint_for_unused(c, superseded));
}

} // namespace

void review_certificate_duties(const organization& o, configuration_review& r) {
    for (const auto& s : o.servers) {
        if (!s.is_exchange())
            continue;
        for (const auto& use : uses_of(s, o, r)) {
            review_many_duties(s, o, use, r);
            review_no_duty(s, o, use, r);
        }
    }
}

} // namespace connlab::exchange
