#include "sim/lab/routing.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::lab {

namespace {

using scenario::dns_record;
using scenario::dns_type;

constexpr int max_aliases = 8;

std::vector<const dns_record*> records(const world& w, std::string_view name, dns_type type) {
    std::vector<const dns_record*> found;
    for (const auto& r : w.plan.dns)
        if (r.type == type && same_domain(r.name, name))
            found.push_back(&r);
    return found;
}

} // namespace

bool is_nxdomain(const world& w, std::string_view name) {
    return !records(w, name, dns_type::nxdomain).empty();
}

std::vector<ip_address> addresses_of(const world& w, std::string host) {
    for (int alias = 0; alias < max_aliases; ++alias) {
        const auto aliases = records(w, host, dns_type::cname);
        if (aliases.empty())
            break;
        host = aliases.front()->target;
    }
    std::vector<ip_address> found;
    if (is_nxdomain(w, host))
        return found;
    for (const auto type : {dns_type::a, dns_type::aaaa})
        for (const auto* r : records(w, host, type))
            if (const auto a = parse_ip_address(r->target))
                found.push_back(*a);
    if (found.empty())
        for (const auto& o : w.organizations)
            for (const auto& s : o.servers)
                if (same_domain(*s.fqdn, host))
                    found.insert(found.end(), s.addresses->begin(), s.addresses->end());
    return found;
}

namespace {

struct exchanger {
    int preference = 0;
    std::string host;
    source_mark mark;
    std::string why;
};

/// The server of an organization that the Internet reaches: an Edge, else the first one.
const exchange::server* outward_server(const exchange::organization& o) {
    for (const auto& s : o.servers)
        if (s.role == exchange::server_role::edge)
            return &s;
    return o.servers.empty() ? nullptr : &o.servers.front();
}

std::vector<exchanger> exchangers_of(const world& w, std::string_view domain) {
    std::vector<exchanger> found;
    for (const auto* r : records(w, domain, dns_type::mx))
        found.push_back(
            {r->preference, r->target, r->mark, fmt::format("MX record, preference {}", r->preference)});
    std::stable_sort(found.begin(), found.end(),
                     [](const exchanger& a, const exchanger& b) { return a.preference < b.preference; });
    if (!found.empty())
        return found;
    if (const auto* o = w.organization_accepting(domain)) {
        if (const auto* s = outward_server(*o))
            found.push_back(
                {10, *s->fqdn, s->mark, "no MX record is listed; the server that accepts the domain"});
    } else if (!addresses_of(w, std::string(domain)).empty()) {
        found.push_back(
            {0, std::string(domain), {}, "no MX record; the domain's own address (RFC 5321 5.1)"});
    }
    return found;
}

void append_hops(const world& w, const exchanger& e, std::uint16_t port, next_hops& out,
                 trace::decision& why) {
    const auto addresses = addresses_of(w, e.host);
    for (const auto& a : addresses)
        out.hops.push_back({e.host, {a, port}, e.preference});
    why.considered.push_back({e.host, !addresses.empty(), addresses.empty() ? "has no address" : e.why});
    why.because.push_back({"next hop", e.host, e.mark});
}

std::string answer_of(const next_hops& out) {
    if (out.hops.empty())
        return out.failure == lookup_failure::no_such_domain ? "the domain does not exist" : "no address";
    std::vector<std::string> names;
    for (const auto& h : out.hops)
        names.push_back(fmt::format("{} [{}]", h.host, to_string(h.where.address)));
    return join(names, ", then ");
}

} // namespace

trace::decided<next_hops> resolve_mx(const world& w, std::string_view domain) {
    trace::decided<next_hops> out;
    out.why.rule = "lab.routing.mx";
    out.why.question = fmt::format("Which hosts take mail for {}?", domain);
    const auto exchangers = is_nxdomain(w, domain) ? std::vector<exchanger>{} : exchangers_of(w, domain);
    for (const auto& e : exchangers)
        append_hops(w, e, smtp_port, out.value, out.why);
    if (exchangers.empty()) {
        const auto denied = records(w, domain, dns_type::nxdomain);
        out.why.because.push_back(
            {"DNS of " + std::string(domain),
             denied.empty() ? "no record, and no organization accepts the domain" : "NXDOMAIN",
             denied.empty() ? source_mark{} : denied.front()->mark});
        out.value.failure = lookup_failure::no_such_domain;
    } else if (out.value.hops.empty()) {
        out.value.failure = lookup_failure::no_address;
    }
    out.why.answer = answer_of(out.value);
    return out;
}

trace::decided<next_hops> resolve_smart_hosts(const world& w, const std::vector<std::string>& hosts,
                                              std::uint16_t port, const source_mark& mark) {
    trace::decided<next_hops> out;
    out.why.rule = "lab.routing.smart-host";
    out.why.question = "Which hosts are the connector's smart hosts?";
    for (const auto& host : hosts) {
        const auto literal = host.size() > 2 && host.front() == '[' && host.back() == ']'
                                 ? parse_ip_address(std::string_view(host).substr(1, host.size() - 2))
                                 : parse_ip_address(host);
        if (literal) {
            out.value.hops.push_back({host, {*literal, port}, 0});
            out.why.considered.push_back({host, true, "IP address"});
            out.why.because.push_back({"SmartHosts", host, mark});
            continue;
        }
        if (records(w, host, dns_type::mx).empty()) {
            append_hops(w, {0, host, mark, "smart host by name"}, port, out.value, out.why);
            continue;
        }
        for (const auto& e : exchangers_of(w, host))
            append_hops(w, e, port, out.value, out.why);
    }
    if (out.value.hops.empty())
        out.value.failure = lookup_failure::no_address;
    out.why.answer = answer_of(out.value);
    return out;
}

const std::vector<trace::rule>& routing_rules() {
    static const std::vector<trace::rule> table = {
        {"lab.routing.mx",
         "MX hosts are tried in order of preference, each with all its addresses; hosts of equal preference "
         "in the order of the scenario. Without MX records the domain's own address is used.",
         "RFC 5321 section 5.1", trace::confidence::documented,
         "Correct the MX and address records of the domain, or route it through a smart host."},
        {"lab.routing.smart-host",
         "Smart hosts may be MX names, host names or IP addresses; they are tried in order.",
         "Set-SendConnector: SmartHosts", trace::confidence::documented,
         "Correct the smart host's name or address on the connector, or its DNS records."},
        {"lab.routing.failover",
         "After a connection, a handshake or a verdict that fails, the next address is tried before the "
         "queue goes to Retry; a permanent reply of the peer ends the attempt at once.",
         "Queues (LastError wrapper: Attempted failover to alternate host); extent assumed",
         trace::confidence::assumed},
        {"lab.routing.no-connector",
         "Without a Send connector whose address space matches, the message is unreachable.",
         "Send connectors: address spaces", trace::confidence::documented,
         "Create or enable a Send connector whose AddressSpaces cover the domain and whose "
         "SourceTransportServers name this server."},
        {"lab.network.silence",
         "A peer that never answers is given up after ConnectionInactivityTimeOut of virtual time.",
         "Set-SendConnector: ConnectionInactivityTimeOut; for the connection phase assumed",
         trace::confidence::assumed},
    };
    return table;
}

} // namespace connlab::lab
