// Findings on the certificates of Exchange's own connections: setup's self-signed one, and the one whose
// thumbprint is InternalTransportCertificateThumbprint.
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace connlab::exchange {

namespace {

const stored_certificate* internal_certificate_of(const server& s, configuration_review& r) {
    return select_internal_certificate(s, r.now(), r.switches()).value.certificate;
}

source_mark internal_mark(const server& s) {
    return first_known({s.internal_transport_mark, s.default_certificate_mark, s.mark});
}

void review_presence(const server& s, configuration_review& r) {
    const auto* c = internal_certificate_of(s, r);
    const auto report = [&](std::string_view what) {
        r.warn(
            "check.internal-certificate", internal_mark(s), fmt::format("{}: {}", s.name, what),
            "it serves X-ANONYMOUSTLS between Exchange servers, and EdgeSync: restore it, or make one with "
            "New-ExchangeCertificate and let it become the default SMTP certificate (talk: T23, T26)");
    };
    if (s.internal_transport_thumbprint.empty())
        report("no internal transport certificate is set (event 12012)");
    else if (c == nullptr)
        report(fmt::format("the internal transport certificate {} is not in the store (event 12013)",
                           s.internal_transport_thumbprint));
    else if (!c->has_private_key())
        report(fmt::format("the internal transport certificate {} has no private key", c->cert.subject()));
}

bool contains_name(const certs::certificate& c, std::string_view name) {
    const auto names = c.domains();
    const auto cns = c.fields().subject.common_names(); // a NetBIOS name looks like no host name
    const auto is_it = [&](const std::string& n) { return covers(n, name); };
    return std::any_of(names.begin(), names.end(), is_it) || std::any_of(cns.begin(), cns.end(), is_it);
}

bool is_of_setup(const stored_certificate& c, const server& s) {
    return c.cert.is_self_issued() && (contains_name(c.cert, s.name) || contains_name(c.cert, *s.fqdn));
}

void review_setup_certificate(const server& s, configuration_review& r) {
    if (std::none_of(s.certificates.begin(), s.certificates.end(),
                     [&](const stored_certificate& c) { return is_of_setup(c, s); }))
        r.warn(
            "check.default-certificate-deleted", first_known({s.default_certificate_mark, s.mark}),
            fmt::format("{} has no self-signed certificate with its own name", s.name),
            "the one that setup makes serves Exchange Back End in IIS and the connections between Exchange "
            "servers: make a new one with New-ExchangeCertificate (talk: T13, T18, T46)");
}

void review_computer_names(const server& s, configuration_review& r) {
    const auto* c = internal_certificate_of(s, r);
    if (c != nullptr && !contains_name(c->cert, *s.fqdn))
        r.note("check.internal-certificate-names", first_known({s.internal_transport_mark, c->mark, s.mark}),
               fmt::format("The internal transport certificate {} of {} does not contain {}",
                           c->cert.subject(), s.name, *s.fqdn),
               "direct trust compares the certificate and no name, so mail flows; Exchange's own "
               "communication should have a certificate with the computer names (talk: T47)");
}

/// Setup makes one for each server, and that works; with EdgeSync in mind the servers of a site share one.
void review_same_on_all(const organization& o, configuration_review& r) {
    std::set<std::string> thumbprints;
    std::vector<std::string> shown;
    source_mark mark;
    for (const auto& s : o.servers)
        if (s.role == server_role::mailbox && !s.internal_transport_thumbprint.empty()) {
            const bool another = thumbprints.insert(ascii_upper(s.internal_transport_thumbprint)).second;
            if (another && thumbprints.size() == 2) // the first that differs
                mark = internal_mark(s);
            shown.push_back(fmt::format("{} {}", s.name, s.internal_transport_thumbprint));
        }
    if (thumbprints.size() > 1)
        r.note("check.internal-certificates-differ", mark,
               fmt::format("The Mailbox servers of {} have different internal transport certificates: {}",
                           o.name, join(shown, ", ")),
               has_edge(o)
                   ? "all servers of the AD site should use the same one; a change now breaks the Edge "
                     "subscription, so subscribe anew afterwards (talk: T26)"
                   : "without Edge each server may keep its own; before an Edge subscription let all "
                     "servers of the AD site use the same one (talk: T26)");
}

} // namespace

void review_internal_certificates(const organization& o, configuration_review& r) {
    for (const auto& s : o.servers) {
        if (!s.is_exchange())
            continue;
        review_presence(s, r);
        review_setup_certificate(s, r);
        review_computer_names(s, r);
    }
    review_same_on_all(o, r);
}

} // namespace connlab::exchange
