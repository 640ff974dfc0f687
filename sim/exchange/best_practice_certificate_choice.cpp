// Findings on the certificates that connectors look for: none, one with a broken chain, one of no use.
#include "sim/base/ascii.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/refusals.hpp"

#include <fmt/format.h>

#include <map>

namespace connlab::exchange {

namespace {

std::vector<const certs::certificate*> store_of(const server& s) {
    std::vector<const certs::certificate*> all;
    for (const auto& c : s.certificates)
        all.push_back(&c.cert);
    return all;
}

/// A certificate of the same subject by another issuer is what a renewal elsewhere leaves behind.
std::string hint_for_stale_name(std::string_view identifier, const server& s) {
    const auto id = certs::parse_certificate_identifier(identifier);
    if (id)
        for (const auto& c : s.certificates)
            if (ascii_iequal(c.cert.subject(), id->subject))
                return fmt::format("the store has {0} by another issuer: <I>{1}<S>{0} (talk: T30, T37, T40)",
                                   c.cert.subject(), c.cert.issuer());
    return "the value is <I>issuer<S>subject, both exactly as Get-ExchangeCertificate prints them (talk: "
           "T30, T37, T40)";
}

void review_unusable(const certificate_choice& chosen, const server& s, std::string_view connector,
                     const source_mark& mark, configuration_review& r) {
    if (chosen.certificate == nullptr || chosen.unusable.empty())
        return;
    const bool no_key = !chosen.certificate->has_private_key();
    r.warn("check.certificate-unusable", mark,
           fmt::format("{} chooses certificate {} of {}, which {}", connector,
                       chosen.certificate->cert.subject(), s.name,
                       no_key ? "has no private key" : "is not enabled for SMTP"),
           no_key ? "import it with its private key (talk: T50)"
                  : "run Enable-ExchangeCertificate with -Services SMTP (talk: T39, T40)");
}

bool chain_is_broken(const trace::decision& why) {
    return why.rule == "exchange.client-certificate.broken-chain" ||
           why.rule == "exchange.starttls-certificate.broken-chain";
}

/// TlsCertificateName is set and leads to no certificate that can be used.
template <class Connector>
void review_unresolved_name(const Connector& c, std::string_view kind, const server& s,
                            const trace::decided<certificate_choice>& chosen, std::string_view consequence,
                            configuration_review& r) {
    const auto& name = c.tls_certificate_name;
    if (chain_is_broken(chosen.why))
        r.warn(
            "check.own-chain-broken", name.mark,
            fmt::format("TlsCertificateName of {} {} names a certificate whose chain {} does not trust: {}",
                        kind, c.name, s.name, consequence),
            "install the root and the intermediates on the server itself (talk: T04)");
    else
        r.warn("check.stale-certificate-name", first_known({name.mark, c.mark}),
               fmt::format("TlsCertificateName of {} {} finds no certificate in the store of {}: {}", kind,
                           c.name, s.name, consequence),
               hint_for_stale_name(*name, s));
}

void review_sending(const send_connector& c, const server& s, configuration_review& r) {
    const auto chosen = select_client_certificate(s, c, r.now(), r.switches(), r.memo());
    if (chosen.value.unresolvable) {
        review_unresolved_name(c, "Send connector", s, chosen, "nothing is sent, 454 4.7.5", r);
        return;
    }
    review_unusable(chosen.value, s, "Send connector " + c.name,
                    first_known({c.tls_certificate_name.mark, c.fqdn.mark, c.mark}), r);
    if (chosen.value.certificate != nullptr || c.fqdn->empty())
        return;
    const auto what = "Fqdn of Send connector " + c.name;
    if (!review_wildcards(store_of(s), *c.fqdn, what, first_known({c.fqdn.mark, c.mark}), r))
        r.warn("check.fqdn-not-covered", first_known({c.fqdn.mark, c.mark}),
               fmt::format("{} is {}: no certificate of {} contains that name (event 12014)", what, *c.fqdn,
                           s.name),
               "the session goes on without a client certificate (talk: T28, T33)");
}

/// Receiving, a certificate without private key is passed over as if it were not there.
bool is_keyless(const trace::decision& why) {
    return why.rule == "exchange.starttls-certificate.no-private-key";
}

void review_keyless(std::string_view what, std::string_view looked_for, const server& s,
                    const source_mark& mark, configuration_review& r) {
    r.warn("check.certificate-unusable", mark,
           fmt::format("{} leads to {}, which {} holds without its private key: STARTTLS is not advertised "
                       "(event 12014)",
                       what, looked_for, s.name),
           "import it with its private key from the backup (talk: T50)");
}

/// Several connectors look for the same name, the server's: one finding for all of them.
struct name_not_covered {
    std::vector<std::string> connectors;
    bool keyless = false;
};
using names_not_covered = std::map<std::pair<std::string, source_mark>, name_not_covered>;

void review_receiving(const receive_connector& c, const server& s, names_not_covered& uncovered,
                      configuration_review& r) {
    if (!*c.enabled || (*c.auth & auth_tls) == 0)
        return;
    const auto chosen = select_starttls_certificate(s, c, r.now(), r.switches(), r.memo());
    review_unusable(chosen.value, s, "Receive connector " + c.name,
                    first_known({c.tls_certificate_name.mark, c.fqdn.mark, c.mark, s.mark}), r);
    if (chosen.value.certificate != nullptr)
        return;
    if (c.tls_certificate_name->empty()) {
        auto& entry =
            uncovered[{chosen.value.looked_for, first_known({c.fqdn.mark, c.mark, s.fqdn.mark, s.mark})}];
        entry.connectors.push_back(c.name);
        entry.keyless = is_keyless(chosen.why);
    } else if (is_keyless(chosen.why)) {
        review_keyless("TlsCertificateName of Receive connector " + c.name, chosen.value.looked_for, s,
                       first_known({c.tls_certificate_name.mark, c.mark}), r);
    } else {
        review_unresolved_name(c, "Receive connector", s, chosen, "STARTTLS is not advertised", r);
    }
}

void review_uncovered(const server& s, const names_not_covered& uncovered, configuration_review& r) {
    for (const auto& [name_and_mark, found] : uncovered) {
        const auto& [name, mark] = name_and_mark;
        const auto what = fmt::format("Fqdn of Receive connector{} {}",
                                      found.connectors.size() > 1 ? "s" : "", join(found.connectors, ", "));
        if (found.keyless)
            review_keyless(what, name, s, mark, r);
        else if (!review_wildcards(store_of(s), name, what, mark, r))
            r.warn("check.fqdn-not-covered", mark,
                   fmt::format("{} is {}: no usable certificate of {} contains that name (event 12014)", what,
                               name, s.name),
                   "STARTTLS is not advertised there: get a certificate with that name, or name one in "
                   "TlsCertificateName (talk: T29, T39)");
    }
}

} // namespace

void review_certificate_choice(const organization& o, configuration_review& r) {
    for (const auto& s : o.servers) {
        if (!s.is_exchange())
            continue;
        names_not_covered uncovered;
        for (const auto& c : s.receive_connectors)
            review_receiving(c, s, uncovered, r);
        review_uncovered(s, uncovered, r);
    }
    for (const auto& c : o.send_connectors)
        for (const auto* s : sources_of(c, o))
            if (*c.enabled)
                review_sending(c, *s, r);
}

} // namespace connlab::exchange
