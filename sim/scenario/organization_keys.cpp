#include "sim/scenario/organization_keys.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/scenario/certificate_file_keys.hpp"
#include "sim/scenario/parameter_keys.hpp"
#include "sim/scenario/remote_domain_keys.hpp"
#include "sim/scenario/server_keys.hpp"
#include "sim/scenario/tenant_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace connlab::scenario {

namespace {

void read_servers(organization_draft& o, const node& n, reading& r) {
    refuse_same_names(n, "server", r);
    for (const auto& m : n.members)
        read_server(m, o.organization, r);
}

/// A mailbox is in one place, and its address in an accepted domain.
void check_mailboxes(const exchange::organization& o, reading& r) {
    std::map<std::string, const exchange::server*, ascii_iless> homes;
    for (const auto& s : o.servers)
        for (const auto& address : *s.mailboxes) {
            const auto [first, fresh] = homes.emplace(address, &s);
            if (!fresh)
                r.error(s.mailboxes.mark,
                        fmt::format("`Mailboxes`: {} is on {} already", address, first->second->name));
            else if (!o.accepts(mail_domain(address)))
                r.error(s.mailboxes.mark,
                        fmt::format("`Mailboxes`: {} is in no accepted domain of {}", address, o.name));
        }
}

/// A subscription leads to Mailbox servers of a site.
void check_subscriptions(const exchange::organization& o, reading& r) {
    for (const auto& s : o.servers) {
        if (s.edge_subscription->empty())
            continue;
        std::vector<std::string> sites;
        for (const auto& other : o.servers)
            if (other.role == exchange::server_role::mailbox)
                sites.push_back(*other.site);
        const bool known = std::any_of(sites.begin(), sites.end(), [&](const auto& site) {
            return ascii_iequal(site, *s.edge_subscription);
        });
        if (s.role != exchange::server_role::edge)
            r.error(s.edge_subscription.mark, "`EdgeSubscription` is for a server of Role Edge");
        else if (!known)
            r.error(s.edge_subscription.mark,
                    fmt::format("`EdgeSubscription`: no Mailbox server of {} is in the site `{}`", o.name,
                                *s.edge_subscription));
    }
}

/// One domain is the default: the one that says so, else the first.
void settle_default(exchange::organization& o, reading& r) {
    const exchange::accepted_domain* by_default = nullptr;
    for (const auto& d : o.domain_settings) {
        if (*d.is_default && by_default != nullptr)
            r.error(d.is_default.mark,
                    fmt::format("`MakeDefault`: the default domain is {} already, and there "
                                "is one in an organization",
                                by_default->domain));
        by_default = *d.is_default ? &d : by_default;
    }
    if (by_default == nullptr && !o.domain_settings.empty())
        o.domain_settings.front().is_default = true;
}

/// Names alone, or names with the parameters of Set-AcceptedDomain.
void read_domains(organization_draft& o, const node& n, reading& r) {
    std::vector<std::string> names;
    const auto add = [&](const node& name) {
        if (!is_domain_name(name.text))
            r.error(name, fmt::format("`AcceptedDomains`: `{}` is no domain name", name.text));
        names.push_back(name.text);
    };
    if (n.kind == node_kind::mapping) {
        refuse_same_names(n, "accepted domain", r);
        for (const auto& m : n.members) {
            add(m.key);
            exchange::accepted_domain d;
            d.domain = m.key.text;
            read_parameters(m.value, d, r);
            o.organization.domain_settings.push_back(std::move(d));
        }
        settle_default(o.organization, r);
    } else {
        for (const auto* entry : entries(n))
            add(*entry);
    }
    o.organization.accepted_domains = {std::move(names), n.mark()};
}

void read_send_connectors(organization_draft& o, const node& n, reading& r) {
    refuse_same_names(n, "Send connector", r);
    for (const auto& m : n.members) {
        exchange::send_connector c;
        c.name = m.key.text;
        c.mark = m.key.mark();
        read_parameters(m.value, c, r);
        if (const auto* spaces = m.value.find("AddressSpaces"); spaces == nullptr || spaces->is_null())
            report_missing_key(c.mark, "AddressSpaces", "a Send connector", r);
        if (const auto* sources = m.value.find("SourceTransportServers");
            sources != nullptr && !sources->is_null())
            for (const auto* entry : entries(*sources))
                r.mention_name(mentioned::server, *entry, "`SourceTransportServers`", o.organization.name);
        o.organization.send_connectors.push_back(std::move(c));
    }
}

void read_remote_domains_of(organization_draft& o, const node& n, reading& r) {
    read_remote_domains(o.organization.remote_domains, n, r);
}

void read_remote_mailboxes(organization_draft& o, const node& n, reading& r) {
    refuse_same_names(n, "remote mailbox", r);
    for (const auto& m : n.members) {
        if (m.value.is_null())
            continue;
        for (const auto* address : {&m.key, &m.value})
            if (mail_domain(address->text).empty())
                r.error(*address, fmt::format("`RemoteMailboxes`: `{}` is no address", address->text));
        o.organization.remote_mailboxes[m.key.text] = {m.value.text, m.value.mark()};
    }
}

void read_hybrid_configuration(organization_draft& o, const node& n, reading& r) {
    o.organization.hybrid.mark = n.mark();
    read_parameters(n, o.organization.hybrid, r);
}

void read_transport_config(organization_draft& o, const node& n, reading& r) {
    read_parameters(n, o.organization.transport, r);
}

} // namespace

const key_table<organization_draft>& organization_keys() {
    using organization_key = key<organization_draft>;
    static const key_table<organization_draft> table{
        organization_key(
            "AcceptedDomains", either({text(), list_of(text()), named(object("AcceptedDomain"))}),
            "mail domains it takes mail for, with parameters of Set-AcceptedDomain if need be", read_domains),
        organization_key("Servers", named(object("Server")), "by NetBIOS name", read_servers),
        organization_key("SendConnectors", named(object("SendConnector")), "by name", read_send_connectors),
        organization_key("TransportConfig", object("TransportConfig"), "parameters of Set-TransportConfig",
                         read_transport_config),
        organization_key("RemoteMailboxes", named(text()),
                         "address → RemoteRoutingAddress, of users whose mailbox is in Exchange Online",
                         read_remote_mailboxes),
        organization_key("RemoteDomains", named(object("RemoteDomain")), "by name; Default is always there",
                         read_remote_domains_of),
        organization_key("HybridConfiguration", object("HybridConfiguration"),
                         "what the Hybrid Configuration Wizard was answered; it has run once",
                         read_hybrid_configuration),
        organization_key("CertificateFiles", named(object("CertificateFile")),
                         "files by name that Import-ExchangeCertificate can import",
                         [](organization_draft& o, const node& n, reading& r) {
                             read_certificate_files(n, o.organization, r);
                         }),
        organization_key(
            "Tenants", named(object("Tenant")),
            "tenants of Exchange Online by name; the organization has a server of Role "
            "ExchangeOnline",
            [](organization_draft& o, const node& n, reading& r) { read_tenants(n, o.organization, r); }),
    };
    return table;
}

void read_organizations(const node& mapping, reading& r) {
    refuse_same_names(mapping, "organization", r);
    for (const auto& m : mapping.members) {
        organization_draft o;
        o.organization.name = m.key.text;
        o.organization.mark = m.key.mark();
        read_keys(m.value, "an organization", m.key.mark(), organization_keys(), o, r);
        check_mailboxes(o.organization, r);
        check_subscriptions(o.organization, r);
        check_tenants(o.organization, r);
        r.world.organizations.push_back(std::move(o.organization));
    }
}

} // namespace connlab::scenario
