#include "sim/cmdlet/named_objects.hpp"

#include "sim/base/domain_name.hpp"
#include "sim/cmdlet/edge_cmdlets.hpp"
#include "sim/exchange/decisions.hpp"

namespace connlab::cmdlet {

namespace {

using namespace exchange;

void fail_to_find(const work& w, const value& identity, const std::vector<std::string>& known) {
    w.errors.add(identity.where, fmt::format(not_found, identity.text), did_you_mean(identity.text, known));
}

/// The one of `all` that the identity names by `name`.
template <class All, class NameOf>
auto* named(const work& w, All& all, const value& identity, NameOf name) {
    std::vector<std::string> known;
    for (auto& one : all) {
        if (ascii_iequal(name(one), identity.text))
            return &one;
        known.push_back(name(one));
    }
    fail_to_find(w, identity, known);
    return static_cast<decltype(&all.front())>(nullptr);
}

/// By NetBIOS name or FQDN.
server* exchange_server(const work& w, const value& identity) {
    std::vector<std::string> known;
    for (auto& s : w.draft.servers) {
        if (!s.is_exchange() || !is_in_reach(w.in, s))
            continue;
        if (ascii_iequal(s.name, identity.text) || same_domain(*s.fqdn, identity.text))
            return &s;
        known.push_back(s.name);
    }
    fail_to_find(w, identity, known);
    return nullptr;
}

/// Only Mailbox servers have the service.
server* mailbox_server(const work& w, const value& identity, std::string_view service) {
    auto* s = exchange_server(w, identity);
    if (s == nullptr || s->role == server_role::mailbox)
        return s;
    w.errors.add(
        identity.where,
        fmt::format("{} is an Edge Transport server and has no {} service (our wording)", s->name, service));
    return nullptr;
}

const server& server_of(const organization& o, const receive_connector& c) {
    return *std::find_if(o.servers.begin(), o.servers.end(),
                         [&](const auto& s) { return s.name == c.server; });
}

/// The role of the servers that a Send connector runs on: of the first that it names, else the first of all.
server_role role_behind(const organization& o, const send_connector& c) {
    for (const auto& s : o.servers)
        for (const auto& source : *c.source_transport_servers)
            if (ascii_iequal(s.name, source))
                return s.role;
    return o.servers.empty() ? server_role::mailbox : o.servers.front().role;
}

/// A server may be named by its FQDN too; the list holds each server once, by its name.
void name_sources_once(const organization& o, send_connector& c) {
    std::vector<std::string> names;
    for (const auto& written : *c.source_transport_servers) {
        const auto known = std::find_if(o.servers.begin(), o.servers.end(), [&](const server& s) {
            return ascii_iequal(s.name, written) || same_domain(*s.fqdn, written);
        });
        const auto& name = known == o.servers.end() ? written : known->name;
        if (std::none_of(names.begin(), names.end(), [&](const auto& n) { return ascii_iequal(n, name); }))
            names.push_back(name);
    }
    c.source_transport_servers.value = std::move(names);
}

void take(const work& w, const diagnostics& found) {
    w.out.findings.insert(w.out.findings.end(), found.begin(), found.end());
}

template <class All, class Object>
bool is_taken(const All& all, const Object& by_other_than, std::string_view name) {
    return std::any_of(all.begin(), all.end(), [&](const auto& other) {
        return &other != &by_other_than && ascii_iequal(other.name, name);
    });
}

} // namespace

template <>
send_connector* find_object(const work& w, const std::optional<value>& identity) {
    return named(w, w.draft.send_connectors, *identity, [](const auto& c) { return c.name; });
}

template <>
receive_connector* find_object(const work& w, const std::optional<value>& identity) {
    std::vector<std::string> identities;
    std::string same_name;
    for (auto& s : w.draft.servers)
        for (auto& one : s.receive_connectors) {
            if (!is_in_reach(w.in, s))
                continue;
            if (ascii_iequal(one.identity(), identity->text))
                return &one;
            identities.push_back(one.identity());
            if (ascii_iequal(one.name, identity->text))
                same_name = one.identity();
        }
    if (same_name.empty())
        fail_to_find(w, *identity, identities);
    else
        w.errors.add(identity->where, fmt::format(not_found, identity->text),
                     fmt::format("the identity of a Receive connector is SERVER\\Name: did you mean `{}`?",
                                 same_name));
    return nullptr;
}

/// The object comes to be with the wizard's first run.
template <>
hybrid_configuration* find_object(const work& w, const std::optional<value>& /*identity*/) {
    if (w.draft.hybrid.exists())
        return &w.draft.hybrid;
    w.fail(fmt::format("{} has no hybrid configuration: the Hybrid Configuration Wizard has never run (our "
                       "wording)",
                       w.draft.name));
    return nullptr;
}

template <>
transport_config* find_object(const work& w, const std::optional<value>& identity) {
    if (!identity || ascii_iequal(identity->text, w.draft.name))
        return &w.draft.transport;
    fail_to_find(w, *identity, {w.draft.name});
    return nullptr;
}

template <>
server* find_object(const work& w, const std::optional<value>& identity) {
    return exchange_server(w, *identity);
}

template <>
frontend_transport_service* find_object(const work& w, const std::optional<value>& identity) {
    auto* s = mailbox_server(w, *identity, "Front End Transport");
    return s == nullptr ? nullptr : &s->frontend;
}

template <>
mailbox_transport_service* find_object(const work& w, const std::optional<value>& identity) {
    auto* s = mailbox_server(w, *identity, "Mailbox Transport");
    return s == nullptr ? nullptr : &s->mailbox_transport;
}

/// Settings come to be when a cmdlet sets them.
template <>
accepted_domain* find_object(const work& w, const std::optional<value>& identity) {
    if (auto* t = w.in.tenant.empty() ? nullptr : tenant_of(w))
        return named(w, t->accepted_domains, *identity, [](const auto& d) { return d.domain; });
    auto& all = w.draft.domain_settings;
    for (auto& known : all)
        if (ascii_iequal(*known.name, identity->text) || same_domain(known.domain, identity->text))
            return &known;
    for (const auto& domain : *w.draft.accepted_domains)
        if (same_domain(domain, identity->text)) {
            all.push_back(w.draft.settings_of(domain));
            all.back().is_default = w.draft.default_domain() == domain;
            return &all.back();
        }
    fail_to_find(w, *identity, *w.draft.accepted_domains);
    return nullptr;
}

template <>
remote_domain* find_object(const work& w, const std::optional<value>& identity) {
    if (auto* t = w.in.tenant.empty() ? nullptr : tenant_of(w))
        return named(w, t->remote_domains, *identity, [](const auto& d) { return d.name; });
    return named(w, w.draft.remote_domains, *identity, [](const auto& d) { return d.name; });
}

std::string name_of(const send_connector& c) {
    return " " + c.name;
}
std::string name_of(const receive_connector& c) {
    return " " + c.identity();
}
std::string name_of(const transport_config&) {
    return {};
}
std::string name_of(const hybrid_configuration&) {
    return {};
}
std::string name_of(const server& s) {
    return " of " + s.name;
}
std::string name_of(const frontend_transport_service&) {
    return {};
}
std::string name_of(const mailbox_transport_service&) {
    return {};
}
std::string name_of(const accepted_domain& d) {
    return " " + d.domain;
}
std::string name_of(const remote_domain& d) {
    return " " + d.name;
}

bool name_is_taken(const organization& o, const send_connector& c, std::string_view name) {
    return is_taken(o.send_connectors, c, name);
}

bool name_is_taken(const organization& o, const receive_connector& c, std::string_view name) {
    return is_taken(server_of(o, c).receive_connectors, c, name);
}

bool name_is_taken(const organization& o, const remote_domain& d, std::string_view name) {
    return is_taken(o.remote_domains, d, name);
}

void settle(const work& w, const send_connector& before, send_connector& c) {
    if (c.source_transport_servers->empty() && !before.source_transport_servers->empty())
        w.fail("`SourceTransportServers`: at least one server has to remain (our wording)");
    name_sources_once(w.draft, c);
    for (const auto& name : *c.source_transport_servers)
        if (std::none_of(w.draft.servers.begin(), w.draft.servers.end(), [&](const auto& s) {
                return ascii_iequal(s.name, name) || ascii_iequal(*s.fqdn, name);
            }))
            w.out.findings.push_back(
                {severity::error, c.source_transport_servers.mark, fmt::format(not_found, name), {}, {}});
    take(w, validate(c, role_behind(w.draft, c)));
}

void settle(const work& w, const receive_connector& before, receive_connector& c) {
    const auto& s = server_of(w.draft, c);
    take(w, validate(c, s));
    take(w, validate(s));
    if (*before.bindings != *c.bindings)
        warn_of_foreign_bindings(w, c, s);
}

void warn_of_foreign_bindings(const work& w, const receive_connector& c, const server& s) {
    const auto& own = *s.addresses;
    for (const auto& binding : *c.bindings) {
        const auto address = to_string(binding.address);
        const bool everywhere =
            binding.address.is_unspecified() || address == "127.0.0.1" || address == "::1";
        if (!own.empty() && !everywhere && std::find(own.begin(), own.end(), binding.address) == own.end())
            w.printed(
                fmt::format("WARNING: Receive connector {}: {} is no address of {}, and a service whose "
                            "connector listens there may not start (our wording)",
                            c.identity(), address, s.name));
    }
}

void settle(const work&, const transport_config&, transport_config&) {}
void settle(const work&, const hybrid_configuration&, hybrid_configuration&) {}

/// "DelayNotificationTimeout must be longer than TransientFailureRetryCount times
/// TransientFailureRetryInterval" (reference of Set-TransportService).
void settle(const work& w, const server& before, server& s) {
    const auto& r = s.retry;
    const bool changed = r.delay_notification != before.retry.delay_notification ||
                         r.transient_count != before.retry.transient_count ||
                         r.transient_interval != before.retry.transient_interval;
    if (changed && r.delay_notification <= r.transient_count * r.transient_interval)
        w.fail(fmt::format("DelayNotificationTimeout {} must be longer than TransientFailureRetryCount {} "
                           "times TransientFailureRetryInterval {} (our wording)",
                           format_duration(r.delay_notification), r.transient_count,
                           format_duration(r.transient_interval)));
}

void settle(const work&, const frontend_transport_service&, frontend_transport_service&) {}
void settle(const work&, const mailbox_transport_service&, mailbox_transport_service&) {}

/// One domain is the default; -MakeDefault $false takes nothing away from the one that is.
void settle(const work& w, const accepted_domain& before, accepted_domain& d) {
    if (*before.is_default && !*d.is_default)
        return w.fail(fmt::format("{} is the default domain until -MakeDefault $true is set on another "
                                  "(our wording)",
                                  d.domain));
    auto* t = w.in.tenant.empty() ? nullptr : tenant_of(w);
    if (*d.is_default)
        for (auto& other : t != nullptr ? t->accepted_domains : w.draft.domain_settings)
            if (&other != &d)
                other.is_default = false;
}

void settle(const work&, const remote_domain&, remote_domain&) {}

} // namespace connlab::cmdlet
