#include "sim/cmdlet/tenant_views.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/date_texts.hpp"
#include "sim/cmdlet/edge_cmdlets.hpp"
#include "sim/exchange/directory_id.hpp"
#include "sim/exchange/parameters.hpp"

namespace connlab::cmdlet {

namespace {

const exchange::tenant* tenant_of(const shell& in) {
    for (const auto& t : in.organization.tenants)
        if (ascii_iequal(t.name, in.tenant))
            return &t;
    return nullptr;
}

template <class Connector>
view_object view_of(const exchange::tenant& t, const Connector& c,
                    const std::vector<exchange::parameter<Connector>>& table) {
    view_object out;
    for (const auto& p : table)
        out.emplace_back(p.name, p.show(c));
    const locale of_the_service;
    for (auto& own : view_object{{"AdminDisplayName", ""},
                                 {"Name", c.name},
                                 {"Identity", c.name},
                                 {"WhenChangedUTC", date_time(c.dates.changed, of_the_service)},
                                 {"WhenCreatedUTC", date_time(c.dates.created, of_the_service)},
                                 {"Guid", exchange::directory_id(t.name + "/" + c.name)},
                                 {"IsValid", "True"}})
        out.push_back(std::move(own));
    return out;
}

/// In the order that objects of the service have (Exchange Online sheet 1.2).
template <class Connector>
view connectors(const query& q, std::vector<Connector> exchange::tenant::*all,
                const std::vector<exchange::parameter<Connector>>& table, std::vector<std::string> columns) {
    view out{{}, std::move(columns)};
    const auto wanted = text_of(q.given, "Identity");
    if (const auto* t = tenant_of(q.in))
        for (const auto& c : t->*all)
            if (is_meant(wanted, c.name, c.name))
                out.objects.push_back(view_of(*t, c, table));
    return out;
}

} // namespace

view inbound_connectors(const query& q) {
    return connectors(q, &exchange::tenant::inbound_connectors, exchange::inbound_connector_parameters(),
                      {"Name", "SenderDomains", "SenderIPAddresses", "Enabled"});
}

view outbound_connectors(const query& q) {
    return connectors(q, &exchange::tenant::outbound_connectors, exchange::outbound_connector_parameters(),
                      {"Name", "RecipientDomains", "SmartHosts", "Enabled"});
}

view organization_config(const query& q) {
    view out;
    const auto* t = tenant_of(q.in);
    if (t == nullptr) {
        q.errors.add(q.text.where, "Get-OrganizationConfig is shown of a tenant alone: which one?",
                     "Run: {Tenant: NAME, Cmdlet: …}");
        return out;
    }
    view_object shown{{"Name", t->initial_domain()}};
    for (const auto& p : exchange::online_config_parameters())
        shown.emplace_back(p.name, p.show(t->config));
    out.objects.push_back(std::move(shown));
    return out;
}

const std::vector<exchange::accepted_domain>* accepted_domains_of_tenant(const shell& in) {
    const auto* t = tenant_of(in);
    return t == nullptr ? nullptr : &t->accepted_domains;
}

const std::vector<exchange::remote_domain>& remote_domains_of(const shell& in) {
    const auto* t = tenant_of(in);
    return t != nullptr ? t->remote_domains : remote_domains_shown(in);
}

} // namespace connlab::cmdlet
