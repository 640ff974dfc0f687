// Connectors and TransportConfig: Exchange's own parameters, by the tables that the cmdlets use too.
#pragma once

#include "sim/exchange/parameters.hpp"
#include "sim/scenario/reading.hpp"
#include "sim/scenario/shape.hpp"

#include <string_view>

namespace connlab::scenario {

void read_parameters(const node& mapping, exchange::send_connector& into, reading& r);
void read_parameters(const node& mapping, exchange::receive_connector& into, reading& r);
void read_parameters(const node& mapping, exchange::transport_config& into, reading& r);
void read_parameters(const node& mapping, exchange::hybrid_configuration& into, reading& r);
void read_parameters(const node& mapping, exchange::accepted_domain& into, reading& r);

// Of a tenant of Exchange Online.
void read_parameters(const node& mapping, exchange::inbound_connector& into, reading& r);
void read_parameters(const node& mapping, exchange::outbound_connector& into, reading& r);
void read_parameters(const node& mapping, exchange::remote_domain& into, reading& r);
void read_parameters(const node& mapping, exchange::online_config& into, reading& r);

/// What the value of a parameter may look like, for the schema.
shape shape_of(exchange::value_kind kind, const std::vector<std::string>& words);

} // namespace connlab::scenario
