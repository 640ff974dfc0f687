#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/edge_replication.hpp"

#include <fmt/format.h>

#include <utility>

namespace connlab::exchange {

namespace {

/// How long the match is: the wildcard for everything is shortest, the domain itself longest. -1: no match.
int match_length(const address_space& a, const organization& o, const server& s, std::string_view domain) {
    constexpr int whole_domain = 1 << 16; // longer than any name, so that an exact match wins
    if (!ascii_iequal(a.type, "SMTP"))
        return -1;
    if (a.domain == "*")
        return 0;
    if (a.domain == "--") // an Edge's way in: a domain that another connector names goes by that one
        return s.role == server_role::edge && accepts_for(o, s, domain) ? whole_domain - 1 : -1;
    if (a.domain.rfind("*.", 0) != 0)
        return same_domain(a.domain, domain) ? whole_domain : -1;
    // `*.contoso.com` is contoso.com and everything below it.
    const std::string_view parent = std::string_view(a.domain).substr(2);
    const bool holds = same_domain(parent, domain) || is_subdomain(domain, parent);
    return holds ? static_cast<int>(parent.size()) : -1;
}

struct match {
    const address_space* space = nullptr;
    int length = -1;
};

match best_match(const send_connector& c, const organization& o, const server& s, std::string_view domain) {
    match best;
    for (const auto& a : *c.address_spaces) {
        const int length = match_length(a, o, s, domain);
        if (length < 0)
            continue;
        if (length > best.length || (length == best.length && a.cost < best.space->cost))
            best = {&a, length};
    }
    return best;
}

bool is_source(const send_connector& c, const server& s) {
    const auto& all = *c.source_transport_servers;
    return all.empty() || std::any_of(all.begin(), all.end(), [&](const std::string& name) {
               return ascii_iequal(name, s.name) || ascii_iequal(name, *s.fqdn);
           });
}

/// Another server of the organization may send for a Mailbox server: a Mailbox server, or a subscribed Edge.
bool can_be_reached(const send_connector& c, const organization& o, const server& from) {
    return from.role == server_role::mailbox &&
           std::any_of(o.servers.begin(), o.servers.end(), [&](const server& other) {
               const bool subscribed = other.role == server_role::edge && !other.edge_subscription->empty();
               return (other.role == server_role::mailbox || subscribed) && is_source(c, other);
           });
}

std::string disqualified(const send_connector& c, const organization& o, const server& s,
                         std::string_view domain) {
    if (!*c.enabled)
        return "not enabled";
    if (!is_source(c, s) && !can_be_reached(c, o, s))
        return fmt::format("its SourceTransportServers are {}, not {}",
                           join(*c.source_transport_servers, ", "), s.name);
    if (best_match(c, o, s, domain).space == nullptr)
        return fmt::format("no address space of it covers {}", domain);
    return {};
}

enum class order { better, same, shorter, dearer };

/// How `a` stands to `b`.
order compare(const match& a, const match& b) {
    if (a.length != b.length)
        return a.length > b.length ? order::better : order::shorter;
    if (a.space->cost != b.space->cost)
        return a.space->cost < b.space->cost ? order::better : order::dearer;
    return order::same;
}

} // namespace

trace::decided<const send_connector*> select_send_connector(const organization& o, const server& s,
                                                            std::string_view recipient_domain) {
    trace::decided<const send_connector*> out{nullptr, {}};
    out.why.question = fmt::format("Which Send connector takes mail for {}?", recipient_domain);
    match best;
    const auto& all = connectors_for(o, s);
    for (const auto& c : all) {
        if (!disqualified(c, o, s, recipient_domain).empty())
            continue;
        const match m = best_match(c, o, s, recipient_domain);
        const order stands = out.value == nullptr ? order::better : compare(m, best);
        const auto rank = [&](const send_connector& one) { return std::pair(!is_source(one, s), one.name); };
        if (stands == order::better || (stands == order::same && rank(c) < rank(*out.value))) {
            out.value = &c;
            best = m;
        }
    }
    bool by_cost = false;
    bool by_name = false;
    for (const auto& c : all) {
        if (std::string why = disqualified(c, o, s, recipient_domain); !why.empty()) {
            consider(out.why, c.name, false, std::move(why));
            continue;
        }
        const match m = best_match(c, o, s, recipient_domain);
        if (&c == out.value) {
            consider(out.why, c.name, true, "address space " + to_string(*m.space));
            continue;
        }
        switch (compare(m, best)) {
        case order::better:
        case order::same:
            by_name = true;
            consider(out.why, c.name, false,
                     is_source(c, s) == is_source(*out.value, s)
                         ? "address space and cost are the same; its name comes later"
                         : "address space and cost are the same; its source is another server");
            break;
        case order::shorter:
            consider(out.why, c.name, false,
                     "address space " + to_string(*m.space) + " is the shorter match");
            break;
        case order::dearer:
            by_cost = true;
            consider(out.why, c.name, false,
                     fmt::format("cost {} is higher than {}", m.space->cost, best.space->cost));
            break;
        }
    }
    if (out.value == nullptr) {
        out.why.rule = "exchange.send-connector.none";
        out.why.answer = "none: the message is unreachable";
        return out;
    }
    out.why.rule = by_name   ? "exchange.send-connector.tie"
                   : by_cost ? "exchange.send-connector.cost"
                             : "exchange.send-connector.longest-match";
    if (by_name)
        rests_on(out.why, out.why.rule);
    out.why.answer = out.value->name;
    cite(out.why, of_connector("AddressSpaces", *out.value), to_string(*best.space),
         out.value->address_spaces.mark);
    return out;
}

} // namespace connlab::exchange
