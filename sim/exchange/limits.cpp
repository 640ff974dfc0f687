#include "sim/exchange/limits.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/parameters.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

/// Received fields of the header.
int hops_of(std::string_view content) {
    int hops = 0;
    for (std::size_t at = 0; at < content.size();) {
        const auto end = content.find("\r\n", at);
        const auto line = content.substr(at, end == std::string_view::npos ? end : end - at);
        if (line.empty())
            break;
        hops += ascii_istarts_with(line, "Received:") ? 1 : 0;
        at = end == std::string_view::npos ? content.size() : end + 2;
    }
    return hops;
}

std::string shown(const send_connector& c, std::string_view parameter_name) {
    return find_parameter(send_connector_parameters(), parameter_name)->show(c);
}

std::string shown(const receive_connector& c, std::string_view parameter_name) {
    return find_parameter(receive_connector_parameters(), parameter_name)->show(c);
}

/// The mark of the settings, and what they say.
void cite_type(trace::decision& why, const accepted_domain& d) {
    cite(why, "DomainType of " + d.domain,
         find_parameter(accepted_domain_parameters(), "DomainType")->show(d), d.type.mark);
}

} // namespace

trace::decided<inbound_verdict> judge_size(const send_connector& c, std::uint64_t octets) {
    trace::decided<inbound_verdict> out;
    out.why.rule = "exchange.limit.message-size";
    out.why.question = fmt::format("Does Send connector {} take a message of {} bytes?", c.name, octets);
    cite(out.why, of_connector("MaxMessageSize", c), shown(c, "MaxMessageSize"), c.max_message_size.mark);
    auto& v = out.value;
    v.accepted = octets <= *c.max_message_size;
    out.why.answer = v.accepted ? "yes" : "no: it goes back to its sender";
    if (!v.accepted) {
        v.reply = "550 5.3.4 The message is larger than MaxMessageSize of the Send connector";
        v.our_text = true;
        v.reason = "MessageTooLarge";
    }
    return concluded(std::move(out));
}

trace::decided<inbound_verdict> refuse_size(const receive_connector& c, std::string reply) {
    trace::decided<inbound_verdict> out;
    out.why.rule = "exchange.limit.received-size";
    out.why.question = fmt::format("Does {} take a message of this size?", c.identity());
    out.why.answer = "no: it is larger than MaxMessageSize";
    cite(out.why, of_connector("MaxMessageSize", c), shown(c, "MaxMessageSize"), c.max_message_size.mark);
    out.value.accepted = false;
    out.value.reply = std::move(reply);
    out.value.our_text = true; // no public text has it
    out.value.reason = "MessageTooLarge";
    return concluded(std::move(out));
}

trace::decided<inbound_verdict> end_connection(const receive_connector& c, std::string reply) {
    trace::decided<inbound_verdict> out;
    out.why.rule = "exchange.limit.connection-time";
    out.why.question = fmt::format("How long may a connection to {} last?", c.identity());
    out.why.answer = "its time is over: it is closed";
    cite(out.why, of_connector("ConnectionTimeout", c), shown(c, "ConnectionTimeout"),
         c.connection_timeout.mark);
    out.value.accepted = false;
    out.value.reply = std::move(reply);
    out.value.reason = "ConnectionTimeout";
    return concluded(std::move(out));
}

trace::decided<inbound_verdict> judge_hop_count(const receive_connector& c, std::string_view content) {
    trace::decided<inbound_verdict> out;
    const int hops = hops_of(content);
    out.why.rule = "exchange.limit.hop-count";
    out.why.question = fmt::format("Has the message come over too many hops for {}?", c.identity());
    cite(out.why, of_connector("MaxHopCount", c), std::to_string(*c.max_hop_count), c.max_hop_count.mark);
    cite(out.why, "Received fields", std::to_string(hops));
    auto& v = out.value;
    v.accepted = hops <= *c.max_hop_count;
    out.why.answer = v.accepted ? "no" : "yes: it goes in circles and is refused";
    if (!v.accepted) {
        v.reply = "554 5.4.6 Hop count exceeded - possible mail loop";
        v.reason = "HopCountExceeded";
    }
    return concluded(std::move(out));
}

trace::decided<duration> acknowledgement_delay(const server& s, const receive_connector& c) {
    trace::decided<duration> out;
    out.why.rule = "exchange.acknowledgement.delayed";
    out.why.question = fmt::format("How long does {} hold back the reply to the message?", s.name);
    out.value = *c.max_acknowledgement_delay;
    out.why.answer = format_duration(out.value);
    cite(out.why, of_connector("MaxAcknowledgementDelay", c), out.why.answer,
         c.max_acknowledgement_delay.mark);
    rests_on(out.why, "exchange.acknowledgement.whole-delay");
    return concluded(std::move(out));
}

trace::decided<bool> is_permanent_dns_failure(const send_connector& c, std::string_view domain) {
    trace::decided<bool> out;
    out.why.rule = "exchange.error-policies.dns";
    out.why.question = fmt::format("Is it for good that {} does not exist?", domain);
    cite(out.why, of_connector("ErrorPolicies", c), shown(c, "ErrorPolicies"), c.error_policies.mark);
    out.value = (*c.error_policies & policy_downgrade_dns_failures) == 0;
    out.why.answer = out.value ? "yes: back to the sender" : "no: the message waits";
    return concluded(std::move(out));
}

trace::decided<bool> is_relayed(const organization& o, std::string_view recipient) {
    trace::decided<bool> out;
    const auto settings = o.settings_of(mail_domain(recipient));
    out.value = o.relays(recipient);
    out.why.rule = "exchange.accepted-domain.relay";
    out.why.question = fmt::format("Is the mailbox of {} in the organization?", recipient);
    cite_type(out.why, settings);
    out.why.answer = out.value ? "no: the message leaves by a Send connector" : "yes";
    return concluded(std::move(out));
}

trace::decided<std::string> resolve_recipient(const organization& o, std::string_view recipient) {
    trace::decided<std::string> out{std::string(recipient), {}};
    out.why.rule = "exchange.recipient.remote-mailbox";
    out.why.question = fmt::format("Where does mail for {} go?", recipient);
    if (const auto* routing = o.remote_routing_address(recipient)) {
        out.value = **routing;
        cite(out.why, "RemoteRoutingAddress of " + std::string(recipient), **routing, routing->mark);
    }
    out.why.answer = "to " + out.value;
    return concluded(std::move(out));
}

// 3.7. Without recipient filtering every recipient of an accepted domain is taken, and the Transport service
// finds out.
trace::decided<inbound_verdict> judge_recipient(const organization& o, std::string_view recipient) {
    trace::decided<inbound_verdict> out;
    out.value.accepted = o.knows(recipient);
    out.why.rule = "exchange.recipient.unknown";
    out.why.question = fmt::format("Does {} have the mailbox of {}?", o.name, recipient);
    cite_type(out.why, o.settings_of(mail_domain(recipient)));
    for (const auto& s : o.servers)
        if (!s.mailboxes->empty())
            cite(out.why, "Mailboxes of " + s.name, join(*s.mailboxes, ", "), s.mailboxes.mark);
    out.why.answer = out.value.accepted ? "yes" : "no: back to the sender";
    if (!out.value.accepted) {
        out.value.reply =
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup";
        out.value.reason = "RecipientNotFound";
    }
    return concluded(std::move(out));
}

} // namespace connlab::exchange
