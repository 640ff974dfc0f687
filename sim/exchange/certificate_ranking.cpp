#include "sim/exchange/certificate_ranking.hpp"

#include "sim/base/ascii.hpp"
#include "sim/exchange/chain_judgement.hpp"
#include "sim/exchange/deciding.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

bool same_text(const certs::certificate_identifier& id, const certs::certificate& c) {
    return ascii_iequal(id.issuer, c.issuer()) && ascii_iequal(id.subject, c.subject());
}

namespace {

bool same_names(const certs::certificate_identifier& id, const certs::certificate& c) {
    const auto issuer = certs::parse_x500_name(id.issuer);
    const auto subject = certs::parse_x500_name(id.subject);
    return issuer && subject && certs::chains_to(*issuer, c.fields().issuer) &&
           certs::chains_to(*subject, c.fields().subject);
}

/// <I>…<S>… against the certificate's names, as text or as parsed names.
bool identifies(const certs::certificate_identifier& id, const certs::certificate& c, const behavior& b,
                trace::decision& why) {
    const bool text = same_text(id, c);
    const bool parsed = same_names(id, c);
    if (text != parsed)
        rests_on_switch(why, b, "TlsCertificateNameComparison", "exchange.certificate.name-comparison");
    return b.is("TlsCertificateNameComparison", "ParsedName") ? parsed : text;
}

/// The own chain's error bits but for the leaf's time: an expired certificate stays eligible.
std::uint32_t broken_bits(const server& s, const stored_certificate& c, bool check_revocation, instant now,
                          const behavior& b, const chain::evidence& known, trace::decision& why,
                          std::vector<chain::retrieval>& wanted) {
    chain::question q;
    q.leaf = c.cert;
    q.presented = c.sent_with;
    q.stores = &s.stores;
    q.at = now;
    if (check_revocation)
        q.revocation.scope = chain::revocation_scope::chain_excluding_root;
    const chain_judgement judged = judge_chain(q, b, known);
    const chain::verdict& v = judged.verdict;
    wanted.insert(wanted.end(), v.wanted.begin(), v.wanted.end());
    if (judged.reason.word.empty())
        rests_on_chain(why, judged, b);
    std::uint32_t of_elements = 0;
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < v.elements.size(); ++i) {
        const std::uint32_t error = v.elements[i].error;
        of_elements |= error;
        bits |= i == 0 ? error & ~std::uint32_t{chain::is_not_time_valid} : error;
    }
    return bits | (v.error & ~of_elements);
}

/// 0x40 alone is a certificate without distribution point; with 0x01000000 its list cannot be reached.
bool is_broken(std::uint32_t bits, const behavior& b) {
    std::uint32_t passes = 0;
    if ((bits & chain::is_offline_revocation) == 0)
        passes = b.is("NoDistributionPoint", "Pass") ? chain::revocation_status_unknown : 0U;
    else if (b.is("RevocationOffline", "Ignore"))
        passes = chain::revocation_status_unknown | chain::is_offline_revocation;
    return (bits & ~passes) != 0;
}

/// 0 is best. Self-signed comes after PKI of the same timeliness; how timeliness and PKI weigh is a switch.
int rank_of(const ranked_certificate& r, const behavior& b) {
    if (b.is("ExpiredPkiAgainstValidSelfSigned", "PkiFirst"))
        return (r.self_signed ? 2 : 0) + (r.in_time() ? 0 : 1);
    return (r.in_time() ? 0 : 2) + (r.self_signed ? 1 : 0);
}

/// By rank, then the newest by NotBefore or by NotAfter.
bool goes_before(const ranked_certificate& x, const ranked_certificate& y, bool by_not_after,
                 const behavior& b) {
    const int rx = rank_of(x, b);
    const int ry = rank_of(y, b);
    if (rx != ry)
        return rx < ry;
    const auto& fx = x.certificate->cert.fields();
    const auto& fy = y.certificate->cert.fields();
    if (by_not_after)
        return fx.not_after != fy.not_after ? fx.not_after > fy.not_after : fx.not_before > fy.not_before;
    return fx.not_before != fy.not_before ? fx.not_before > fy.not_before : fx.not_after > fy.not_after;
}

