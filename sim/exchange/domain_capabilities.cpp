#include "sim/exchange/domain_capabilities.hpp"

#include "certs/x500_name.hpp"
#include "sim/base/ascii.hpp"
#include "sim/exchange/chain_judgement.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/event_texts.hpp"
#include "sim/exchange/inbound_refusal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

struct entry {
    std::string domain;
    std::vector<std::string> capabilities;
};

/// `mail.protection.outlook.com:AcceptCloudServicesMail,AcceptOorgProtocol`, `<I>…<S>…:…`.
entry read_entry(const std::string& text) {
    const auto colon = text.rfind(':'); // an issuer may hold one too
    entry out{text.substr(0, colon), {}};
    if (colon != std::string::npos)
        for (const auto& word : split(text.substr(colon + 1), ','))
            out.capabilities.emplace_back(trim(word));
    return out;
}

/// Since 2013 neither revocation nor a wrong usage is looked at (KB3212877).
std::string fault_of_chain(trace::decided<domain_capabilities>& out, const server& s,
                           const inbound_facts& facts, const behavior& b, const chain::evidence& known) {
    auto q = question_about(facts.client_chain, s, facts.now);
    const bool checks = b.is("CapabilityCheckRevocation", "Check");
    if (checks)
        q.revocation.scope = chain::revocation_scope::chain_excluding_root;
    rests_on_switch(out.why, b, "CapabilityCheckRevocation", "exchange.capabilities.revocation");
    const auto judged = judge_chain(q, b, known);
    cite(out.why, "chain of " + q.leaf.subject(),
         judged.text + (checks ? "" : "; revocation and usage are not looked at"));
    cite_revocation(out.why, judged);
    out.value.wanted = judged.verdict.wanted;
    return judged.reason.word;
}

void conclude_match(trace::decided<domain_capabilities>& out, const receive_connector& c, entry e,
                    const std::string& fault) {
    out.value.domain = e.domain;
    if (fault.empty()) {
        out.value.granted = std::move(e.capabilities);
        out.value.status = "Success";
        out.why.rule = "exchange.capabilities.granted";
        out.why.answer = join(out.value.granted, ", ") + " for " + e.domain;
        return;
    }
    out.value.status = fault;
    out.value.events.push_back(
        capabilities_not_confirmed(join(e.capabilities, ", "), c.name, fault, e.domain));
    out.why.rule = "exchange.capabilities.validation-failed";
    out.why.answer = "none: " + fault;
}

struct key_match {
    bool matched = false;
    std::string why;
    bool stale = false; // the subject, under another issuer
};

/// A key is a domain, looked for among the certificate's names, or <I>issuer<S>subject, compared as text.
key_match match_key(const std::string& key, const certs::certificate& leaf, const behavior& b) {
    if (!key.starts_with('<')) {
        const bool matched = match_names(leaf, {key}, b).matched;
        return {matched, matched ? "on the certificate" : "not on the certificate", false};
    }
    const auto id = certs::parse_certificate_identifier(key);
    if (!id)
        return {false, id.error, false};
    const bool issuer = ascii_iequal(id->issuer, leaf.issuer());
    const bool subject = ascii_iequal(id->subject, leaf.subject());
    if (issuer && subject)
        return {true, "issuer and subject of the certificate", false};
    return {false, subject ? "the certificate's issuer is " + leaf.issuer() : "another subject", subject};
}

void judge_certificate(trace::decided<domain_capabilities>& out, const server& s, const receive_connector& c,
                       const inbound_facts& facts, const behavior& b, const chain::evidence& known) {
    const auto& leaf = facts.client_chain.front();
    cite(out.why, "names of the client's certificate", join(leaf.domains(), ", "));
    out.why.rule = "exchange.capabilities.no-matching-domain";
    out.why.answer = "none: no domain of the list is on the certificate";
    for (const auto& text : *c.tls_domain_capabilities) {
        auto e = read_entry(text);
        const auto match = match_key(e.domain, leaf, b);
        consider(out.why, e.domain, match.matched, match.why);
        out.value.stale_key = out.value.stale_key || match.stale;
        if (match.matched)
            return conclude_match(out, c, std::move(e), fault_of_chain(out, s, facts, b, known));
    }
    if (out.value.stale_key)
        out.why.rule = "exchange.capabilities.stale-key";
}

} // namespace

