// What a Receive connector says to MAIL FROM and RCPT TO: RequireTLS, permissions, Domain Security, relaying
// (3.5, 3.7, 4.3).
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/chain_judgement.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/edge_replication.hpp"
#include "sim/exchange/event_texts.hpp"
#include "sim/exchange/inbound_refusal.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

bool authenticates(const receive_connector& c, auth_mechanism m) {
    return (*c.auth & m) != 0;
}

void accept(trace::decided<inbound_verdict>& out, std::string_view rule, std::string answer) {
    out.why.rule = std::string(rule);
    out.why.answer = std::move(answer);
}

/// Whether Domain Security applies to this sender; a half configuration is worth a finding.
bool domain_security_in_force(trace::decided<inbound_verdict>& out, const organization& o, const server& s,
                              const receive_connector& c, std::string_view domain) {
    const auto& list = transport_for(o, s).tls_receive_domain_secure_list;
    const bool listed = !domain.empty() && std::any_of(list->begin(), list->end(), [&](const std::string& d) {
        return same_domain(d, domain);
    });
    const auto not_in_force = [&](std::string why) {
        out.value.findings.push_back("Domain Security is not in force for " + std::string(domain) + ": " +
                                     std::move(why));
        return false;
    };
    if (!listed) {
        if (*c.domain_secure_enabled && c.domain_secure_enabled.configured() && !domain.empty())
            return not_in_force("the domain is not in TLSReceiveDomainSecureList");
        return false;
    }
    if (!*c.domain_secure_enabled)
        return not_in_force("DomainSecureEnabled of Receive connector " + c.name + " is False");
    if (!authenticates(c, auth_tls) || authenticates(c, auth_external_authoritative))
        return not_in_force("AuthMechanism of Receive connector " + c.name +
                            " must contain Tls and not ExternalAuthoritative");
    cite(out.why,
         "TLSReceiveDomainSecureList " + (works_by_adlds(s) ? "in AD LDS of " + s.name : "of " + o.name),
         join(*list, ", "), list.mark);
    cite(out.why, of_connector("DomainSecureEnabled", c), "True", c.domain_secure_enabled.mark);
    return true;
}

bool good_for_clients(const certs::certificate& c) {
    const auto& usages = c.fields().extended_key_usage;
    return !usages || std::any_of(usages->begin(), usages->end(), [](const std::string& u) {
        return u == certs::eku_client_auth || u == certs::eku_any;
    });
}

struct domain_secure_fault {
    std::string_view rule;
    std::string reason; // empty: authenticated
    event entry;
};

domain_secure_fault domain_secure_fault_of(trace::decided<inbound_verdict>& out, const server& s,
                                           const receive_connector& c, const std::string& domain,
                                           const inbound_facts& facts, const behavior& b,
                                           const chain::evidence& known) {
    auto& why = out.why;
    cite(why, "domain that must be authenticated", domain);
    if (!facts.tls)
        return {"exchange.domain-security.inbound-no-tls", "DomainSecureNoTls",
                domain_secure_without_tls(domain, c.name)};
    cite(why, "client certificate",
         facts.client_chain.empty() ? "none" : facts.client_chain.front().subject());
    if (facts.client_chain.empty())
        return {"exchange.domain-security.inbound-no-certificate", "EmptyCertificate",
                domain_secure_inbound_failed(domain, c.name, "EmptyCertificate")};
    if (!good_for_clients(facts.client_chain.front())) // that such a one was offered at all
        rests_on(why, "exchange.client-certificate.usage-not-asked");
    const auto verdict = judge_client_chain(s, facts, b, known);
    out.value.wanted = verdict.value.wanted;
    for (const auto& id : verdict.why.assumed)
        rests_on(why, id);
    const std::string word = reason_of(verdict.value, b).word;
    cite(why, "its chain", word.empty() ? "no error" : word);
    cite(why, "its names", join(facts.client_chain.front().domains(), ", "));
    if (!word.empty())
        return {"exchange.domain-security.inbound-chain", word,
                domain_secure_inbound_failed(domain, c.name, word)};
    if (!match_names(facts.client_chain.front(), {domain}, b).matched)
        return {"exchange.domain-security.inbound-mismatch", "SubjectMismatch",
                domain_secure_subject_mismatch(domain, c.name)};
    return {"exchange.domain-security.inbound-accepted", "", {}};
}

