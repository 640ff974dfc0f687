#include "sim/exchange/online_headers.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/inbound_refusal.hpp"
#include "sim/exchange/message_fields.hpp"
#include "sim/exchange/online_front_end.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

constexpr std::string_view organization_auth_as = "X-MS-Exchange-Organization-AuthAs";
constexpr std::string_view organization_scl = "X-MS-Exchange-Organization-SCL";
constexpr std::string_view originator_org = "X-OriginatorOrg";

bool knows_sender(const tenant& t, std::string_view domain) {
    if (t.accepts(domain))
        return true;
    const auto* remote = t.remote_domain_for(domain);
    return remote != nullptr && *remote->trusted_mail_inbound_enabled;
}

class stamping {
  public:
    stamping(std::string_view content, const online_recipient& came_by, std::string_view sender_domain,
             const online_arrival& how)
        : came_by_(came_by), sender_(sender_domain), how_(how), parts_(parse(content)) {}

    trace::decided<online_message> result() {
        out_.why.question = "Is the message internal for Exchange Online, or anonymous?";
        const bool marked = has_cloud_fields();
        keep_only(parts_, filtered_, [](const field& f) {
            return !has_prefix(f, organization_prefix) && !has_prefix(f, forest_prefix);
        });
        const auto as = judge(marked);
        out_.value.auth_as = as;
        out_.why.answer = as;
        if (!filtered_.renamed.empty())
            cite(out_.why, "promoted", join(filtered_.renamed, ", "));
        if (!filtered_.removed.empty())
            cite(out_.why, "removed", join(filtered_.removed, ", "));
        out_.value.content = stamped(as);
        return concluded(std::move(out_));
    }

  private:
    const attribution& whose() const { return came_by_.whose.value; }

    bool has_cloud_fields() const {
        for (const auto& f : parts_.header)
            if (has_prefix(f, cloud_prefix))
                return true;
        return false;
    }

    std::string decide(std::string_view rule, std::string as) {
        out_.why.rule = std::string(rule);
        return as;
    }

    std::string judge(bool marked) {
        const auto* c = whose().connector;
        if (c == nullptr && whose().direction == directionality::originating) {
            drop_cloud_fields(marked);
            cite(out_.why, "attribution", std::string(to_string(whose().direction)));
            return decide("exchange.online.internal.submitted", "Internal");
        }
        if (c == nullptr) {
            drop_cloud_fields(marked);
            cite(out_.why, "attribution", std::string(to_string(whose().direction)));
            return decide("exchange.online.internal.not-originating", "Anonymous");
        }
        cite(out_.why, "CloudServicesMailEnabled of inbound connector " + c->name,
             true_or_false(*c->cloud_services_mail_enabled), c->cloud_services_mail_enabled.mark);
        if (*c->cloud_services_mail_enabled)
            return by_promotion(marked);
        drop_cloud_fields(marked);
        if (*c->treat_messages_as_internal)
            return by_treatment(*c);
        return decide("exchange.online.internal.headers-removed", "Anonymous");
    }

    void drop_cloud_fields(bool marked) {
        keep_only(parts_, filtered_, [](const field& f) { return !has_prefix(f, cloud_prefix); });
        if (marked)
            added_ += fmt::format("X-CrossPremisesHeadersFiltered: {}\r\n", how_.server);
    }

    std::string by_promotion(bool marked) {
        if (!marked)
            return decide("exchange.online.internal.no-headers", "Anonymous");
        promote(parts_, filtered_);
        added_ += fmt::format("X-CrossPremisesHeadersPromoted: {}\r\n", how_.server);
        const auto sent_as = field_of(joined(parts_), organization_auth_as);
        cite(out_.why, "AuthAs that the sending organization wrote", sent_as.empty() ? "none" : sent_as);
        if (!ascii_iequal(sent_as, "Internal"))
            return decide("exchange.online.internal.promoted-anonymous", "Anonymous");
        cite(out_.why, "domain of MAIL FROM", sender_.empty() ? "<>" : std::string(sender_));
        if (!sender_.empty() && !knows_sender(*whose().owner, sender_))
            return decide("exchange.online.internal.unknown-domain", "Anonymous");
        return decide("exchange.online.internal.promoted", "Internal");
    }

    std::string by_treatment(const inbound_connector& c) {
        cite(out_.why, "TreatMessagesAsInternal of inbound connector " + c.name, "True",
             c.treat_messages_as_internal.mark);
        cite(out_.why, "domain of MAIL FROM", sender_.empty() ? "<>" : std::string(sender_));
        if (!whose().owner->accepts(sender_))
            return decide("exchange.online.internal.not-treated", "Anonymous");
        return decide("exchange.online.internal.treated", "Internal");
    }

