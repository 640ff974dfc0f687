#include "sim/exchange/parameters.hpp"

#include "sim/base/ascii.hpp"

#include <algorithm>

namespace connlab::exchange {

template <class Object>
const parameter<Object>* find_parameter(const std::vector<parameter<Object>>& table, std::string_view name) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const auto& p) { return ascii_iequal(p.name, name); });
    return found == table.end() ? nullptr : &*found;
}

template const parameter<send_connector>* find_parameter(const std::vector<parameter<send_connector>>&,
                                                         std::string_view);
template const parameter<receive_connector>* find_parameter(const std::vector<parameter<receive_connector>>&,
                                                            std::string_view);
template const parameter<transport_config>* find_parameter(const std::vector<parameter<transport_config>>&,
                                                           std::string_view);
template const parameter<server>* find_parameter(const std::vector<parameter<server>>&, std::string_view);
template const parameter<frontend_transport_service>*
find_parameter(const std::vector<parameter<frontend_transport_service>>&, std::string_view);
template const parameter<mailbox_transport_service>*
find_parameter(const std::vector<parameter<mailbox_transport_service>>&, std::string_view);
template const parameter<accepted_domain>* find_parameter(const std::vector<parameter<accepted_domain>>&,
                                                          std::string_view);
template const parameter<remote_domain>* find_parameter(const std::vector<parameter<remote_domain>>&,
                                                        std::string_view);
template const parameter<inbound_connector>* find_parameter(const std::vector<parameter<inbound_connector>>&,
                                                            std::string_view);
template const parameter<outbound_connector>*
find_parameter(const std::vector<parameter<outbound_connector>>&, std::string_view);
template const parameter<hybrid_configuration>*
find_parameter(const std::vector<parameter<hybrid_configuration>>&, std::string_view);
template const parameter<online_config>* find_parameter(const std::vector<parameter<online_config>>&,
                                                        std::string_view);

} // namespace connlab::exchange
