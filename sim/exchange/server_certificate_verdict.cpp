// The verdict on the peer's certificate after a completed handshake: chain, usage, revocation, then the name
// (2.4 #9-#12, 2.5).
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/chain_judgement.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/event_texts.hpp"

#include <fmt/format.h>

#include <set>

namespace connlab::exchange {

namespace {

constexpr std::uint32_t revocation_bits = chain::revocation_status_unknown | chain::is_offline_revocation;

void pass(trace::decided<send_verdict>& out, std::string_view rule, std::string answer) {
    out.value.action = send_action::proceed;
    out.why.rule = std::string(rule);
    out.why.answer = std::move(answer);
}

/// Queued with `454 4.7.5 Certificate validation failure, Reason:…`; `{LED=…}` shows it bare.
void fail(trace::decided<send_verdict>& out, std::string_view rule, const reason_word& reason,
          const send_connector& c, const tls_policy& p, const behavior& b) {
    out.value.action = send_action::queue;
    out.value.reason = reason.word;
    out.value.our_text = reason.ours;
    out.value.bare = true;
    out.why.rule = std::string(rule);
    if (p.partner) {
        out.value.reply = reason.word == "SubjectMismatch" ? "451 4.7.5 Server certificate not verified"
                                                           : "451 4.7.5 Server certificate not trusted";
        out.value.our_text = true;
    } else if (reason.word == "UntrustedRoot" && b.is("UntrustedServerCertificate", "StarttlsRequired")) {
        out.value.reply = "451 5.7.3 STARTTLS is required, 5.7.0 Must issue a STARTTLS command first";
        rests_on_switch(out.why, b, "UntrustedServerCertificate", "exchange.reason.untrusted-server");
    } else {
        out.value.reply = "454 4.7.5 Certificate validation failure";
        if (b.is("ValidationReasonSuffix", "true"))
            out.value.reply += ", Reason:" + reason.word;
        else
            rests_on_switch(out.why, b, "ValidationReasonSuffix", "exchange.reason.suffix");
    }
    if (p.domain_secure) {
        rests_on(out.why, "exchange.domain-security.failure");
        out.value.events.push_back(domain_secure_outbound_failed(p.domain, c.name, reason.word));
    }
    out.why.answer = fmt::format("queued: {}", reason.word);
}

/// More than one thing is wrong: that only the first of the precedence is named is an assumption.
bool several_faults(std::uint32_t bits) {
    std::set<chain::policy_error> kinds;
    for (std::uint32_t bit = 1; bit != 0; bit <<= 1U)
        if ((bits & bit) != 0 && (bit & revocation_bits) == 0)
            kinds.insert(bit == chain::has_weak_signature ? chain::policy_error::trust_e_cert_signature
                                                          : chain::policy_error_of(bit));
    kinds.erase(chain::policy_error::none);
    return kinds.size() > 1;
}

void note_assumptions_of_failure(trace::decision& d, const chain::verdict& v, const reason_word& reason,
                                 const behavior& b) {
    if (reason.ours)
        rests_on(d, "exchange.reason.word");
    if (v.policy == chain::policy_error::cert_e_chaining)
        rests_on_switch(d, b, "PartialChainReason", "exchange.reason.partial-chain");
    if (v.policy == chain::policy_error::cert_e_wrong_usage)
        rests_on_switch(d, b, "ServerCertificateUsage", "exchange.chain.server-usage");
    if (v.policy == chain::policy_error::crypt_e_revocation_offline ||
        v.policy == chain::policy_error::crypt_e_no_revocation_check)
        rests_on_switch(
            d, b, (v.error & chain::is_offline_revocation) != 0 ? "RevocationOffline" : "NoDistributionPoint",
            "exchange.chain.revocation-unknown");
    if (several_faults(v.error))
        rests_on(d, "exchange.reason.precedence");
}

std::string_view chain_rule(const chain::verdict& v) {
    using chain::policy_error;
    switch (v.policy) {
    case policy_error::trust_e_cert_signature:
        return (v.error & chain::has_weak_signature) != 0 ? "exchange.chain.weak-cryptography"
                                                          : "exchange.chain.signature-invalid";
    case policy_error::crypt_e_revoked:
        return "exchange.chain.revoked";
    case policy_error::cert_e_untrustedroot:
        return "exchange.chain.untrusted-root";
    case policy_error::cert_e_chaining:
        return "exchange.chain.incomplete";
    case policy_error::cert_e_wrong_usage:
        return "exchange.chain.wrong-usage";
    case policy_error::cert_e_expired:
        return "exchange.chain.expired";
    case policy_error::crypt_e_no_revocation_check:
    case policy_error::crypt_e_revocation_offline:
        return "exchange.chain.revocation-unknown";
    case policy_error::none:
    case policy_error::cert_e_invalid_name:
    case policy_error::cert_e_invalid_policy:
    case policy_error::trust_e_basic_constraints:
    case policy_error::cert_e_critical:
    case policy_error::cert_e_cn_no_match:
        break;
    }
    return "exchange.chain.constraint-violated";
}

/// False: the chain is refused, `out` says why.
bool chain_passes(trace::decided<send_verdict>& out, const server& s, const send_connector& c,
                  const tls_policy& p, const std::vector<certs::certificate>& peer_chain, instant now,
                  const behavior& b, const chain::evidence& known,
                  std::vector<trace::chain_view>& chain_out) {
    auto q = question_about(peer_chain, s, now);
    if (p.partner || b.is("ServerCertificateUsage", "Check"))
        q.usage = std::string(certs::eku_server_auth);
    if (!p.partner)
        q.revocation.scope = chain::revocation_scope::chain_excluding_root;
    const chain_judgement judged = judge_chain(q, b, known);
    chain_out.push_back(chain::view_of(
        judged.verdict, fmt::format("{}'s verdict on the certificate of {}", s.name, q.leaf.subject())));
    out.value.wanted = judged.verdict.wanted;
    cite(out.why, "chain of " + q.leaf.subject(), judged.text);
    cite_revocation(out.why, judged);
    if (judged.reason.word.empty()) {
        rests_on_chain(out.why, judged, b);
        return true;
    }
    if (!p.partner)
        note_assumptions_of_failure(out.why, judged.verdict, judged.reason, b);
    fail(out, p.partner ? "exchange.smtp-partner.chain-refused" : chain_rule(judged.verdict), judged.reason,
         c, p, b);
    return false;
}

/// What in Exchange's own comparison of names is not documented.
void note_assumptions_of_match(trace::decision& d, const certs::certificate& c, const name_match& m,
                               const behavior& b) {
    if (is_wildcard_name(m.reference))
        rests_on_switch(d, b, "TlsDomainWildcardDepth", "exchange.name.reference-wildcard");
    else if (is_wildcard_name(m.certificate_name))
        rests_on(d, "exchange.name.certificate-wildcard");
    const auto& san = c.fields().dns_names;
    if (!san.empty() && std::find(san.begin(), san.end(), m.certificate_name) == san.end())
        rests_on_switch(d, b, "CnMatchesBesideSan", "exchange.name.cn-beside-san");
}

/// Postfix: `.contoso.com` is anything below contoso.com; the CN counts only without dNSName.
bool partner_name_matches(const certs::certificate& c, const std::vector<std::string>& references) {
    const auto& f = c.fields();
    const auto names = f.dns_names.empty() ? f.subject.common_names() : f.dns_names;
    for (const auto& name : names)
        for (const auto& reference : references) {
            if (reference.rfind('.', 0) == 0 ? is_subdomain(name, reference.substr(1))
                                             : covers(name, reference))
                return true;
        }
    return false;
}

bool exactly_named(const certs::certificate& c, const std::vector<std::string>& hosts) {
    const auto names = c.domains();
    return std::any_of(hosts.begin(), hosts.end(), [&](const std::string& host) {
        return std::any_of(names.begin(), names.end(),
                           [&](const std::string& n) { return same_domain(n, host); });
    });
}

/// False: a name is missing, `out` says which.
bool names_pass(trace::decided<send_verdict>& out, const certs::certificate& leaf, const send_connector& c,
                const tls_policy& p, const behavior& b, std::string_view smart_host) {
    const reason_word mismatch{"SubjectMismatch", false};
    const auto lacks = [&](const std::vector<std::string>& wanted, std::string_view source) {
        cite(out.why, "names of " + leaf.subject(), join(leaf.domains(), ", "));
        cite(out.why, "name looked for (" + std::string(source) + ")", join(wanted, " or "),
             source == "TlsDomain" ? c.tls_domain.mark : source_mark{});
    };
    if (p.partner) {
        if (!p.check_name || partner_name_matches(leaf, p.reference_names))
            return true;
        lacks(p.reference_names, p.reference_source);
        fail(out, "exchange.smtp-partner.name-refused", mismatch, c, p, b);
        return false;
    }
    if (!p.reference_names.empty()) {
        const name_match m = match_names(leaf, p.reference_names, b);
        if (!m.matched) {
            lacks(p.reference_names, p.reference_source);
            const bool by_level = p.reference_source != "domain-secured domain";
            fail(out,
                 by_level ? "exchange.name.domain-validation-mismatch"
                          : "exchange.name.domain-security-mismatch",
                 mismatch, c, p, b);
            return false;
        }
        note_assumptions_of_match(out.why, leaf, m, b);
        cite(out.why, m.reference + " (" + p.reference_source + ")", "matches " + m.certificate_name);
    }
    if (p.domain_secure && p.reference_source != "domain-secured domain" &&
        !match_names(leaf, {p.domain}, b).matched) {
        lacks({p.domain}, "domain-secured domain");
        fail(out, "exchange.name.domain-security-mismatch", mismatch, c, p, b);
        return false;
    }
    if (p.exact_names.empty())
        return true;
    const auto hosts = smart_host.empty() ? p.exact_names : std::vector<std::string>{std::string(smart_host)};
    if (exactly_named(leaf, hosts))
        return true;
    lacks(hosts, "smart host");
    fail(out, "exchange.name.smart-host-mismatch", {"SubjectMismatch", true}, c, p, b);
    return false;
}

std::string_view passed_rule(const tls_policy& p) {
    if (p.partner)
        return "exchange.smtp-partner.certificate-accepted";
    if (p.domain_secure)
        return "exchange.domain-security.accepted";
    if (!p.exact_names.empty() && !p.check_chain)
        return "exchange.name.smart-host-accepted";
    return p.check_name ? "exchange.level.domain-validation-passed"
                        : "exchange.level.certificate-validation-passed";
}

} // namespace

trace::decided<send_verdict>
judge_server_certificate(const server& s, const send_connector& c, const tls_policy& p,
                         const std::vector<certs::certificate>& peer_chain, instant now, const behavior& b,
                         const chain::evidence& known, std::vector<trace::chain_view>& chain_out,
                         std::string_view smart_host) {
    trace::decided<send_verdict> out;
    out.why.question =
        fmt::format("Is the server's certificate good enough for {}?", c.name.empty() ? s.name : c.name);
    if (!p.check_chain && !p.check_name && p.exact_names.empty()) {
        pass(out, p.partner ? "exchange.smtp-partner.nothing-checked" : "exchange.level.nothing-checked",
             "nothing is checked");
        if (p.partner)
            cite(out.why, "TlsLevel of " + s.name, std::string(to_string(*s.partner.tls_level)),
                 s.partner.tls_level.mark);
        else
            cite(out.why, of_connector("TlsAuthLevel", c),
                 c.level->has_value() ? std::string(to_string(**c.level)) : "not set", c.level.mark);
        return concluded(std::move(out));
    }
    if (peer_chain.empty()) {
        fail(out, "exchange.chain.no-certificate", {"NoRemoteCertificate", false}, c, p, b);
        return concluded(std::move(out));
    }
    if (p.check_chain && !chain_passes(out, s, c, p, peer_chain, now, b, known, chain_out))
        return concluded(std::move(out));
    if (!names_pass(out, peer_chain.front(), c, p, b, smart_host))
        return concluded(std::move(out));
    pass(out, passed_rule(p), "yes");
    if (!p.exact_names.empty())
        cite(out.why, of_connector("SmartHostAuthMechanism", c), "BasicAuthRequireTLS",
             c.smart_host_auth_mechanism.mark);
    return concluded(std::move(out));
}

} // namespace connlab::exchange
