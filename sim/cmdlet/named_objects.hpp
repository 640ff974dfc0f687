// The objects that Set- cmdlets change: how they are found by Identity, how a report calls them, and what is
// checked once they are changed. Internal.
#pragma once

#include "sim/cmdlet/object_work.hpp"

namespace connlab::cmdlet {

/// The object of the draft; null: said that there is none. Without identity: the only one.
template <class Object>
Object* find_object(const work& w, const std::optional<value>& identity);
template <>
exchange::send_connector* find_object(const work& w, const std::optional<value>& identity);
template <>
exchange::receive_connector* find_object(const work& w, const std::optional<value>& identity);
template <>
exchange::transport_config* find_object(const work& w, const std::optional<value>& identity);
template <>
exchange::hybrid_configuration* find_object(const work& w, const std::optional<value>& identity);
template <>
exchange::server* find_object(const work& w, const std::optional<value>& identity);
template <>
exchange::frontend_transport_service* find_object(const work& w, const std::optional<value>& identity);
template <>
exchange::mailbox_transport_service* find_object(const work& w, const std::optional<value>& identity);
template <>
exchange::accepted_domain* find_object(const work& w, const std::optional<value>& identity);
template <>
exchange::remote_domain* find_object(const work& w, const std::optional<value>& identity);

// In Exchange Online PowerShell.
template <>
exchange::inbound_connector* find_object(const work& w, const std::optional<value>& identity);
template <>
exchange::outbound_connector* find_object(const work& w, const std::optional<value>& identity);
template <>
exchange::online_config* find_object(const work& w, const std::optional<value>& identity);

/// The tenant of the shell; null: said that this is no shell of a tenant.
exchange::tenant* tenant_of(const work& w);

std::string name_of(const exchange::inbound_connector& c);
std::string name_of(const exchange::outbound_connector& c);
std::string name_of(const exchange::online_config& c);
bool name_is_taken(const exchange::organization& o, const exchange::inbound_connector& c,
                   std::string_view name);
bool name_is_taken(const exchange::organization& o, const exchange::outbound_connector& c,
                   std::string_view name);
void settle(const work& w, const exchange::inbound_connector& before, exchange::inbound_connector& c);
void settle(const work& w, const exchange::outbound_connector& before, exchange::outbound_connector& c);
void settle(const work& w, const exchange::online_config& before, exchange::online_config& c);

/// With a blank before it; empty when there is only one.
std::string name_of(const exchange::send_connector& c);
std::string name_of(const exchange::receive_connector& c);
std::string name_of(const exchange::transport_config& c);
std::string name_of(const exchange::hybrid_configuration& h);
std::string name_of(const exchange::server& s);
std::string name_of(const exchange::frontend_transport_service& s);
std::string name_of(const exchange::mailbox_transport_service& s);
std::string name_of(const exchange::accepted_domain& d);
std::string name_of(const exchange::remote_domain& d);

bool name_is_taken(const exchange::organization& o, const exchange::send_connector& c, std::string_view name);
bool name_is_taken(const exchange::organization& o, const exchange::receive_connector& c,
                   std::string_view name);
bool name_is_taken(const exchange::organization& o, const exchange::remote_domain& d, std::string_view name);

/// Rules between parameters, and what else changes with them.
void settle(const work& w, const exchange::send_connector& before, exchange::send_connector& c);
void settle(const work& w, const exchange::receive_connector& before, exchange::receive_connector& c);
void settle(const work& w, const exchange::transport_config& before, exchange::transport_config& c);
void settle(const work& w, const exchange::hybrid_configuration& before, exchange::hybrid_configuration& h);
void settle(const work& w, const exchange::server& before, exchange::server& s);
void settle(const work& w, const exchange::frontend_transport_service& before,
            exchange::frontend_transport_service& s);
void settle(const work& w, const exchange::mailbox_transport_service& before,
            exchange::mailbox_transport_service& s);
void settle(const work& w, const exchange::accepted_domain& before, exchange::accepted_domain& d);
void settle(const work& w, const exchange::remote_domain& before, exchange::remote_domain& d);

} // namespace connlab::cmdlet