/// Refused with one text of ours (reference README, item 16), or accepted as anonymous by the switch. True:
/// authenticated.
bool apply_domain_security(trace::decided<inbound_verdict>& out, const server& s, const receive_connector& c,
                           const std::string& domain, const inbound_facts& facts, const behavior& b,
                           const chain::evidence& known) {
    domain_secure_fault fault = domain_secure_fault_of(out, s, c, domain, facts, b, known);
    if (fault.reason.empty()) {
        out.value.auth_as = "Partner";
        out.value.auth_domain = domain;
        accept(out, fault.rule, "accepted: " + domain + " is authenticated");
        return true;
    }
    out.value.events.push_back(std::move(fault.entry));
    rests_on_switch(out.why, b, "DomainSecureRefusal", "exchange.domain-security.inbound-refusal");
    if (b.is("DomainSecureRefusal", "AcceptUnauthenticated")) {
        out.value.reason = fault.reason;
        out.value.findings.push_back("mail from domain-secured domain " + domain +
                                     " was accepted unauthenticated: " + fault.reason);
        accept(out, fault.rule, "accepted unauthenticated: " + fault.reason);
        return false;
    }
    refuse(out, fault.rule, fault.reason,
           "454 4.7.5 Mail from a domain-secured domain could not be authenticated");
    out.value.our_text = true;
    return false;
}

/// Who the session's other side is: as authenticated, by the connector's word, or nobody known.
principal identity_of(const inbound_verdict& v, const receive_connector& c, const inbound_facts& facts) {
    if (facts.who != principal::anonymous)
        return facts.who;
    if (authenticates(c, auth_external_authoritative))
        return principal::externally_secured;
    return v.auth_as == "Partner" ? principal::partner : principal::anonymous;
}

/// An anonymous client says it is somebody of the own domains: that is a right of its own.
bool may_send_as(const organization& o, const server& s, const receive_connector& c,
                 std::string_view domain) {
    return domain.empty() || !accepts_for(o, s, domain) ||
           (permissions_of(c, principal::anonymous) & may_send_as_own_domain) != 0;
}

/// SMTP-Submit: through the groups that the other side belongs to; everyone belongs to AnonymousUsers too.
void apply_permission(trace::decided<inbound_verdict>& out, const receive_connector& c,
                      const inbound_facts& facts) {
    auto who = identity_of(out.value, c, facts);
    if ((permissions_of(c, who) & may_submit) == 0 && who != principal::exchange_server)
        who = principal::anonymous;
    out.value.who = who;
    if ((permissions_of(c, who) & may_submit) == 0) {
        refuse(out, "exchange.mail-from.not-permitted", "NotAuthenticated",
               "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM");
        cite(out.why, of_connector("PermissionGroups", c), "without AnonymousUsers", c.permissions.mark);
    } else if (who == principal::externally_secured) {
        out.value.auth_as = "Internal";
        accept(out, "exchange.mail-from.externally-secured", "accepted: the connector's hosts are trusted");
        cite(out.why, of_connector("AuthMechanism", c), "ExternalAuthoritative", c.auth.mark);
    } else if (who == principal::exchange_server) {
        out.value.auth_as = "Internal";
        accept(out, "exchange.mail-from.exchange-server", "accepted: an Exchange server of the organization");
        cite(out.why, of_connector("PermissionGroups", c), "ExchangeServers", c.permissions.mark);
    } else if (who == principal::user) {
        out.value.auth_as = "Internal";
        accept(out, "exchange.mail-from.user", "accepted: an authenticated user");
        cite(out.why, of_connector("PermissionGroups", c), "ExchangeUsers", c.permissions.mark);
    } else if (who == principal::anonymous) {
        cite(out.why, of_connector("PermissionGroups", c), "AnonymousUsers", c.permissions.mark);
    }
}

/// Newer versions say 5.7.54; since which level is not public.
std::string_view relay_denied(trace::decided<inbound_verdict>& out, const server& s) {
    if (s.version.product != "Exchange2013")
        return "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain";
    rests_on(out.why, "exchange.recipient.relay-text");
    return "550 5.7.1 Unable to relay";
}

trace::decided<inbound_verdict> partner_mail_from(const server& s, const inbound_facts& facts,
                                                  trace::decided<inbound_verdict> out) {
    out.value.auth_as.clear();
    if (!*s.partner.require_tls || facts.tls) {
        accept(out, "exchange.smtp-partner.mail-accepted", "accepted");
        cite(out.why, "RequireTls of " + s.name, true_or_false(*s.partner.require_tls),
             s.partner.require_tls.mark);
        return out;
    }
    refuse(out, "exchange.smtp-partner.must-issue-starttls", "MustIssueStarttls",
           s.role == server_role::exchange_online ? "451 5.7.3 Must issue a STARTTLS command first"
                                                  : "530 5.7.0 Must issue a STARTTLS command first");
    cite(out.why, "RequireTls of " + s.name, "True", s.partner.require_tls.mark);
    return out;
}

} // namespace

