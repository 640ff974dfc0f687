// Real parameters of the transport services and of TransportConfig that change nothing here: checked, kept
// and shown, and whoever sets one is told. Internal.
#pragma once

#include "sim/exchange/parameter_fields.hpp"

#include <string>
#include <vector>

namespace connlab::exchange {

struct inert_parameter {
    std::string name;
    value_kind kind = value_kind::text;
    std::string by_default; // as Get-… prints it
    std::string about;
    std::vector<std::string> words = {};
};
using inert_parameters = std::vector<inert_parameter>;

template <class Object>
void add_inert(std::vector<parameter<Object>>& to, const inert_parameters& table) {
    for (const auto& p : table)
        to.push_back(parameter_rows<Object>::kept(p.name, p.kind, p.by_default, p.about, p.words));
}

// Names and defaults: the cmdlets' references.
inert_parameters inert_of_transport_config();
inert_parameters inert_of_transport_service();
inert_parameters inert_of_frontend_transport_service();
inert_parameters inert_of_mailbox_transport_service();

} // namespace connlab::exchange
