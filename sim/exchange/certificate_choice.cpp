// Which certificate serves STARTTLS (on-premises sheet 1.2), which is offered as client (1.5), which is the
// internal one (1.3).
#include "sim/base/ascii.hpp"
#include "sim/exchange/certificate_ranking.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/event_texts.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

bool bound_to_smtp(const stored_certificate& c) {
    return (c.services & service_smtp) != 0;
}

/// What is looked for, and the value that says so.
template <class Connector>
certificate_search search_for(const server& s, const Connector& c, trace::decided<certificate_choice>& out) {
    certificate_search what;
    if (!c.tls_certificate_name->empty()) {
        what.identifier = *c.tls_certificate_name;
        out.value.looked_for = *c.tls_certificate_name;
        out.value.matched_by = "TlsCertificateName";
        out.why.rule = "exchange.certificate.by-tls-certificate-name";
        cite(out.why, of_connector("TlsCertificateName", c), *c.tls_certificate_name,
             c.tls_certificate_name.mark);
        return what;
    }
    const bool own = !c.fqdn->empty();
    const auto& name = own ? c.fqdn : s.fqdn;
    what.domain_name = *name;
    out.value.looked_for = *name;
    out.value.matched_by = own ? "Fqdn of the connector" : "FQDN of the server";
    out.why.rule = own ? "exchange.certificate.by-connector-fqdn" : "exchange.certificate.by-server-fqdn";
    cite(out.why, own ? of_connector("Fqdn", c) : "FQDN of " + s.name, *name, name.mark);
    return what;
}

void nothing_to_serve(trace::decided<certificate_choice>& out, const certificate_ranking& found,
                      const receive_connector& c) {
    if (found.any_broken_chain)
        out.why.rule = out.value.matched_by == "TlsCertificateName"
                           ? "exchange.starttls-certificate.broken-chain"
                           : "exchange.certificate.broken-chain-by-name";
    else if (found.any_unbound)
        out.why.rule = "exchange.certificate.binding-filters";
    else if (found.any_without_key)
        out.why.rule = "exchange.starttls-certificate.no-private-key";
    else
        out.why.rule = "exchange.starttls-certificate.not-found";
    if (found.any_broken_chain && out.value.matched_by == "TlsCertificateName")
        rests_on(out.why, "exchange.starttls-certificate.broken-chain-event");
    out.why.answer = "none: STARTTLS is not advertised";
    out.value.events.push_back(starttls_certificate_not_found(out.value.looked_for, c.name));
}

/// A certificate that ended or ends soon: the event, and for an ended one the rule that serves it all the
/// same.
void note_expiry(trace::decided<certificate_choice>& out, const ranked_certificate& winner,
                 std::string_view fqdn, instant now, std::string_view rule_when_expired) {
    if (winner.expired) {
        out.value.events.push_back(starttls_certificate_expired(fqdn));
        out.why.rule = rule_when_expired;
    } else if (ends_soon(winner.certificate->cert, now)) {
        out.value.events.push_back(starttls_certificate_expires_soon(winner.certificate->cert, now));
    }
}

void cite_services(trace::decision& d, const stored_certificate& c) {
    cite(d, "Services of certificate " + short_name(c), bound_to_smtp(c) ? "SMTP" : "without SMTP", c.mark);
}

} // namespace

trace::decided<certificate_choice> select_starttls_certificate(const server& s, const receive_connector& c,
                                                               instant now, const behavior& b,
                                                               const chain::evidence& known) {
    const std::string question = fmt::format("Which certificate serves STARTTLS on {}?", c.name);
    if (!s.is_exchange())
        return partner_certificate(s, question);
    trace::decided<certificate_choice> out;
    out.why.question = question;
    if ((*c.auth & auth_tls) == 0) {
        out.why.rule = "exchange.starttls-certificate.auth-mechanism-without-tls";
        out.why.answer = "none: STARTTLS is not advertised";
        cite(out.why, of_connector("AuthMechanism", c), "without Tls", c.auth.mark);
        return out;
    }
    certificate_search what = search_for(s, c, out);
    what.receiving = true;
    const auto found = rank_certificates(s, what, now, b, known, out.why);
    out.value.wanted = found.wanted;
    if (found.best_first.empty()) {
        nothing_to_serve(out, found, c);
        return out;
    }
    const ranked_certificate& winner = found.best_first.front();
    out.value.certificate = winner.certificate;
    out.why.answer = describe(*winner.certificate);
    const std::string& fqdn = c.fqdn->empty() ? *s.fqdn : *c.fqdn;
    note_expiry(out, winner, fqdn, now, "exchange.starttls-certificate.expired-still-served");
    if (!bound_to_smtp(*winner.certificate)) {
        out.value.unusable = "UnknownCredentials";
        out.why.rule = "exchange.starttls-certificate.not-bound-to-smtp";
        rests_on(out.why, "exchange.starttls-certificate.not-bound-error");
        cite_services(out.why, *winner.certificate);
    }
    return out;
}