std::string why_it_lost(const ranked_certificate& loser, const ranked_certificate& winner,
                        bool by_not_after) {
    if (loser.in_time() != winner.in_time())
        return loser.expired
                   ? "expired " + format_instant(loser.certificate->cert.fields().not_after)
                   : "not valid before " + format_instant(loser.certificate->cert.fields().not_before);
    if (loser.self_signed != winner.self_signed)
        return "self-signed gives way to PKI";
    const auto& l = loser.certificate->cert.fields();
    const auto& w = winner.certificate->cert.fields();
    if (l.not_before == w.not_before && l.not_after == w.not_after)
        return "the same validity; it comes later in the store";
    if (by_not_after || l.not_before == w.not_before)
        return "ends earlier: NotAfter " + format_instant(l.not_after);
    return "older: NotBefore " + format_instant(l.not_before);
}

bool same_start(const ranked_certificate& x, const ranked_certificate& y) {
    return x.certificate->cert.fields().not_before == y.certificate->cert.fields().not_before;
}

bool has_exactly(const ranked_certificate& r, std::string_view name) {
    const auto names = r.certificate->cert.domains();
    return std::any_of(names.begin(), names.end(), [&](const auto& n) { return ascii_iequal(n, name); });
}

/// The rule that put the first before the rest, and what of it is assumed.
void explain_order(const std::vector<ranked_certificate>& sorted, bool by_not_after, const behavior& b,
                   trace::decision& why) {
    const ranked_certificate& winner = sorted.front();
    bool beats_self_signed = false;
    bool beats_same_rank = false;
    for (auto it = sorted.begin() + 1; it != sorted.end(); ++it) {
        beats_same_rank = beats_same_rank || rank_of(*it, b) == rank_of(winner, b);
        beats_self_signed = beats_self_signed || (it->self_signed && !winner.self_signed);
        // Whether an expired certificate counts as valid is open; it decides when the expired one would have
        // won.
        if (winner.in_time() && it->expired && !it->self_signed &&
            (winner.self_signed || goes_before({it->certificate}, {winner.certificate}, by_not_after, b)))
            rests_on_switch(why, b, "ExpiredPkiAgainstValidSelfSigned",
                            "exchange.certificate.expired-gives-way");
        if (!winner.in_time() && !winner.self_signed && it->in_time())
            rests_on_switch(why, b, "ExpiredPkiAgainstValidSelfSigned",
                            "exchange.certificate.expired-gives-way");
        if (rank_of(*it, b) == rank_of(winner, b) && goes_before(*it, winner, !by_not_after, b))
            rests_on_switch(why, b, "CertificateOrder", "exchange.certificate.order-conflict");
        if (rank_of(*it, b) == rank_of(winner, b) && same_start(*it, winner))
            rests_on(why, "exchange.certificate.order-conflict");
    }
    if (beats_same_rank)
        why.rule = "exchange.certificate.newest-first";
    else if (beats_self_signed)
        why.rule = "exchange.certificate.pki-before-self-signed";
}

} // namespace

std::string short_name(const stored_certificate& c) {
    return c.name.empty() ? c.cert.subject() : c.name;
}

std::string describe(const stored_certificate& c) {
    return c.name.empty() ? c.cert.subject() : fmt::format("{} ({})", c.name, c.cert.subject());
}

