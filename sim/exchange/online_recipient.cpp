#include "sim/exchange/online_recipient.hpp"

#include "certs/digest.hpp"
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/inbound_refusal.hpp"
#include "sim/exchange/online_front_end.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

void accept(trace::decided<inbound_verdict>& out, std::string_view rule, std::string answer) {
    out.why.rule = std::string(rule);
    out.why.answer = "accepted: " + std::move(answer);
}

/// Directory Based Edge Blocking: the recipients of an authoritative domain are known.
void judge_directory(trace::decided<inbound_verdict>& out, const tenant& t, std::string_view recipient,
                     const std::string& where) {
    const auto& domain = *t.domain_holding(mail_domain(recipient));
    cite(out.why, "DomainType of " + domain.domain,
         *domain.type == domain_type::authoritative ? "Authoritative" : "a relay domain",
         domain.type.mark.known() ? domain.type.mark : domain.name.mark);
    if (*domain.type != domain_type::authoritative)
        accept(out, "exchange.online.recipient.relay-domain",
               "recipients of a relay domain are not looked up");
    else if (t.has_recipient(recipient))
        accept(out, "exchange.online.recipient.known", std::string(recipient) + " is in the directory");
    else
        refuse(out, "exchange.online.recipient.unknown", "RecipientUnknown",
               "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)" + where);
}

void judge_incoming(online_recipient& out, const online_evidence& e, std::string_view sender_domain,
                    std::string_view recipient, const std::string& where) {
    const auto& t = *out.whose.value.owner;
    const auto* connector = out.partner->value.connector;
    auto& verdict = out.verdict;
    cite(verdict.why, "Partner connector", out.partner->why.answer);
    if (out.partner->value.refused)
        return refuse(verdict, "exchange.online.recipient.restricted", "RestrictedByPartnerConnector",
                      "550 5.7.51 TenantInboundAttribution; There is a partner connector configured that "
                      "matched the message's recipient domain. The connector had either the "
                      "RestrictDomainsToIPAddresses or RestrictDomainsToCertificate set" +
                          where);
    if (connector != nullptr && *connector->require_tls && !e.tls) {
        verdict.value.our_text = true;
        cite(verdict.why, "RequireTls of inbound connector " + connector->name, "True",
             connector->require_tls.mark);
        return refuse(verdict, "exchange.online.recipient.tls-required", "MustIssueStarttls",
                      "451 5.7.3 Must issue a STARTTLS command first" + where);
    }
    for (const auto& known : {to_string(e.peer), std::string(sender_domain)})
        if (const auto word = t.replies.find(known); word != t.replies.end()) {
            cite(verdict.why, "reply for " + known + " (the scenario's word)", *word->second,
                 word->second.mark);
            return refuse(verdict, "exchange.online.recipient.reputation", "Reputation",
                          *word->second + where);
        }
    if (connector == nullptr && *t.config.reject_direct_send && !sender_domain.empty() &&
        t.accepts(sender_domain)) {
        cite(verdict.why, "RejectDirectSend of tenant " + t.name, "True", t.config.reject_direct_send.mark);
        cite(verdict.why, "domain of MAIL FROM, an accepted domain", std::string(sender_domain));
        return refuse(verdict, "exchange.online.recipient.direct-send", "DirectSendRejected",
                      "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization "
                      "from unauthorized sources" +
                          where);
    }
    judge_directory(verdict, t, recipient, where);
}

void judge_originating(trace::decided<inbound_verdict>& out, const tenant& t, std::string_view recipient,
                       const std::string& where) {
    if (t.accepts(mail_domain(recipient)))
        return judge_directory(out, t, recipient, where);
    accept(out, "exchange.online.recipient.relayed",
           fmt::format("tenant {} relays it to {}", t.name, mail_domain(recipient)));
}

void deny_relay(trace::decided<inbound_verdict>& out, const std::string& where) {
    refuse(out, "exchange.online.recipient.relay-denied", "RelayDenied",
           "550 5.7.64 TenantAttribution; Relay Access Denied" + where);
}

/// The tenant lives in another region than the front ends, which are the lab's European ones.
bool lives_elsewhere(trace::decided<inbound_verdict>& out, const tenant& t, const std::string& where) {
    if (t.in_region(front_end_region))
        return false;
    cite(out.why, "Region of tenant " + t.name, *t.region, t.region.mark);
    cite(out.why, "region of the front end", std::string(front_end_region));
    refuse(out, "exchange.online.recipient.other-region", "WrongRegion",
           "451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35." + where);
    return true;
}

} // namespace

std::string suffix_of(const online_session_name& s) {
    return fmt::format(" [{} {} {}]", s.server, format_instant_ms(s.at), s.id);
}

std::string online_session_id(std::string_view server, std::string_view client, instant begun) {
    return certs::sha256_hex(fmt::format("{} {} {}", server, client, begun.time_since_epoch().count()))
        .substr(0, 16);
}

trace::decided<inbound_verdict> judge_submitted(const attribution& whose, std::string_view recipient,
                                                const online_session_name& session) {
    trace::decided<inbound_verdict> out;
    out.why.question = fmt::format("May the message for {} come in?", recipient);
    cite(out.why, "tenant that accepts the sender's domain",
         whose.owner == nullptr ? "none" : whose.owner->name);
    if (whose.owner == nullptr)
        deny_relay(out, suffix_of(session));
    else
        judge_originating(out, *whose.owner, recipient, suffix_of(session));
    return concluded(std::move(out));
}

online_recipient judge_online_recipient(const std::vector<tenant>& all, const online_evidence& e,
                                        std::string_view sender, std::string_view recipient,
                                        const online_session_name& session, const behavior& b) {
    online_recipient out;
    const auto sender_domain = mail_domain(sender);
    const auto where = suffix_of(session);
    out.verdict.why.question = fmt::format("May the message for {} come in?", recipient);
    out.whose = attribute_message(all, e, sender_domain, recipient, b);
    cite(out.verdict.why, "attribution", out.whose.why.answer);
    if (const auto* owner = out.whose.value.owner;
        owner != nullptr && lives_elsewhere(out.verdict, *owner, where)) {
        out.verdict = concluded(std::move(out.verdict));
        return out;
    }
    switch (out.whose.value.direction) {
    case directionality::none:
        deny_relay(out.verdict, where);
        break;
    case directionality::originating:
        judge_originating(out.verdict, *out.whose.value.owner, recipient, where);
        break;
    case directionality::incoming:
        out.partner = choose_partner_connector(*out.whose.value.owner, e, sender_domain, recipient, b);
        judge_incoming(out, e, sender_domain, recipient, where);
        break;
    }
    out.verdict = concluded(std::move(out.verdict));
    return out;
}

} // namespace connlab::exchange
