#include "sim/exchange/online_evidence.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/chain_judgement.hpp"
#include "sim/exchange/deciding.hpp"

namespace connlab::exchange {

namespace {

void conclude(trace::decided<judged_certificate>& out, chain_judgement judged, const std::string& subject,
              const behavior& b) {
    out.value.counts = judged.reason.word.empty();
    out.value.fault = judged.reason.word;
    out.value.wanted = judged.verdict.wanted;
    cite(out.why, "chain of " + subject, judged.text);
    cite_revocation(out.why, judged);
    if (out.value.counts) {
        out.why.rule = "exchange.online.certificate.counts";
        out.why.answer = "yes";
        rests_on_chain(out.why, judged, b);
    } else {
        out.why.rule = "exchange.online.certificate.does-not-count";
        out.why.answer = "no, it is as if it had not been presented: " + out.value.fault;
    }
    out.value.verdict = std::move(judged.verdict);
}

} // namespace

trace::decided<judged_certificate> judge_online_client(const server& s, const inbound_facts& facts,
                                                       const behavior& b, const chain::evidence& known) {
    trace::decided<judged_certificate> out;
    out.why.question = "Does the client's certificate count for Exchange Online?";
    if (!facts.tls || facts.client_chain.empty()) {
        out.value.fault = facts.tls ? "not presented" : "there is no TLS";
        out.why.rule = "exchange.online.certificate.none";
        out.why.answer = "there is none: " + out.value.fault;
        cite(out.why, "the session", facts.tls ? "with TLS, without a client certificate" : "in clear text");
        return concluded(std::move(out));
    }
    auto q = question_about(facts.client_chain, s, facts.now);
    if (b.is("ClientAuthEku", "Require")) {
        q.usage = std::string(certs::eku_client_auth);
        rests_on_switch(out.why, b, "ClientAuthEku", "exchange.online.certificate.usage");
    }
    conclude(out, judge_chain(q, b, known), q.leaf.subject(), b);
    return concluded(std::move(out));
}

bool online_wildcard_covers(std::string_view pattern, std::string_view name, const behavior& b) {
    const auto parent = pattern.substr(2);
    const auto bare = is_wildcard_name(name) ? name.substr(2) : name;
    if (is_wildcard_name(name) && same_domain(bare, parent))
        return true;
    if (b.is("SenderCertificateWildcardDepth", "OneLabel"))
        return covers(pattern, name);
    return is_subdomain(bare, parent) ||
           (same_domain(name, parent) && b.is("SenderCertificateWildcardDepth", "AnyDepthAndApex"));
}

name_match match_sender_certificate(const certs::certificate& c, std::string_view certificate_name,
                                    const behavior& b) {
    name_match out;
    if (!c)
        return out;
    auto names = c.fields().subject.common_names();
    names.insert(names.end(), c.fields().dns_names.begin(), c.fields().dns_names.end());
    for (const auto& name : names) {
        const bool matched = is_wildcard_name(certificate_name)
                                 ? online_wildcard_covers(certificate_name, name, b)
                                 : same_domain(certificate_name, name);
        if (matched)
            return {true, name, std::string(certificate_name)};
    }
    return out;
}

} // namespace connlab::exchange
