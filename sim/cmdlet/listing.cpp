#include "sim/cmdlet/listing.hpp"

#include "sim/base/domain_name.hpp"
#include "sim/cmdlet/edge_cmdlets.hpp"
#include "sim/cmdlet/tenant_views.hpp"
#include "sim/exchange/directory_id.hpp"
#include "sim/exchange/parameter_values.hpp"

#include <tuple>

namespace connlab::cmdlet {

namespace {

using exchange::server;

template <class Object>
view_object properties_of(const Object& o, const std::vector<exchange::parameter<Object>>& table,
                          view_object first) {
    for (const auto& p : table)
        first.emplace_back(p.name, p.show(o));
    return first;
}

view_object view_of(const exchange::organization& o, exchange::send_connector c) {
    c.source_transport_servers = source_servers(o, c);
    auto out = properties_of(
        c, exchange::send_connector_parameters(),
        {{"Identity", c.name}, {"Name", c.name}, {"Guid", exchange::directory_id(o.name + "/" + c.name)}});
    out.emplace_back("SmartHostsString", join(*c.smart_hosts, ","));
    return out;
}

view_object view_of(const exchange::receive_connector& c) {
    return properties_of(c, exchange::receive_connector_parameters(),
                         {{"Identity", c.identity()}, {"Server", c.server}, {"Name", c.name}});
}

view_object view_of(const exchange::transport_config& c) {
    return properties_of(c, exchange::transport_config_parameters(), {});
}

view_object view_of(const server& s) {
    return properties_of(s, exchange::transport_service_parameters(),
                         {{"Name", s.name}, {"Identity", s.name}});
}

view_object view_of_frontend(const server& s) {
    return properties_of(s.frontend, exchange::frontend_transport_service_parameters(),
                         {{"Name", s.name}, {"Identity", s.name}});
}

view_object view_of_mailbox_transport(const server& s) {
    return properties_of(s.mailbox_transport, exchange::mailbox_transport_service_parameters(),
                         {{"Name", s.name}, {"Identity", s.name}});
}

view_object view_of(const exchange::accepted_domain& d) {
    auto out = properties_of(d, exchange::accepted_domain_parameters(), {});
    for (auto& [name, text] : out)
        if (name == "MakeDefault") // what Set- calls so
            std::tie(name, text) = std::pair("Default", exchange::show_boolean(*d.is_default));
    out.insert(out.begin() + 1, {"DomainName", d.domain});
    return out;
}

view_object view_of(const exchange::remote_domain& d) {
    return properties_of(d, exchange::remote_domain_parameters(),
                         {{"Name", d.name}, {"DomainName", *d.domain_name}});
}

} // namespace

const std::vector<plain_parameter> no_parameters;
const std::vector<plain_parameter> identity_parameter{{"Identity", false, true}};
const std::vector<plain_parameter> identity_and_server{{"Identity", false, true}, {"Server"}};

std::vector<std::string> source_servers(const exchange::organization& o, const exchange::send_connector& c) {
    auto sources = *c.source_transport_servers;
    for (const auto& s : o.servers)
        if (c.source_transport_servers->empty() && s.role == exchange::server_role::mailbox &&
            s.is_exchange())
            sources.push_back(s.name);
    return sources;
}

void query::fail_at(std::string_view name, std::string message, std::string hint) const {
    const auto argument = given.find(name);
    errors.add(argument == given.end() ? text.where : argument->second.where, std::move(message),
               std::move(hint));
}

bool is_meant(const std::string& wanted, const std::string& identity, const std::string& name) {
    return wanted.empty() || matches_pattern(identity, wanted) || matches_pattern(name, wanted);
}

std::vector<const server*> servers_asked(const query& q) {
    const auto wanted = text_of(q.given, "Server");
    std::vector<const server*> out;
    std::vector<std::string> known;
    for (const auto& s : q.in.organization.servers) {
        if (!s.is_exchange() || !is_in_reach(q.in, s))
            continue;
        known.push_back(s.name);
        if (wanted.empty() || ascii_iequal(wanted, s.name) || same_domain(wanted, *s.fqdn))
            out.push_back(&s);
    }
    if (out.empty() && !wanted.empty())
        q.fail_at("Server", fmt::format(server_not_found, wanted), did_you_mean(wanted, known));
    return out;
}

view send_connectors(const query& q) {
    view out{{}, {"Identity", "AddressSpaces", "Enabled"}};
    for (const auto& c : send_connectors_shown(q.in))
        if (is_meant(text_of(q.given, "Identity"), c.name, c.name))
            out.objects.push_back(view_of(q.in.organization, c));
    return out;
}

view receive_connectors(const query& q) {
    view out{{}, {"Identity", "Bindings", "Enabled"}};
    for (const auto* s : servers_asked(q))
        for (const auto& c : s->receive_connectors)
            if (is_meant(text_of(q.given, "Identity"), c.identity(), c.name))
                out.objects.push_back(view_of(c));
    return out;
}

view transport_config(const query& q) {
    return {{view_of(transport_config_shown(q.in))},
            {"TLSSendDomainSecureList", "TLSReceiveDomainSecureList"}};
}

view hybrid_configuration(const query& q) {
    view out{{}, {"Domains", "TlsCertificateName", "OnPremisesSmartHost"}};
    const auto& h = q.in.organization.hybrid;
    if (h.exists() && edge_console(q.in) == nullptr)
        out.objects.push_back(properties_of(h, exchange::hybrid_configuration_parameters(), {}));
    return out;
}

view transport_services(const query& q) {
    view out{{}, {"Name", "MessageExpirationTimeout", "IntraOrgConnectorProtocolLoggingLevel"}};
    for (const auto& s : q.in.organization.servers)
        if (s.is_exchange() && is_in_reach(q.in, s) &&
            is_meant(text_of(q.given, "Identity"), s.name, *s.fqdn))
            out.objects.push_back(view_of(s));
    return out;
}

/// A service that Mailbox servers have.
static view mailbox_server_services(const query& q, std::vector<std::string> columns,
                                    view_object (*seen)(const server&)) {
    view out{{}, std::move(columns)};
    for (const auto& s : q.in.organization.servers)
        if (s.role == exchange::server_role::mailbox && is_in_reach(q.in, s) &&
            is_meant(text_of(q.given, "Identity"), s.name, *s.fqdn))
            out.objects.push_back(seen(s));
    return out;
}

view frontend_transport_services(const query& q) {
    return mailbox_server_services(
        q, {"Name", "IntraOrgConnectorProtocolLoggingLevel", "MaxConnectionRatePerMinute"}, view_of_frontend);
}

view mailbox_transport_services(const query& q) {
    return mailbox_server_services(q, {"Name", "MailboxDeliveryConnectorProtocolLoggingLevel"},
                                   view_of_mailbox_transport);
}

view accepted_domains(const query& q) {
    view out{{}, {"Name", "DomainName", "DomainType", "Default"}};
    for (const auto& d : accepted_domains_shown(q.in))
        if (is_meant(text_of(q.given, "Identity"), d.domain, *d.name))
            out.objects.push_back(view_of(d));
    return out;
}

view remote_domains(const query& q) {
    view out{{}, {"Name", "DomainName", "AllowedOOFType"}};
    for (const auto& d : remote_domains_of(q.in))
        if (is_meant(text_of(q.given, "Identity"), d.name, *d.domain_name))
            out.objects.push_back(view_of(d));
    return out;
}

} // namespace connlab::cmdlet
