#include "sim/scenario/organization_keys.hpp"

#include "sim/base/domain_name.hpp"
#include "sim/scenario/parameter_keys.hpp"
#include "sim/scenario/server_keys.hpp"

#include <fmt/format.h>

namespace connlab::scenario {

namespace {

void read_servers(organization_draft& o, const node& n, reading& r) {
    refuse_same_names(n, "server", r);
    for (const auto& m : n.members)
        read_server(m, o.organization, r);
}

void read_domains(organization_draft& o, const node& n, reading& r) {
    for (const auto* entry : entries(n))
        if (!is_domain_name(entry->text))
            r.error(*entry, fmt::format("`AcceptedDomains`: `{}` is no domain name", entry->text));
    o.organization.accepted_domains = {texts(n), n.mark()};
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

void read_transport_config(organization_draft& o, const node& n, reading& r) {
    read_parameters(n, o.organization.transport, r);
}

} // namespace

const key_table<organization_draft>& organization_keys() {
    using organization_key = key<organization_draft>;
    static const key_table<organization_draft> table{
        organization_key("AcceptedDomains", one_or_list(text()), "mail domains it takes mail for",
                         read_domains),
        organization_key("Servers", named(object("Server")), "by NetBIOS name", read_servers),
        organization_key("SendConnectors", named(object("SendConnector")), "by name", read_send_connectors),
        organization_key("TransportConfig", object("TransportConfig"), "parameters of Set-TransportConfig",
                         read_transport_config),
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
        r.world.organizations.push_back(std::move(o.organization));
    }
}

} // namespace connlab::scenario
