// The tables of keys as a JSON Schema (draft 2020-12), for completion and checking in editors.
#include "sim/scenario/authority_keys.hpp"
#include "sim/scenario/certificate_file_keys.hpp"
#include "sim/scenario/certificate_keys.hpp"
#include "sim/scenario/default_certificate.hpp"
#include "sim/scenario/dns_keys.hpp"
#include "sim/scenario/expectation_keys.hpp"
#include "sim/scenario/fault_keys.hpp"
#include "sim/scenario/hop_headers.hpp"
#include "sim/scenario/loader.hpp"
#include "sim/scenario/organization_keys.hpp"
#include "sim/scenario/parameter_keys.hpp"
#include "sim/scenario/pki_step_keys.hpp"
#include "sim/scenario/scenario_keys.hpp"
#include "sim/scenario/server_keys.hpp"
#include "sim/scenario/step_keys.hpp"
#include "sim/scenario/stores_keys.hpp"
#include "sim/scenario/tamper_keys.hpp"
#include "sim/scenario/tenant_keys.hpp"

#include <boost/json.hpp>

namespace connlab::scenario {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;
using form = shape::form;

array array_of(const std::vector<std::string>& words) {
    array out;
    for (const auto& w : words)
        out.emplace_back(w);
    return out;
}

object reference(const std::string& definition) {
    return {{"$ref", "#/$defs/" + definition}};
}

/// Scalars are read by the type their key demands, so an unquoted 2019 or 1.2.3.4 is text as good as any.
object text_schema() {
    return {{"type", array{"string", "number", "boolean"}}};
}

object schema_of(const shape& s) {
    switch (s.what) {
    case form::text:
        return text_schema();
    case form::boolean:
        return {{"enum", array{true, false, "$true", "$false"}}};
    case form::number:
        return {{"type", "integer"}, {"minimum", 0}};
    case form::instant:
        return {{"type", "string"},
                {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?$"}};
    case form::duration:
        return {{"type", "string"},
                {"pattern", "^([0-9]+(d|h|ms|m|s))+$|^([0-9]+\\.)?[0-9]+:[0-9]+:[0-9.]+$"}};
    case form::word: {
        array words = array_of(s.words);
        for (const auto& w : s.words) // 2019 without quotes is a number to an editor
            if (w.find_first_not_of("0123456789") == std::string::npos)
                words.emplace_back(std::stoi(w));
        return {{"enum", words}};
    }
    case form::list:
        return {{"type", "array"}, {"items", schema_of(s.parts.front())}};
    case form::named:
        return {{"type", "object"},
                {"additionalProperties", {{"anyOf", array{schema_of(s.parts.front()), {{"type", "null"}}}}}}};
    case form::object:
        return reference(s.definition);
    case form::either:
        break;
    }
    array alternatives;
    for (const auto& part : s.parts)
        alternatives.push_back(schema_of(part));
    return {{"anyOf", alternatives}};
}

/// A null takes away what a base file set.
object with_null(object schema, const std::string& about) {
    object out{{"description", about}};
    if (auto* alternatives = schema.if_contains("anyOf"))
        alternatives->get_array().push_back(object{{"type", "null"}});
    else
        schema = {{"anyOf", array{schema, {{"type", "null"}}}}};
    for (const auto& rule : schema)
        out[rule.key()] = rule.value();
    return out;
}

template <class Object>
object table_schema(const key_table<Object>& table) {
    object properties;
    for (const auto& k : table)
        properties[k.name] = with_null(schema_of(k.looks), k.about);
    return {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
}

template <class Object>
object parameter_schema(const std::vector<exchange::parameter<Object>>& table) {
    object properties;
    for (const auto& p : table) {
        const auto about = p.has_effect ? p.about : p.about + " (kept and shown; without effect here)";
        properties[p.name] = with_null(schema_of(shape_of(p.kind, p.words)), about);
    }
    return {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
}

object behavior_schema() {
    object properties;
    for (const auto& one : exchange::behavior_switches()) {
        array words;
        for (const auto& w : one.words) {
            words.emplace_back(w);
            if (w == "true" || w == "false") // as a YAML reader of the editor's sees it
                words.emplace_back(w == "true");
        }
        properties[one.name] = {
            {"description", one.statement}, {"enum", words}, {"default", one.words.front()}};
    }
    return {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
}

object definitions() {
    return {
        {"CertificationAuthority", table_schema(authority_keys())},
        {"NameConstraints", table_schema(name_constraints_keys())},
        {"Certificate", table_schema(certificate_keys())},
        {"CertificateFile", table_schema(certificate_file_keys())},
        {"DefaultCertificate", table_schema(default_certificate_keys())},
        {"Organization", table_schema(organization_keys())},
        {"Tenant", table_schema(tenant_keys())},
        {"OutdatedServers", table_schema(outdated_servers_keys())},
        {"TenantDomain", parameter_schema(exchange::tenant_domain_parameters())},
        {"HybridConfiguration", parameter_schema(exchange::hybrid_configuration_parameters())},
        {"InboundConnector", parameter_schema(exchange::inbound_connector_parameters())},
        {"OutboundConnector", parameter_schema(exchange::outbound_connector_parameters())},
        {"RemoteDomain", parameter_schema(exchange::new_remote_domain_parameters())},
        {"OrganizationConfig", parameter_schema(exchange::online_config_parameters())},
        {"Server", table_schema(server_keys())},
        {"Stores", table_schema(stores_keys())},
        {"SendConnector", parameter_schema(exchange::send_connector_parameters())},
        {"ReceiveConnector", parameter_schema(exchange::receive_connector_parameters())},
        {"AcceptedDomain", parameter_schema(exchange::accepted_domain_parameters())},
        {"TransportConfig", parameter_schema(exchange::transport_config_parameters())},
        {"DnsRecords", table_schema(dns_keys())},
        {"Step", table_schema(step_keys())},
        {"Send", table_schema(send_keys())},
        {"Run", table_schema(run_keys())},
        {"HybridConfigurationWizard", table_schema(hybrid_wizard_keys())},
        {"Fault", table_schema(fault_keys())},
        {"Revoke", table_schema(revoke_keys())},
        {"Tamper", table_schema(tamper_keys())},
        {"Expect", table_schema(expectation_keys())},
        {"ExpectTls", table_schema(tls_expectation_keys())},
        {"ExpectHopHeaders", table_schema(hop_header_keys())},
        {"ExpectQueue", table_schema(queue_expectation_keys())},
    };
}

void print(const value& v, const std::string& indent, std::string& out);

template <class Items, class PrintItem>
void print_items(const Items& items, char open, char close, const std::string& indent, std::string& out,
                 const PrintItem& print_item) {
    out += open;
    bool first = true;
    for (const auto& item : items) {
        out += (first ? "\n" : ",\n") + indent + "  ";
        print_item(item);
        first = false;
    }
    out += (first ? "" : "\n" + indent);
    out += close;
}

bool is_flat(const array& items) {
    for (const auto& item : items)
        if (item.is_structured())
            return false;
    return true;
}

void print_line(const array& items, std::string& out) {
    out += '[';
    for (std::size_t i = 0; i < items.size(); ++i)
        out += (i == 0 ? "" : ", ") + serialize(items[i]);
    out += ']';
}

/// Two blanks a level; lists of words and objects of one word stay on one line.
void print(const value& v, const std::string& indent, std::string& out) {
    if (v.is_object() && v.get_object().size() == 1 && !v.get_object().begin()->value().is_structured())
        out += "{" + serialize(value(v.get_object().begin()->key())) + ": " +
               serialize(v.get_object().begin()->value()) + "}";
    else if (v.is_object())
        print_items(v.get_object(), '{', '}', indent, out, [&](const auto& member) {
            out += serialize(value(member.key())) + ": ";
            print(member.value(), indent + "  ", out);
        });
    else if (v.is_array() && !is_flat(v.get_array()))
        print_items(v.get_array(), '[', ']', indent, out,
                    [&](const value& item) { print(item, indent + "  ", out); });
    else if (v.is_array())
        print_line(v.get_array(), out);
    else
        out += serialize(v);
}

} // namespace

std::string json_schema() {
    boost::json::object schema{
        {"$schema", "https://json-schema.org/draft/2020-12/schema"},
        {"title", "Connector Lab scenario"},
        {"description",
         "Organizations, servers, certificates and connectors in Exchange's own words, and what is "
         "done with them."}};
    auto root = table_schema(scenario_keys());
    auto& properties = root["properties"].get_object();
    properties["Behavior"] = with_null(reference("Behavior"), "the contested rules by name");
    for (const auto& member : root)
        schema[member.key()] = member.value();
    auto defs = definitions();
    defs["Behavior"] = behavior_schema();
    schema["$defs"] = std::move(defs);
    std::string out;
    print(schema, "", out);
    return out + "\n";
}

} // namespace connlab::scenario
