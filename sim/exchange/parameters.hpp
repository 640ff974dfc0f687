// The parameters of connectors and TransportConfig as a table: one place that the scenario loader, the
// cmdlets, the JSON Schema and the views all read, so that no name, type or default is written twice.
#pragma once

#include "sim/base/parsed.hpp"
#include "sim/exchange/model.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

enum class value_kind { boolean, text, number, word, words, list, time_span, size };

/// A value as it was written, not yet of the parameter's type.
struct written_value {
    bool is_null = false; // $null, YAML null
    bool is_list = false; // written as a list (a single scalar is a list of one for list parameters)
    std::vector<std::string> items;
};

/// Whether a value was taken.
struct taken {
    std::string error; // what is wrong with the value, one sentence; empty: nothing
    std::string rule;  // the rule that it breaks; empty: it is no value of the parameter's type

    explicit operator bool() const { return error.empty(); }
};

template <class Object>
struct parameter {
    std::string name; // RequireTLS
    value_kind kind = value_kind::text;
    std::vector<std::string> words; // for word and words: the allowed ones, in Exchange's spelling
    bool nullable = false;
    bool has_effect = true; // false: accepted, stored, shown, without effect here
    std::string about;      // one line for the schema and for help
    std::function<taken(Object&, const written_value&, const source_mark&)> set;
    /// As Get-… prints it (booleans True/False, empty list {}).
    std::function<std::string(const Object&)> show;
    /// Where the value was set; unknown: a default.
    std::function<source_mark(const Object&)> mark;
    /// Of a list parameter: its values as texts that `set` takes.
    std::function<std::vector<std::string>(const Object&)> items;
};

const std::vector<parameter<send_connector>>& send_connector_parameters();
const std::vector<parameter<receive_connector>>& receive_connector_parameters();
const std::vector<parameter<transport_config>>& transport_config_parameters();
const std::vector<parameter<server>>& transport_service_parameters();
const std::vector<parameter<frontend_transport_service>>& frontend_transport_service_parameters();
const std::vector<parameter<mailbox_transport_service>>& mailbox_transport_service_parameters();
const std::vector<parameter<accepted_domain>>& accepted_domain_parameters();
const std::vector<parameter<remote_domain>>& remote_domain_parameters();
const std::vector<parameter<hybrid_configuration>>& hybrid_configuration_parameters();

// Of a tenant of Exchange Online.
const std::vector<parameter<inbound_connector>>& inbound_connector_parameters();
const std::vector<parameter<outbound_connector>>& outbound_connector_parameters();
const std::vector<parameter<online_config>>& online_config_parameters();
// What a cmdlet takes of them: New-InboundConnector takes all, and each of the others lacks what the sheet
// has for its counterpart alone.
const std::vector<parameter<inbound_connector>>& set_inbound_connector_parameters();
const std::vector<parameter<outbound_connector>>& new_outbound_connector_parameters();
const std::vector<parameter<outbound_connector>>& set_outbound_connector_parameters();
const std::vector<parameter<accepted_domain>>& tenant_domain_parameters();   // MatchSubDomains has an effect
const std::vector<parameter<remote_domain>>& new_remote_domain_parameters(); // with DomainName

/// Exact name without regard to case; null when there is none.
template <class Object>
const parameter<Object>* find_parameter(const std::vector<parameter<Object>>& table, std::string_view name);

} // namespace connlab::exchange
