#include "sim/cmdlet/tenant_views.hpp"

#include "sim/base/ascii.hpp"
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
view connectors(const plain_arguments& given, const std::vector<Connector>& all,
                const std::vector<exchange::parameter<Connector>>& table, std::vector<std::string> columns) {
    view out{{}, std::move(columns)};
    const auto wanted = text_of(given, "Identity");
    for (const auto& c : all) {
        if (!is_meant(wanted, c.name, c.name))
            continue;
        view_object shown{{"Name", c.name}, {"Identity", c.name}};
        for (const auto& p : table)
            shown.emplace_back(p.name, p.show(c));
        out.objects.push_back(std::move(shown));
    }
    return out;
}

} // namespace

view inbound_connectors(const query& q) {
    const auto* t = tenant_of(q.in);
    return connectors(
        q.given, t != nullptr ? t->inbound_connectors : std::vector<exchange::inbound_connector>{},
        exchange::inbound_connector_parameters(), {"Name", "SenderDomains", "SenderIPAddresses", "Enabled"});
}

view outbound_connectors(const query& q) {
    const auto* t = tenant_of(q.in);
    return connectors(
        q.given, t != nullptr ? t->outbound_connectors : std::vector<exchange::outbound_connector>{},
        exchange::outbound_connector_parameters(), {"Name", "RecipientDomains", "SmartHosts", "Enabled"});
}

const std::vector<exchange::remote_domain>& remote_domains_of(const shell& in) {
    const auto* t = tenant_of(in);
    return t != nullptr ? t->remote_domains : in.organization.remote_domains;
}

} // namespace connlab::cmdlet