trace::decided<certificate_choice> select_client_certificate(const server& s, const send_connector& c,
                                                             instant now, const behavior& b,
                                                             const chain::evidence& known) {
    const std::string question =
        fmt::format("Which certificate does {} offer as TLS client on {}?", s.name, c.name);
    if (!s.is_exchange())
        return partner_certificate(s, question);
    trace::decided<certificate_choice> out;
    out.why.question = question;
    const certificate_search what = search_for(s, c, out);
    const auto found = rank_certificates(s, what, now, b, known, out.why);
    out.value.wanted = found.wanted;
    if (found.best_first.empty()) {
        out.value.events.push_back(starttls_certificate_not_found(out.value.looked_for, c.name));
        out.value.unresolvable = !what.identifier.empty();
        if (out.value.unresolvable) {
            out.why.rule = found.any_broken_chain ? "exchange.client-certificate.broken-chain"
                                                  : "exchange.client-certificate.not-found";
            out.why.answer = "none: nothing is sent";
        } else {
            out.why.rule = "exchange.client-certificate.none";
            rests_on(out.why, out.why.rule);
            out.why.answer = "none: the session goes on without";
        }
        return out;
    }
    const ranked_certificate& winner = found.best_first.front();
    const stored_certificate& chosen = *winner.certificate;
    out.value.certificate = &chosen;
    out.why.answer = describe(chosen);
    if (found.best_first.size() > 1) // the order is documented for receiving alone
        rests_on(out.why, "exchange.client-certificate.same-order");
    const std::string& fqdn = c.fqdn->empty() ? *s.fqdn : *c.fqdn;
    note_expiry(out, winner, fqdn, now, "exchange.client-certificate.expired-still-offered");
    if (winner.expired)
        rests_on(out.why, out.why.rule);
    if (!chosen.has_private_key()) {
        out.value.unusable = "NoCredentials";
        out.why.rule = "exchange.client-certificate.no-private-key";
        cite(out.why, "private key of certificate " + short_name(chosen), "none", chosen.mark);
    } else if (!bound_to_smtp(chosen)) {
        out.value.unusable = "UnknownCredentials";
        out.why.rule = "exchange.client-certificate.not-bound-to-smtp";
        cite_services(out.why, chosen);
    }
    if (!out.value.unusable.empty())
        rests_on(out.why, "exchange.client-certificate.unusable-extent");
    return out;
}

trace::decided<certificate_choice> select_internal_certificate(const server& s, instant now,
                                                               const behavior& b) {
    trace::decided<certificate_choice> out;
    out.why.question = fmt::format("Which certificate serves X-ANONYMOUSTLS on {}?", s.name);
    out.why.answer = "none: X-ANONYMOUSTLS is not advertised";
    out.value.looked_for = s.internal_transport_thumbprint;
    out.value.matched_by = "InternalTransportCertificateThumbprint";
    if (s.internal_transport_thumbprint.empty()) {
        out.why.rule = "exchange.internal-certificate.unset";
        cite(out.why, "InternalTransportCertificateThumbprint of " + s.name, "not set",
             s.internal_transport_mark.known() ? s.internal_transport_mark : s.default_certificate_mark);
        return out; // event 12012 belongs to the start of the service
    }
    cite(out.why, "InternalTransportCertificateThumbprint of " + s.name, s.internal_transport_thumbprint);
    for (const auto& c : s.certificates) {
        const bool chosen = ascii_iequal(c.cert.thumbprint(), s.internal_transport_thumbprint);
        consider(out.why, short_name(c), chosen, chosen ? "" : "another thumbprint");
        if (chosen)
            out.value.certificate = &c;
    }
    if (out.value.certificate == nullptr) {
        const bool ephemeral = b.is("InternalCertificateMissing", "Ephemeral");
        out.why.rule = "exchange.internal-certificate.not-in-store";
        rests_on_switch(out.why, b, "InternalCertificateMissing", "exchange.internal-certificate.ephemeral");
        if (ephemeral)
            out.why.answer = "an ephemeral self-signed one";
        out.value.events.push_back(ephemeral
                                       ? ephemeral_certificate_used(s.internal_transport_thumbprint)
                                       : internal_certificate_not_in_store(s.internal_transport_thumbprint));
        return out;
    }
    const auto& cert = out.value.certificate->cert;
    out.why.rule = "exchange.internal-certificate.by-thumbprint";
    out.why.answer = describe(*out.value.certificate);
    if (cert.fields().not_after < now) {
        out.why.rule = "exchange.internal-certificate.expired-still-used";
        out.value.events.push_back(internal_certificate_expired(cert.thumbprint()));
    } else if (ends_soon(cert, now)) {
        out.value.events.push_back(internal_certificate_expires_soon(cert, now));
    }
    return out;
}

std::vector<event> service_start_events(const server& s, instant now, const behavior& b) {
    if (s.internal_transport_thumbprint.empty())
        return {internal_certificate_unset()};
    return select_internal_certificate(s, now, b).value.events;
}

} // namespace connlab::exchange