bool domain_capabilities::accept_cloud_services_mail() const {
    return std::any_of(granted.begin(), granted.end(),
                       [](const std::string& word) { return ascii_iequal(word, "AcceptCloudServicesMail"); });
}

bool domain_capabilities::accept_oorg_protocol() const {
    return std::any_of(granted.begin(), granted.end(),
                       [](const std::string& word) { return ascii_iequal(word, "AcceptOorgProtocol"); });
}

std::string domain_capabilities::relaying_by(const server& s) const {
    if (accept_cloud_services_mail())
        return "AcceptCloudServicesMail";
    return accept_oorg_protocol() && s.role == server_role::edge ? "AcceptOorgProtocol" : "";
}

trace::decided<domain_capabilities> evaluate_domain_capabilities(const server& s, const receive_connector& c,
                                                                 const inbound_facts& facts,
                                                                 const behavior& b,
                                                                 const chain::evidence& known) {
    trace::decided<domain_capabilities> out;
    out.why.question = fmt::format("Which capabilities does {} grant to the client's domain?", c.name);
    cite(out.why, of_connector("TlsDomainCapabilities", c),
         c.tls_domain_capabilities->empty() ? "not set" : join(*c.tls_domain_capabilities, "; "),
         c.tls_domain_capabilities.mark);
    if (!facts.tls) {
        out.why.rule = "exchange.capabilities.without-tls";
        out.why.answer = "none: the session has no TLS";
        for (const auto& text : *c.tls_domain_capabilities)
            if (auto e = read_entry(text); ascii_iequal(e.domain, "NO-TLS"))
                conclude_match(out, c, std::move(e), {});
    } else if (facts.client_chain.empty()) {
        out.value.status = "NoRemoteCertificate";
        out.why.rule = "exchange.capabilities.no-certificate";
        out.why.answer = "none: the client presented no certificate";
    } else {
        judge_certificate(out, s, c, facts, b, known);
    }
    return concluded(std::move(out));
}

trace::decided<inbound_verdict> judge_stale_key(const receive_connector& c, const behavior& b) {
    trace::decided<inbound_verdict> out;
    out.why.question = fmt::format("What does {} say to a client that a stale key once let in?", c.name);
    cite(out.why, of_connector("TlsDomainCapabilities", c), join(*c.tls_domain_capabilities, "; "),
         c.tls_domain_capabilities.mark);
    out.why.rule = "exchange.capabilities.stale-key-reply";
    out.why.answer = "the same as to anybody";
    if (b.is("StaleCapabilityKey", "TemporaryError"))
        refuse(out, "exchange.capabilities.stale-key-reply", "StaleCapabilityKey",
               "451 4.7.0 Temporary server error. Please try again later. PRX5");
    rests_on_switch(out.why, b, "StaleCapabilityKey", "exchange.capabilities.stale-key-reply");
    return concluded(std::move(out));
}

std::string log_line(const domain_capabilities& d, std::string_view chain_status) {
    if (d.status.empty())
        return fmt::format("TlsDomainCapabilities='None'; Status='{}'",
                           chain_status == "Valid" ? "Success" : chain_status);
    return fmt::format("TlsDomainCapabilities='{}'; Status='{}'{}",
                       d.granted.empty() ? "None" : join(d.granted, ", "), d.status,
                       d.domain.empty() ? "" : "; Domain='" + d.domain + "'");
}

} // namespace connlab::exchange