    /// The fields of the attribution in front; the promoted AuthAs is not written twice.
    std::string stamped(const std::string& as) {
        const auto& t = *whose().owner;
        const bool originating = whose().direction == directionality::originating;
        keep_only(parts_, filtered_,
                  [](const field& f) { return !ascii_iequal(f.name, organization_auth_as); });
        std::string out = "X-EOPAttributedMessage: 0\r\n";
        out += fmt::format("X-EOPTenantAttributedMessage: {}:0\r\n", t.id());
        out += fmt::format("X-MS-Exchange-Organization-MessageDirectionality: {}\r\n",
                           to_string(whose().direction));
        out += fmt::format("{}: {}\r\n", organization_auth_as, as);
        if (as == "Internal")
            out += of_internal_ones(t);
        if (field_of(joined(parts_), "X-MS-Exchange-Organization-AuthSource").empty())
            out += fmt::format("X-MS-Exchange-Organization-AuthSource: {}\r\n", how_.server);
        out += fmt::format("X-MS-Exchange-CrossTenant-OriginalAttributedTenantConnectingIp:\r\n "
                           "TenantId={};Ip=[{}];Helo=[{}]\r\n",
                           t.id(), to_string(how_.client), how_.hello);
        out += fmt::format("X-MS-Exchange-CrossTenant-FromEntityHeader: {}\r\n",
                           !originating                   ? "Internet"
                           : whose().connector == nullptr ? "Hosted"
                                                          : "HybridOnPrem");
        return out + added_ + joined(parts_);
    }

    /// What only a message of the tenant's own carries: its level of spam, unless it was promoted, and whose
    /// it is.
    std::string of_internal_ones(const tenant& t) {
        std::string out;
        if (field_of(joined(parts_), organization_scl).empty())
            out += fmt::format("{}: {}\r\n", organization_scl, trusted_scl);
        keep_only(parts_, filtered_, [](const field& f) { return !ascii_iequal(f.name, originator_org); });
        return out + fmt::format("{}: {}\r\n", originator_org, t.initial_domain());
    }

    const online_recipient& came_by_;
    std::string_view sender_;
    const online_arrival& how_;
    parts parts_;
    filtered_message filtered_;
    std::string added_;
    trace::decided<online_message> out_;
};

} // namespace

trace::decided<online_message> stamp_online_message(std::string_view content, const online_recipient& came_by,
                                                    std::string_view sender_domain,
                                                    const online_arrival& how) {
    return stamping(content, came_by, sender_domain, how).result();
}

trace::decided<inbound_verdict> judge_online_passes(std::string_view content, const server& s,
                                                    const online_session_name& session) {
    constexpr int most_passes = 20;
    trace::decided<inbound_verdict> out;
    const std::string by = " by " + front_end_name(s);
    int passes = 0;
    for (const auto& f : parse(content).header)
        if (ascii_iequal(f.name, "Received") && unfolded(f.text).find(by) != std::string::npos)
            ++passes;
    out.why.question = "Is the message in a loop?";
    cite(out.why, "Received fields of " + front_end_name(s), std::to_string(passes));
    if (passes < most_passes) {
        out.why.rule = "exchange.online.passes.counted";
        out.why.answer = "no";
    } else {
        refuse(out, "exchange.online.passes.exceeded", "MailLoop",
               "554 5.4.14 Hop count exceeded - possible mail loop ATTR34" + suffix_of(session));
    }
    return concluded(std::move(out));
}

namespace {

/// Mail for a domain of the tenant that leaves the service goes to the own servers.
crossing crossing_of(const tenant& t, const server& s, std::string_view recipient_domain) {
    auto out = crossing_to(t.remote_domains, front_end_name(s), recipient_domain);
    if (const auto* held = t.domain_holding(recipient_domain); held != nullptr && out.reason.empty()) {
        out.reason = "accepted domain of tenant " + t.name;
        out.mark = held->name.mark;
    }
    return out;
}

} // namespace

trace::decided<filtered_message> send_online_message(std::string_view content, const send_connector& c,
                                                     const tenant& t, const server& s,
                                                     std::string_view recipient_domain) {
    auto out = filter_sent(content, c, principal::anonymous, crossing_of(t, s, recipient_domain));
    out.why.question = "Which headers does Exchange Online send along?";
    auto p = parse(out.value.content);
    std::erase_if(p.header, [](const field& f) { return ascii_iequal(f.name, originator_org); });
    out.value.content = with_field(joined(p), fmt::format("{}: {}", originator_org, t.initial_domain()));
    return out;
}

trace::decided<inbound_verdict> judge_online_delivery(const tenant& t, std::string_view recipient,
                                                      std::string_view auth_as) {
    trace::decided<inbound_verdict> out;
    out.why.question = fmt::format("Does the mailbox of {} take the message?", recipient);
    if (!t.knows(recipient)) {
        cite_authoritative(out.why, *t.domain_holding(mail_domain(recipient)));
        cite(out.why, "Recipients of tenant " + t.name, join(*t.recipients, ", "), t.recipients.mark);
        refuse(out, "exchange.online.mailbox.unknown-recipient", "RecipientNotFound",
               "550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found");
        return concluded(std::move(out));
    }
    cite(out.why, "AuthAs", std::string(auth_as));
    const bool restricted = t.restricts_senders_to(recipient);
    if (restricted)
        cite(out.why, "RequireSenderAuthenticationEnabled of " + std::string(recipient), "True",
             t.authenticated_senders_only.mark);
    if (!restricted || auth_as == "Internal") {
        out.why.rule = "exchange.online.mailbox.taken";
        out.why.answer = "yes";
        return concluded(std::move(out));
    }
    refuse(out, "exchange.online.mailbox.authenticated-senders-only", "SenderNotAuthenticated",
           "550 5.7.12 Sender was not authenticated by organization");
    return concluded(std::move(out));
}

} // namespace connlab::exchange
