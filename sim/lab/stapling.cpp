#include "sim/lab/stapling.hpp"

#include "certs/ocsp.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::lab {

namespace {

/// Among what is sent beside the certificate, and what the server's stores hold.
const certs::certificate* issuer_of(const exchange::stored_certificate& own, const exchange::server& s) {
    const auto issued_it = [&](const certs::certificate& c) {
        return c.folded_subject() == own.cert.folded_issuer();
    };
    for (const auto* some : {&own.sent_with, &s.stores.intermediates})
        if (const auto found = std::find_if(some->begin(), some->end(), issued_it); found != some->end())
            return &*found;
    for (const auto& root : s.stores.roots)
        if (issued_it(root.cert))
            return &root.cert;
    return nullptr;
}

struct response {
    std::string bytes;
    std::string from;
};

response response_from(const std::string& url, const std::string& request, retriever& r,
                       chain::signature_memo& memo, const exchange::server& s, instant now,
                       const retrieval_log& into) {
    const chain::retrieval asked{chain::retrieval::kind::ocsp, url, 0, request};
    if (const auto known = chain::lookup(*r.evidence_of(s, memo).cache, asked, now))
        return {known->bytes, "remembered from " + url};
    const auto got = r.fetch(s, {asked, s.stores.engine.timeouts.url}, now, into, false);
    return {got.bytes, "fetched from " + url};
}

} // namespace

const std::vector<trace::rule>& stapling_rules() {
    using enum trace::confidence;
    static const std::vector<trace::rule> table = {
        {"lab.stapling.stapled",
         "A server that staples OCSP responses (OcspStapling) sends what its responder said of its "
         "certificate, to clients that ask, and has fetched it before. It does not judge it.",
         "documented for http.sys and IIS; for SMTP assumed", assumed,
         "Read the stapled response in the handshake; when it has ended, see what the responder serves."},
        {"lab.stapling.no-responder", "Without an OCSP URL in its certificate a server staples nothing.",
         "documented for http.sys and IIS", documented,
         "Have the CA name its responder (Ocsp) before it issues the certificate."},
        {"lab.stapling.not-to-be-had",
         "A server whose responder gives it no answer staples nothing, and the handshake goes on.",
         "RFC 6066 section 8; for Schannel assumed", assumed,
         "Let this server reach the OCSP URL of its own certificate."},
        {"lab.stapling.windows-asks",
         "Schannel as a client always asks for a stapled response and uses it before anything else; Exchange "
         "and Exchange Online do by it, a plain SMTP server does not.",
         "How Certificate Revocation Works; that SMTP sends it is assumed", assumed},
    };
    return table;
}

std::string response_to_staple(retriever& r, chain::signature_memo& memo, const exchange::server& s,
                               const exchange::stored_certificate* own, instant now,
                               const retrieval_log& into) {
    if (!*s.ocsp_stapling || own == nullptr)
        return {};
    trace::decision why;
    why.at = now;
    why.question = fmt::format("Does {} staple an OCSP response to its certificate?", s.name);
    why.because = {{"OcspStapling of " + s.name, "true", s.ocsp_stapling.mark},
                   {"OCSP URLs of " + own->cert.subject(),
                    own->cert.fields().ocsp_urls.empty() ? "none" : own->cert.fields().ocsp_urls.front(),
                    {}}};
    const auto* issuer = issuer_of(*own, s);
    response found;
    if (own->cert.fields().ocsp_urls.empty() || issuer == nullptr) {
        why.rule = "lab.stapling.no-responder";
        why.answer = "no: its certificate names no responder, or its issuer is not at hand";
    } else {
        const auto request = certs::ocsp_request(own->cert, *issuer);
        for (const auto& url : own->cert.fields().ocsp_urls)
            if (found = response_from(url, request, r, memo, s, now, into); !found.bytes.empty())
                break;
        const bool any = !found.bytes.empty();
        why.rule = any ? "lab.stapling.stapled" : "lab.stapling.not-to-be-had";
        why.answer = any ? fmt::format("yes, {}: {}", found.from, words_of_response(found.bytes))
                         : "no: none is to be had";
        why.assumed = {why.rule};
        if (any)
            why.assumed.emplace_back("lab.stapling.windows-asks");
    }
    into.decisions.push_back(std::move(why));
    return found.bytes;
}

std::string words_of_response(std::string_view der) {
    if (der.empty())
        return {};
    const auto read = certs::ocsp_response::from_der(der);
    if (!read)
        return "no OCSP response: " + read.error;
    const auto& f = read->fields();
    if (f.status != certs::ocsp_status::successful || f.answers.empty())
        return std::string(to_string(f.status));
    const auto& a = f.answers.front();
    auto out = std::string(to_string(a.status));
    if (a.revoked_at)
        out += " since " + format_instant(*a.revoked_at);
    out += ", from " + format_instant(a.this_update);
    return out + (a.next_update ? " to " + format_instant(*a.next_update) : " on");
}

} // namespace connlab::lab
