#include "sim/exchange/premises.hpp"

#include "sim/exchange/deciding.hpp"
#include "sim/exchange/message_headers.hpp"

#include <fmt/format.h>

#include <utility>

namespace connlab::exchange {

const remote_domain* remote_domain_for(const std::vector<remote_domain>& all, std::string_view mail_domain) {
    const remote_domain* found = nullptr;
    int best = 0;
    for (const auto& d : all)
        if (const int rank = pattern_rank(*d.domain_name, mail_domain); rank > best) {
            best = rank;
            found = &d;
        }
    return found;
}

crossing crossing_to(const std::vector<remote_domain>& all, std::string server,
                     std::string_view recipient_domain) {
    crossing out;
    out.server = std::move(server);
    const auto* d = remote_domain_for(all, recipient_domain);
    if (d == nullptr || (!*d->target_delivery_domain && !*d->trusted_mail_outbound_enabled))
        return out;
    const bool target = *d->target_delivery_domain;
    out.reason = fmt::format("{} of remote domain {}",
                             target ? "TargetDeliveryDomain" : "TrustedMailOutboundEnabled", d->name);
    out.mark = target ? d->target_delivery_domain.mark : d->trusted_mail_outbound_enabled.mark;
    return out;
}

originator originator_of(std::string_view xoorg, std::string_view content, std::string_view sender_domain) {
    if (!xoorg.empty())
        return {std::string(xoorg), "XOORG"};
    if (auto field = field_of(content, "X-OriginatorOrg"); !field.empty())
        return {std::move(field), "X-OriginatorOrg"};
    return {std::string(sender_domain), "MAIL FROM"};
}

trace::decided<bool> trusts_originator(const organization& o, const originator& who) {
    trace::decided<bool> out{false, {}};
    out.why.question = fmt::format("Does {} believe what the message says of itself?", o.name);
    cite(out.why, "organization that it comes from, by " + who.named_by,
         who.domain.empty() ? "<>" : who.domain);
    const auto* remote = remote_domain_for(o.remote_domains, who.domain);
    const bool trusted = remote != nullptr && *remote->trusted_mail_inbound_enabled;
    if (remote != nullptr)
        cite(out.why, "TrustedMailInboundEnabled of remote domain " + remote->name, true_or_false(trusted),
             remote->trusted_mail_inbound_enabled.mark);
    const bool own = !who.domain.empty() && o.accepts(who.domain);
    if (own)
        cite(out.why, "AcceptedDomains of " + o.name, who.domain, o.accepted_domains.mark);
    out.value = own || trusted;
    out.why.rule =
        out.value ? "exchange.headers.originator-trusted" : "exchange.headers.originator-not-trusted";
    out.why.answer = out.value ? "yes" : "no: the message counts as one from outside";
    return concluded(std::move(out));
}

} // namespace connlab::exchange
