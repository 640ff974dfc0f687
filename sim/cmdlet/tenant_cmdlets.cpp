// The connectors of a tenant in Exchange Online PowerShell: New- and Remove-, and what Set- needs to find
// them.
#include "sim/cmdlet/named_objects.hpp"
#include "sim/exchange/online_validation.hpp"

namespace connlab::cmdlet {

namespace {

using namespace exchange;

template <class Connector>
using members = std::vector<Connector> tenant::*;

template <class Connector>
Connector* in_list(const work& w, members<Connector> list, const std::string& name) {
    auto* t = tenant_of(w);
    if (t == nullptr)
        return nullptr;
    for (auto& c : t->*list)
        if (ascii_iequal(c.name, name))
            return &c;
    w.fail(fmt::format(not_found, name));
    return nullptr;
}

template <class Connector>
bool is_in(const organization& o, const Connector& c, members<Connector> list, std::string_view name) {
    for (const auto& t : o.tenants)
        for (const auto& one : t.*list)
            if (&one == &c)
                return std::any_of((t.*list).begin(), (t.*list).end(), [&](const Connector& other) {
                    return &other != &c && ascii_iequal(other.name, name);
                });
    return false;
}

void take(const work& w, const diagnostics& found) {
    for (auto d : found) {
        d.mark = d.mark.known() ? d.mark : w.errors.mark(w.text.where);
        w.out.findings.push_back(std::move(d));
    }
}

diagnostics faults_of(const tenant& t, const inbound_connector& c) {
    auto found = validate(c);
    const auto among_domains = validate(t, c);
    found.insert(found.end(), among_domains.begin(), among_domains.end());
    return found;
}

diagnostics faults_of(const tenant& /*t*/, const outbound_connector& c) {
    return validate(c);
}

/// `New-` takes -Name where `Set-` takes -Identity.
statement with_identity(statement s) {
    for (auto& a : s.arguments)
        if (ascii_iequal(a.name, "Name"))
            a.name = "Identity";
    return s;
}

template <class Connector>
struct kind {
    cmdlet_shape<Connector> shape;
    members<Connector> list;
};

const kind<inbound_connector> inbound{
    {"New-InboundConnector", "Inbound connector", inbound_connector_parameters}, &tenant::inbound_connectors};
const kind<outbound_connector> outbound{
    {"New-OutboundConnector", "Outbound connector", new_outbound_connector_parameters},
    &tenant::outbound_connectors};

template <class Connector>
void check_new(const statement& text, const kind<Connector>& k, error_list& errors) {
    const auto s = with_identity(text);
    const auto command = binder<Connector>(k.shape, errors).bind(s);
    Connector scratch;
    for (const auto& setting : command ? command->settings : std::vector<bound_setting<Connector>>{})
        apply(setting, scratch, errors);
}

template <class Connector>
void create(const work& w, const kind<Connector>& k) {
    auto* t = tenant_of(w);
    const auto s = with_identity(w.text);
    const auto command = binder<Connector>(k.shape, w.errors).bind(s);
    if (t == nullptr || !command)
        return;
    Connector c;
    c.name = command->identity->text;
    c.mark = w.errors.mark(s.where);
    bool good = true;
    for (const auto& setting : command->settings)
        good = apply(setting, c, w.errors) && good;
    if (!good)
        return;
    if (!c.type.configured())
        return w.fail(std::string(k.shape.name) + " needs -ConnectorType");
    for (const auto& other : t->*(k.list))
        if (ascii_iequal(other.name, c.name))
            return w.fail(fmt::format("there is an {} `{}` already (our wording)", k.shape.object, c.name));
    take(w, faults_of(*t, c));
    c.dates = {w.in.now, w.in.now};
    const auto object = fmt::format("{} {}", k.shape.object, c.name);
    w.changed(object + ": created");
    say_what_has_no_effect(w, object, *command);
    (t->*(k.list)).push_back(std::move(c));
}

template <class Connector>
void remove(const work& w, const kind<Connector>& k) {
    const auto given = bind_plain(w.text, by_identity, w.errors);
    const auto name = given ? text_of(*given, "Identity") : std::string{};
    const auto* found = given ? in_list(w, k.list, name) : nullptr;
    if (found == nullptr)
        return;
    w.changed(fmt::format("{} {}: removed", k.shape.object, found->name));
    std::erase_if(tenant_of(w)->*(k.list), [&](const auto& c) { return ascii_iequal(c.name, name); });
}

} // namespace

tenant* tenant_of(const work& w) {
    for (auto& t : w.draft.tenants)
        if (ascii_iequal(t.name, w.in.tenant))
            return &t;
    w.fail(fmt::format("{} is a cmdlet of Exchange Online PowerShell: which tenant?", w.text.name),
           "Run: {Tenant: NAME, Cmdlet: …}");
    return nullptr;
}

template <>
inbound_connector* find_object(const work& w, const std::optional<value>& identity) {
    return in_list(w, inbound.list, identity->text);
}

template <>
outbound_connector* find_object(const work& w, const std::optional<value>& identity) {
    return in_list(w, outbound.list, identity->text);
}

template <>
online_config* find_object(const work& w, const std::optional<value>& /*identity*/) {
    auto* t = tenant_of(w);
    return t == nullptr ? nullptr : &t->config;
}

std::string name_of(const inbound_connector& c) {
    return " " + c.name;
}
std::string name_of(const outbound_connector& c) {
    return " " + c.name;
}
std::string name_of(const online_config&) {
    return {};
}

bool name_is_taken(const organization& o, const inbound_connector& c, std::string_view name) {
    return is_in(o, c, inbound.list, name);
}
bool name_is_taken(const organization& o, const outbound_connector& c, std::string_view name) {
    return is_in(o, c, outbound.list, name);
}

void settle(const work& w, const inbound_connector& /*before*/, inbound_connector& c) {
    take(w, faults_of(*tenant_of(w), c)); // there is one: the connector was found in it
    c.dates.changed = w.in.now;
}
void settle(const work& w, const outbound_connector& /*before*/, outbound_connector& c) {
    take(w, validate(c));
    c.dates.changed = w.in.now;
}
void settle(const work&, const online_config&, online_config&) {}

void check_new_inbound_connector(const statement& s, error_list& errors) {
    check_new(s, inbound, errors);
}
void check_new_outbound_connector(const statement& s, error_list& errors) {
    check_new(s, outbound, errors);
}
void new_inbound_connector(const work& w) {
    create(w, inbound);
}
void new_outbound_connector(const work& w) {
    create(w, outbound);
}
void remove_inbound_connector(const work& w) {
    remove(w, inbound);
}
void remove_outbound_connector(const work& w) {
    remove(w, outbound);
}

} // namespace connlab::cmdlet
