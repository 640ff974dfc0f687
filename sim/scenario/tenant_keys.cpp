#include "sim/scenario/tenant_keys.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/scenario/parameter_keys.hpp"
#include "sim/scenario/remote_domain_keys.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::scenario {

namespace {

void add_domain(tenant_draft& d, const node& name, const node* settings, reading& r) {
    if (!is_domain_name(name.text)) {
        r.error(name, fmt::format("`AcceptedDomains`: `{}` is no domain name", name.text));
        return;
    }
    exchange::accepted_domain domain;
    domain.domain = name.text;
    domain.name.mark = name.mark();
    if (settings != nullptr)
        read_parameters(*settings, domain, r);
    d.tenant.accepted_domains.push_back(std::move(domain));
}

void read_domains(tenant_draft& d, const node& n, reading& r) {
    if (n.kind != node_kind::mapping) {
        for (const auto* entry : entries(n))
            add_domain(d, *entry, nullptr, r);
        return;
    }
    refuse_same_names(n, "accepted domain", r);
    for (const auto& m : n.members)
        add_domain(d, m.key, m.value.is_null() ? nullptr : &m.value, r);
}

template <class Connector>
void read_connectors(const node& n, std::string_view of_what, std::vector<Connector>& into, reading& r) {
    refuse_same_names(n, of_what, r);
    for (const auto& m : n.members) {
        if (m.value.is_null())
            continue;
        Connector c;
        c.name = m.key.text;
        c.mark = m.key.mark();
        read_parameters(m.value, c, r);
        if (const auto* type = m.value.find("ConnectorType"); type == nullptr || type->is_null())
            report_missing_key(c.mark, "ConnectorType", "an " + std::string(of_what), r);
        into.push_back(std::move(c));
    }
}

void read_remote_domains_of(tenant_draft& d, const node& n, reading& r) {
    read_remote_domains(d.tenant.remote_domains, n, r);
}

void read_recipients(located<std::vector<std::string>>& into, const node& n, std::string_view key,
                     reading& r) {
    for (const auto* entry : entries(n))
        if (mail_domain(entry->text).empty())
            r.error(*entry, fmt::format("`{}`: `{}` is no address", key, entry->text));
    into = {texts(n), n.mark()};
}

bool is_build(const std::string& text) {
    const auto parts = split(text, '.');
    return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
               return !part.empty() && part.size() < 6 &&
                      part.find_first_not_of("0123456789") == std::string_view::npos;
           });
}

/// One line that begins with 4xx or 5xx.
bool is_refusal(const std::string& text) {
    return text.size() > 4 && (text[0] == '4' || text[0] == '5') && text[3] == ' ' &&
           text.substr(1, 2).find_first_not_of("0123456789") == std::string::npos &&
           std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 127; });
}

void read_replies(tenant_draft& d, const node& n, reading& r) {
    for (const auto& m : n.members) {
        if (m.value.is_null())
            continue;
        const auto& text = m.value.text;
        if (!is_refusal(text))
            r.error(m.value, fmt::format("`Replies`: `{}` is no refusal like 550 5.7.606 …", text));
        d.tenant.replies[ascii_lower(m.key.text)] = {text, m.value.mark()};
    }
}

} // namespace

const key_table<exchange::outdated_servers>& outdated_servers_keys() {
    using outdated_key = key<exchange::outdated_servers>;
    static const key_table<exchange::outdated_servers> table{
        outdated_key(
            "Build", text(), "servers of a lower build are out of date: 15.1.2507.0",
            [](exchange::outdated_servers& o, const node& n, reading& r) {
                if (!is_build(n.text))
                    r.error(n, fmt::format("`Build`: `{}` is no build like 15.1.2507.0", n.text));
                o.build = {n.text, n.mark()};
            },
            true),
        outdated_key(
            "Since", point_in_time(), "when the tenant was told; enforcement begins thirty days later",
            [](exchange::outdated_servers& o, const node& n, reading&) {
                o.since = {*parse_instant(n.text), n.mark()};
            },
            true),
    };
    return table;
}

const key_table<tenant_draft>& tenant_keys() {
    using tenant_key = key<tenant_draft>;
    static const key_table<tenant_draft> table{
        tenant_key("AcceptedDomains", either({text(), list_of(text()), named(object("TenantDomain"))}),
                   "its domains, with DomainType and MatchSubDomains where they are not the defaults",
                   read_domains, true),
        tenant_key("Region", word({"EUR", "NAM", "APC"}),
                   "where the tenant lives; the front ends are those of EUR, which is the default",
                   [](tenant_draft& d, const node& n, reading&) {
                       d.tenant.region = {n.text, n.mark()};
                   }),
        tenant_key("Recipients", one_or_list(text()), "addresses whose mailbox is in the tenant",
                   [](tenant_draft& d, const node& n, reading& r) {
                       read_recipients(d.tenant.recipients, n, "Recipients", r);
                   }),
        tenant_key("RequireSenderAuthenticationEnabled", one_or_list(text()),
                   "those of them that take mail of authenticated senders only",
                   [](tenant_draft& d, const node& n, reading& r) {
                       read_recipients(d.tenant.authenticated_senders_only, n,
                                       "RequireSenderAuthenticationEnabled", r);
                   }),
        tenant_key("InboundConnectors", named(object("InboundConnector")), "by name",
                   [](tenant_draft& d, const node& n, reading& r) {
                       read_connectors(n, "inbound connector", d.tenant.inbound_connectors, r);
                   }),
        tenant_key("OutboundConnectors", named(object("OutboundConnector")), "by name",
                   [](tenant_draft& d, const node& n, reading& r) {
                       read_connectors(n, "outbound connector", d.tenant.outbound_connectors, r);
                   }),
        tenant_key("RemoteDomains", named(object("RemoteDomain")), "by name; Default is always there",
                   read_remote_domains_of),
        tenant_key("OutdatedServers", object("OutdatedServers"),
                   "the own servers that Exchange Online throttles and blocks for their age",
                   [](tenant_draft& d, const node& n, reading& r) {
                       read_keys(n, "OutdatedServers", n.mark(), outdated_servers_keys(), d.tenant.outdated,
                                 r);
                   }),
        tenant_key("Replies", named(text()),
                   "the scenario's word on reputation, DMARC and blocks: the refusal by connecting address "
                   "or by domain of MAIL FROM, without the groups in brackets",
                   read_replies),
        tenant_key(
            "OrganizationConfig", object("OrganizationConfig"), "parameters of Set-OrganizationConfig",
            [](tenant_draft& d, const node& n, reading& r) { read_parameters(n, d.tenant.config, r); }),
    };
    return table;
}

void read_tenants(const node& mapping, exchange::organization& into, reading& r) {
    refuse_same_names(mapping, "tenant", r);
    for (const auto& m : mapping.members) {
        tenant_draft d;
        d.tenant.name = m.key.text;
        d.tenant.mark = m.key.mark();
        read_keys(m.value, "a tenant", m.key.mark(), tenant_keys(), d, r);
        into.tenants.push_back(std::move(d.tenant));
    }
}

void check_tenants(const exchange::organization& o, reading& r) {
    const bool serves = std::any_of(o.servers.begin(), o.servers.end(), [](const exchange::server& s) {
        return s.role == exchange::server_role::exchange_online;
    });
    if (!o.tenants.empty() && !serves)
        r.error(
            o.tenants.front().mark,
            fmt::format("`Tenants`: {} has no server of Role ExchangeOnline that could host them", o.name));
}

} // namespace connlab::scenario
