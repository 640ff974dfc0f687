// Where Exchange Online sends a message on, and by which outbound connector (Exchange Online sheet 2.2, 3.7).
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/online_sending.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

struct fitness {
    int rank = 0; // 0: does not apply
    std::string why;
    std::string_view rule;
};

/// Above every wildcard and below every literal domain.
constexpr int all_accepted_rank = 900;

fitness fitness_of(const tenant& t, const outbound_connector& c, std::string_view domain,
                   directionality came) {
    if (!*c.enabled)
        return {0, "not enabled", {}};
    if (*c.transport_rule_scoped)
        return {0, "a transport rule alone uses it", {}};
    if (*c.route_all_messages_via_on_premises && came == directionality::originating && !t.accepts(domain))
        return {0, "what the own servers have sent to others does not go back to them", {}};
    fitness best{0, "none of its RecipientDomains holds the domain", {}};
    for (const auto& pattern : *c.recipient_domains)
        if (const int rank = pattern_rank(pattern, domain); rank > best.rank) {
            const bool literal = pattern.find('*') == std::string::npos;
            best = {rank, "RecipientDomains " + pattern,
                    literal ? "exchange.online.connector.domain" : "exchange.online.connector.wildcard"};
        }
    if (*c.all_accepted_domains && t.accepts(domain) && best.rank < all_accepted_rank)
        best = {all_accepted_rank, "AllAcceptedDomains", "exchange.online.connector.all-accepted"};
    return best;
}

/// Centralized mail transport.
const outbound_connector* central_connector(const tenant& t) {
    const auto found =
        std::find_if(t.outbound_connectors.begin(), t.outbound_connectors.end(),
                     [](const auto& c) { return *c.enabled && *c.route_all_messages_via_on_premises; });
    return found == t.outbound_connectors.end() ? nullptr : &*found;
}

/// An address of an Authoritative domain is nowhere else, whether it has a mailbox or not.
void in_mailbox(trace::decided<online_stage>& out, const tenant& owner, std::string_view recipient) {
    const bool listed = owner.has_recipient(recipient);
    out.value.step = online_step::mailbox;
    out.value.owner = &owner;
    out.why.rule = "exchange.online.stage.mailbox";
    out.why.answer = (listed ? "in its mailbox, tenant " : "nowhere else: it stays in tenant ") + owner.name;
    if (listed)
        cite(out.why, "Recipients of tenant " + owner.name, std::string(recipient), owner.recipients.mark);
    else
        cite_authoritative(out.why, *owner.domain_holding(mail_domain(recipient)));
}

void to_own_servers(trace::decided<online_stage>& out, const outbound_connector& central,
                    directionality came) {
    const bool incoming = came == directionality::incoming;
    out.value.connector = &central;
    out.why.rule = incoming ? "exchange.online.stage.central-incoming" : "exchange.online.stage.central";
    out.why.answer = "to the own servers: " + central.name;
    cite(out.why, "RouteAllMessagesViaOnPremises of outbound connector " + central.name, "True",
         central.route_all_messages_via_on_premises.mark);
    cite(out.why, "the message comes", incoming ? "from outside" : "from a mailbox of the tenant");
}

} // namespace

trace::decided<const outbound_connector*>
select_outbound_connector(const tenant& t, std::string_view recipient_domain, directionality came) {
    trace::decided<const outbound_connector*> out{nullptr, {}};
    out.why.question =
        fmt::format("Which outbound connector of tenant {} takes mail for {}?", t.name, recipient_domain);
    out.why.rule = "exchange.online.connector.none";
    out.why.answer = "none: MX records, TLS when it is offered";
    cite(out.why, "recipient's domain", std::string(recipient_domain));
    int best = 0;
    std::vector<fitness> all;
    for (const auto& c : t.outbound_connectors) {
        all.push_back(fitness_of(t, c, recipient_domain, came));
        if (all.back().rank <= best)
            continue;
        best = all.back().rank;
        out.value = &c;
        out.why.rule = std::string(all.back().rule);
        out.why.answer = c.name;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& c = t.outbound_connectors[i];
        const bool chosen = &c == out.value;
        consider(out.why, c.name, chosen,
                 chosen || all[i].rank == 0 ? all[i].why : all[i].why + ": less specific, or comes later");
    }
    return concluded(std::move(out));
}

trace::decided<online_stage> select_online_stage(const std::vector<tenant>& all, const tenant& t,
                                                 std::string_view recipient, directionality came) {
    trace::decided<online_stage> out;
    const auto domain = mail_domain(recipient);
    out.value.owner = &t;
    out.why.question = fmt::format("Where does tenant {} send a message for {}?", t.name, recipient);
    const auto* central = central_connector(t);
    const auto* held = t.domain_holding(domain);
    const bool here =
        held != nullptr && (t.has_recipient(recipient) || *held->type == domain_type::authoritative);
    if (central != nullptr && (came == directionality::incoming || (came == directionality::none && !here))) {
        to_own_servers(out, *central, came);
        return concluded(std::move(out));
    }
    const auto other = std::find_if(all.begin(), all.end(), [&](const tenant& x) {
        return &x != &t && x.accepts(domain) && x.has_recipient(recipient);
    });
    const auto* others_central = here || other == all.end() ? nullptr : central_connector(*other);
    if (here)
        in_mailbox(out, t, recipient);
    else if (others_central != nullptr) {
        to_own_servers(out, *others_central, directionality::incoming);
        out.value.owner = &*other;
    } else if (other != all.end())
        in_mailbox(out, *other, recipient);
    else {
        auto chosen = select_outbound_connector(t, domain, came);
        out.value.connector = chosen.value;
        out.why = std::move(chosen.why);
    }
    return concluded(std::move(out));
}

send_connector session_connector(const outbound_connector* c, const server& s) {
    send_connector out;
    out.name = c != nullptr ? c->name : s.name + " (by MX records)";
    out.fqdn = ascii_lower(s.name) + ".outbound.protection.outlook.com";
    if (c == nullptr)
        return out;
    out.mark = c->mark;
    out.dns_routing_enabled = c->use_mx_record;
    out.smart_hosts = c->smart_hosts;
    out.cloud_services_mail_enabled = c->cloud_services_mail_enabled;
    return out;
}

trace::decided<certificate_choice> online_client_certificate(const server& s) {
    trace::decided<certificate_choice> out;
    out.why.rule = "exchange.online.client-certificate";
    out.why.question = "Which certificate does Exchange Online present when it is asked for one?";
    for (const auto& c : s.certificates)
        if (c.has_private_key() && out.value.certificate == nullptr) {
            out.value.certificate = &c;
            out.value.matched_by = "the service's certificate";
        }
    out.why.answer = out.value.certificate != nullptr ? out.value.certificate->cert.subject() : "none";
    cite(out.why, "first certificate of " + s.name, out.why.answer,
         out.value.certificate != nullptr ? out.value.certificate->mark : source_mark{});
    return concluded(std::move(out));
}

} // namespace connlab::exchange
