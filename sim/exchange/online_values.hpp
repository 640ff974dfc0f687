// The types of parameters that only Exchange Online's connectors have. Internal.
#pragma once

#include "sim/exchange/parameter_fields.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

/// `*`, `contoso.com`, `*.contoso.com`; also as Get- prints it, `smtp:*;1`. Comes back bare.
parsed<std::string> read_domain_pattern(std::string_view text);
/// One IPv4 address, or an IPv4 network /24 to /32.
parsed<ip_range> read_sender_address(std::string_view text);
/// Host name, IP address or network.
parsed<std::string> read_online_smart_host(std::string_view text);

template <class Connector>
parameter<Connector> online_type_row() {
    using type = online_connector_type;
    return parameter_rows<Connector>::template word<type>(
        "ConnectorType", &Connector::type,
        "Partner: another organization; OnPremises: servers of the tenant's own organization",
        {"Partner", "OnPremises"}, {type::partner, type::on_premises});
}

template <class Connector>
parameter<Connector> online_source_row() {
    return parameter_rows<Connector>::template word<connector_source>(
        "ConnectorSource", &Connector::source, "Who made the connector; decides nothing",
        {"Default", "HybridWizard", "Migrated", "AdminUI"},
        {connector_source::made_by_default, connector_source::hybrid_wizard, connector_source::migrated,
         connector_source::admin_ui});
}

template <class Object>
std::vector<parameter<Object>> joined_rows(std::initializer_list<std::vector<parameter<Object>>> parts) {
    std::vector<parameter<Object>> all;
    for (const auto& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

template <class Object>
std::vector<parameter<Object>> rows_without(std::vector<parameter<Object>> all,
                                            std::initializer_list<std::string_view> names) {
    std::erase_if(all, [&](const parameter<Object>& p) {
        return std::find(names.begin(), names.end(), p.name) != names.end();
    });
    return all;
}

} // namespace connlab::exchange