certificate_ranking rank_certificates(const server& s, const certificate_search& what, instant now,
                                      const behavior& b, const chain::evidence& known, trace::decision& why) {
    certificate_ranking out;
    const bool named = !what.identifier.empty();
    const auto identifier = named ? certs::parse_certificate_identifier(what.identifier)
                                  : parsed<certs::certificate_identifier>{};
    const std::vector<std::string> wanted{std::string(what.domain_name)};
    const auto lost = [&](const stored_certificate& c, std::string reason) {
        consider(why, short_name(c), false, std::move(reason));
    };
    for (const auto& c : s.certificates) {
        if (named && !(identifier && identifies(*identifier, c.cert, b, why))) {
            lost(c, "issuer and subject are not those of TlsCertificateName");
            continue;
        }
        if (!named && !match_names(c.cert, wanted, b).matched) {
            lost(c, fmt::format("does not contain the name {}", what.domain_name));
            continue;
        }
        if (what.receiving && !c.has_private_key()) {
            out.any_without_key = true;
            lost(c, "no private key");
            continue;
        }
        if (what.receiving && (c.services & service_smtp) == 0 &&
            b.is("SmtpBindingFiltersSelection", "true")) {
            out.any_unbound = true;
            rests_on_switch(why, b, "SmtpBindingFiltersSelection", "exchange.certificate.binding-filters");
            lost(c, "not enabled for SMTP");
            continue;
        }
        ranked_certificate r;
        r.certificate = &c;
        r.self_signed = c.cert.is_self_issued();
        r.expired = c.cert.fields().not_after < now;
        r.not_yet_valid = c.cert.fields().not_before > now;
        // The revocation of a certificate chosen by name alone is not looked at (reference README, item 3).
        if (!r.self_signed) {
            const std::uint32_t bits = broken_bits(s, c, named, now, b, known, why, out.wanted);
            if (is_broken(bits, b)) {
                out.any_broken_chain = true;
                lost(c, "its own chain is broken: " + join(chain::error_names(bits), ", "));
                if (!named)
                    rests_on(why, "exchange.certificate.broken-chain-by-name");
                continue;
            }
        }
        out.best_first.push_back(r);
    }
    const bool by_not_after = b.is("CertificateOrder", "NotAfter");
    std::stable_sort(out.best_first.begin(), out.best_first.end(),
                     [&](const auto& x, const auto& y) { return goes_before(x, y, by_not_after, b); });
    if (out.best_first.empty())
        return out;
    explain_order(out.best_first, by_not_after, b, why);
    const ranked_certificate& winner = out.best_first.front();
    consider(why, short_name(*winner.certificate), true,
             winner.expired ? "expired, and nothing better answers to the name" : "");
    for (auto it = out.best_first.begin() + 1; it != out.best_first.end(); ++it) {
        lost(*it->certificate, why_it_lost(*it, winner, by_not_after));
        if (!named && rank_of(*it, b) == rank_of(winner, b) && has_exactly(*it, what.domain_name) &&
            !has_exactly(winner, what.domain_name))
            rests_on(why, "exchange.certificate.wildcard-as-good");
    }
    return out;
}

trace::decided<certificate_choice> partner_certificate(const server& s, std::string question) {
    trace::decided<certificate_choice> out;
    out.why.question = std::move(question);
    out.why.rule = "exchange.smtp-partner.certificate";
    if (s.certificates.empty())
        cite(out.why, "Certificates of " + s.name, "none", s.mark);
    for (const auto& c : s.certificates) {
        const bool chosen = out.value.certificate == nullptr && c.has_private_key();
        consider(out.why, short_name(c), chosen,
                 chosen                ? ""
                 : c.has_private_key() ? "another one is configured first"
                                       : "no private key");
        if (chosen) {
            out.value.certificate = &c;
            cite(out.why, "certificates of " + s.name, short_name(c), c.mark);
        }
    }
    out.value.matched_by = "configuration";
    out.why.answer = out.value.certificate == nullptr ? "none" : describe(*out.value.certificate);
    return out;
}

trace::decided<certificate_choice> partner_client_certificate(const server& s) {
    trace::decided<certificate_choice> out;
    out.why.question = fmt::format("Which certificate does {} offer as TLS client?", s.name);
    out.why.rule = "exchange.smtp-partner.client-certificate";
    out.why.answer = "none";
    out.value.matched_by = "configuration";
    const auto& wanted = s.partner.client_certificate;
    cite(out.why, "ClientCertificate of " + s.name, wanted->empty() ? "not set" : *wanted, wanted.mark);
    for (const auto& c : s.certificates)
        if (c.name == *wanted) {
            out.value.certificate = &c;
            out.why.answer = describe(c);
        }
    return out;
}

} // namespace connlab::exchange
