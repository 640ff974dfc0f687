#include "sim/scenario/parameter_keys.hpp"

#include "sim/scenario/keys.hpp"

#include <fmt/format.h>

namespace connlab::scenario {

namespace {

using exchange::parameter;
using exchange::value_kind;

exchange::written_value written(const node& n) {
    exchange::written_value out;
    out.is_null = n.is_null();
    out.is_list = n.kind == node_kind::sequence;
    if (!out.is_null)
        out.items = texts(n);
    return out;
}

template <class Object>
std::string hint_for(const parameter<Object>& p, const node& n) {
    for (const auto* entry : entries(n))
        if (const auto near = nearest_word(entry->text, p.words); !near.empty() && near != entry->text)
            return fmt::format("did you mean `{}`?", near);
    return {};
}

template <class Object>
void refuse(const parameter<Object>& p, const exchange::taken& why, const node& n, reading& r) {
    r.error(n, fmt::format("`{}`: {}", p.name, why.error), hint_for(p, n), why.rule);
}

/// Scalar or list, as the parameter takes it; what the scalar says is read by the parameter itself.
template <class Object>
bool has_right_kind(const parameter<Object>& p, const node& n, reading& r) {
    if (n.is_null())
        return true;
    if (!check_kind(n, shape_of(p.kind, p.words), "`" + p.name + "`", r.findings))
        return false;
    return n.kind != node_kind::sequence || check_shape(n, list_of(text()), "`" + p.name + "`", r.findings);
}

/// Of a list that was refused: each entry that is refused alone, at its own place. False: none is.
template <class Object>
bool report_entries(const parameter<Object>& p, const node& n, const Object& into, reading& r) {
    bool any = false;
    for (const auto* entry : entries(n)) {
        Object scratch = into;
        const auto set = p.set(scratch, {false, true, {entry->text}}, entry->mark());
        if (!set)
            refuse(p, set, *entry, r);
        any = any || !set;
    }
    return any;
}

template <class Object>
void read_parameter(const parameter<Object>& p, const node& n, Object& into, reading& r) {
    if (!has_right_kind(p, n, r) || (n.is_null() && !p.nullable)) // null without meaning: as if not written
        return;
    const auto set = p.set(into, written(n), n.mark());
    if (!set && (n.kind != node_kind::sequence || !report_entries(p, n, into, r)))
        refuse(p, set, n, r);
}

template <class Object>
void read_table(const node& mapping, std::string_view place, const std::vector<parameter<Object>>& table,
                Object& into, reading& r) {
    std::vector<std::string> names;
    for (const auto& p : table)
        names.push_back(p.name);
    const auto before = r.findings.size();
    report_unknown_keys(mapping, names, place, r);
    for (const auto& p : table)
        if (const auto* value = mapping.find(p.name))
            read_parameter(p, *value, into, r);
    if constexpr (requires { into.mark; })
        if (r.findings.size() != before)
            r.misread.push_back(into.mark);
}

} // namespace

void read_parameters(const node& mapping, exchange::send_connector& into, reading& r) {
    read_table(mapping, "a Send connector", exchange::send_connector_parameters(), into, r);
}

void read_parameters(const node& mapping, exchange::receive_connector& into, reading& r) {
    read_table(mapping, "a Receive connector", exchange::receive_connector_parameters(), into, r);
}

void read_parameters(const node& mapping, exchange::transport_config& into, reading& r) {
    read_table(mapping, "TransportConfig", exchange::transport_config_parameters(), into, r);
}

void read_parameters(const node& mapping, exchange::accepted_domain& into, reading& r) {
    read_table(mapping, "an accepted domain", exchange::accepted_domain_parameters(), into, r);
}

void read_parameters(const node& mapping, exchange::hybrid_configuration& into, reading& r) {
    read_table(mapping, "HybridConfiguration", exchange::hybrid_configuration_parameters(), into, r);
}

void read_parameters(const node& mapping, exchange::inbound_connector& into, reading& r) {
    read_table(mapping, "an inbound connector", exchange::inbound_connector_parameters(), into, r);
}

void read_parameters(const node& mapping, exchange::outbound_connector& into, reading& r) {
    read_table(mapping, "an outbound connector", exchange::outbound_connector_parameters(), into, r);
}

void read_parameters(const node& mapping, exchange::remote_domain& into, reading& r) {
    read_table(mapping, "a remote domain", exchange::new_remote_domain_parameters(), into, r);
}

void read_parameters(const node& mapping, exchange::online_config& into, reading& r) {
    read_table(mapping, "OrganizationConfig", exchange::online_config_parameters(), into, r);
}

shape shape_of(value_kind kind, const std::vector<std::string>& words) {
    switch (kind) {
    case value_kind::boolean:
        return boolean();
    case value_kind::word:
        return word(words);
    case value_kind::words:
        return one_or_list(text()); // also "A, B" in one text, as Get-… prints it
    case value_kind::list:
        return one_or_list(text());
    case value_kind::text:
    case value_kind::number: // also "unlimited"
    case value_kind::time_span:
    case value_kind::size:
        break;
    }
    return text();
}

} // namespace connlab::scenario