trace::decided<inbound_verdict> judge_mail_from(const organization& o, const server& s,
                                                const receive_connector& c, std::string_view sender,
                                                const inbound_facts& facts, const behavior& b,
                                                const chain::evidence& known) {
    trace::decided<inbound_verdict> out;
    out.why.question = fmt::format("Does {} take mail from <{}>?", c.name.empty() ? s.name : c.name, sender);
    if (!s.is_exchange())
        return concluded(partner_mail_from(s, facts, std::move(out)));
    if (*c.require_tls && !facts.tls) {
        refuse(out, "exchange.mail-from.must-issue-starttls", "MustIssueStarttls",
               "451 5.7.3 Must issue a STARTTLS command first");
        cite(out.why, of_connector("RequireTLS", c), "True", c.require_tls.mark);
        return concluded(std::move(out));
    }
    accept(out, "exchange.mail-from.anonymous", "accepted as anonymous mail");
    const std::string domain = mail_domain(sender);
    if (facts.who == principal::anonymous && domain_security_in_force(out, o, s, c, domain))
        apply_domain_security(out, s, c, domain, facts, b, known);
    if (out.value.accepted)
        apply_permission(out, c, facts);
    if (out.value.accepted && out.value.who == principal::anonymous && !may_send_as(o, s, c, domain)) {
        refuse(out, "exchange.mail-from.not-as-this-sender", "SenderNotPermitted",
               "550 5.7.60 SMTP; Client does not have permissions to send as this sender");
        cite(out.why, of_connector("rights of ANONYMOUS LOGON", c),
             "without ms-Exch-SMTP-Accept-Authoritative-Domain-Sender", c.removed_from_anonymous.mark);
    }
    return concluded(std::move(out));
}

trace::decided<inbound_verdict> judge_recipient(const organization& o, const server& s,
                                                const receive_connector& c, std::string_view recipient,
                                                principal who, std::string_view relaying_by) {
    trace::decided<inbound_verdict> out;
    out.why.question =
        fmt::format("Does {} take mail for <{}>?", c.name.empty() ? s.name : c.name, recipient);
    const std::string domain = mail_domain(recipient);
    const bool accepted = domain.empty() || accepts_for(o, s, domain); // no domain: <postmaster>
    if (works_by_adlds(s))
        cite(out.why, "accepted domains in AD LDS of " + s.name,
             std::to_string(s.adlds.accepted_domains.size()));
    else
        cite(out.why, "AcceptedDomains of " + o.name, join(*o.accepted_domains, ", "),
             o.accepted_domains.mark);
    if (accepted) {
        accept(out,
               s.is_exchange() ? "exchange.recipient.accepted-domain"
                               : "exchange.smtp-partner.recipient-accepted",
               "accepted");
    } else if (!s.is_exchange()) {
        refuse(out, "exchange.smtp-partner.relay-denied", "RelayDenied",
               fmt::format("554 5.7.1 <{}>: Relay access denied", recipient));
    } else if ((permissions_of(c, who) & may_send_to_anyone) != 0) {
        accept(out, "exchange.recipient.any-recipient", "accepted for relay");
    } else if (!relaying_by.empty()) {
        accept(out, "exchange.recipient.cloud-relay",
               fmt::format("accepted for relay: the client has {}", relaying_by));
        cite(out.why, of_connector("TlsDomainCapabilities", c), join(*c.tls_domain_capabilities, "; "),
             c.tls_domain_capabilities.mark);
        if (s.role == server_role::edge)
            rests_on(out.why, "exchange.recipient.cloud-relay-edge");
    } else {
        refuse(out, "exchange.recipient.relay-denied", "RelayDenied", std::string(relay_denied(out, s)));
        cite(out.why, of_connector("TlsDomainCapabilities", c),
             c.tls_domain_capabilities->empty() ? "not set" : "nothing that this session was granted relays",
             c.tls_domain_capabilities.mark);
        cite(out.why, of_connector("PermissionGroups", c),
             "without SMTP-Accept-Any-Recipient for this session", c.permissions.mark);
    }
    return concluded(std::move(out));
}

trace::decided<chain::verdict> judge_client_chain(const server& s, const inbound_facts& facts,
                                                  const behavior& b, const chain::evidence& known) {
    trace::decided<chain::verdict> out;
    out.why.question = fmt::format("What does {} think of the client's certificate?", s.name);
    if (facts.client_chain.empty()) {
        out.why.rule = "exchange.client-chain.empty";
        out.why.answer = "EmptyCertificate";
        cite(out.why, "client certificate", "none");
        return concluded(std::move(out));
    }
    auto q = question_about(facts.client_chain, s, facts.now);
    q.revocation.scope = chain::revocation_scope::chain_excluding_root;
    if (b.is("ClientAuthEku", "Require")) {
        q.usage = std::string(certs::eku_client_auth);
        rests_on_switch(out.why, b, "ClientAuthEku", "exchange.client-chain.usage");
    }
    chain_judgement judged = judge_chain(q, b, known);
    out.why.rule = "exchange.client-chain.evaluated";
    out.why.answer = judged.reason.word.empty() ? "Valid" : judged.reason.word;
    if (judged.reason.ours)
        rests_on(out.why, "exchange.reason.word");
    if (judged.reason.word.empty())
        rests_on_chain(out.why, judged, b);
    cite(out.why, "chain of " + q.leaf.subject(), judged.text);
    cite_revocation(out.why, judged);
    out.value = std::move(judged.verdict);
    return concluded(std::move(out));
}

} // namespace connlab::exchange
