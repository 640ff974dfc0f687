#include "sim/exchange/edge_subscribing.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/edge_credential.hpp"
#include "sim/exchange/edge_replication.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace connlab::exchange {

namespace {

bool is_named(const edge_subscription& e, std::string_view edge) {
    return ascii_iequal(e.name, edge) || same_domain(e.fqdn, edge);
}

bool has_mailbox_server(const organization& o, std::string_view site) {
    return std::any_of(o.servers.begin(), o.servers.end(), [&](const server& s) {
        return s.role == server_role::mailbox && ascii_iequal(*s.site, site);
    });
}

// ---- the file ----

/// What is wrong with it beside its form; the rule that says so. Empty: nothing.
struct objection {
    std::string_view rule;
    std::string text;
};

/// The file is not signed: EdgeServerName may have become another's.
objection objection_to_name(const organization& o, const edge_subscription_file& f, const server& edge) {
    if (ascii_iequal(f.server_name, edge.name))
        return {};
    const auto* other = find_server(o, f.server_name);
    const bool is_mailbox_server = other != nullptr && other->role == server_role::mailbox;
    return {"exchange.edge-subscription.other-name",
            is_mailbox_server
                ? fmt::format("EdgeServerName `{}` is a Mailbox server of the organization", f.server_name)
                : fmt::format("no Edge `{}` (EdgeServerName) answers at `{}`", f.server_name, f.server_fqdn)};
}

objection objection_to(const organization& o, const edge_subscription_file& f, const edge_import& how,
                       instant now) {
    if (now >= f.effective + f.lasts)
        return {"exchange.edge-subscription.file-expired",
                fmt::format("the bootstrap account expired at {}", format_instant(f.effective + f.lasts))};
    if (now < f.effective)
        return {"exchange.edge-subscription.file-expired",
                fmt::format("the bootstrap account is effective from {}", format_instant(f.effective))};
    if (!has_mailbox_server(o, how.site))
        return {"exchange.edge-subscription.no-such-site",
                fmt::format("no Mailbox server is in the site `{}`", how.site)};
    const auto* edge = find_server(o, f.server_fqdn);
    if (edge == nullptr || edge->role != server_role::edge)
        return {"exchange.edge-subscription.name-not-resolved",
                fmt::format("`{}` is no Edge that the Mailbox servers can resolve", f.server_fqdn)};
    if (auto name = objection_to_name(o, f, *edge); !name.text.empty())
        return name;
    const auto* known = find_edge_subscription(o, f.server_fqdn);
    if (known != nullptr && !ascii_iequal(known->site, how.site))
        return {"exchange.edge-subscription.other-site",
                fmt::format("{} is subscribed to the site {}", known->name, known->site)};
    return {};
}

// ---- the objects ----

send_connector* connector_named(organization& o, std::string_view name) {
    for (auto& c : o.send_connectors)
        if (ascii_iequal(c.name, name))
            return &c;
    return nullptr;
}

/// Several Edges of a site share the connectors as sources.
void add_source(organization& o, send_connector fresh, const edge_subscription& e) {
    auto* known = connector_named(o, fresh.name);
    if (known == nullptr) {
        fresh.mark = e.mark;
        fresh.source_transport_servers = {{e.name}, e.mark};
        o.send_connectors.push_back(std::move(fresh));
        return;
    }
    auto sources = *known->source_transport_servers;
    const bool is_source =
        std::any_of(sources.begin(), sources.end(), [&](const std::string& s) { return is_named(e, s); });
    if (!is_source)
        sources.push_back(e.name);
    known->source_transport_servers = {std::move(sources), known->source_transport_servers.mark};
}

send_connector connector_inwards(const edge_subscription& e) {
    send_connector c;
    c.name = inbound_connector_name(e.site);
    c.address_spaces = {{{"SMTP", "--", 1}}, e.mark};
    c.smart_hosts = {{"--"}, e.mark};
    c.dns_routing_enabled = {false, e.mark};
    c.smart_host_auth_mechanism = {smart_host_auth::exchange_server, e.mark};
    return c;
}

send_connector internet_connector(const edge_subscription& e) {
    send_connector c;
    c.name = internet_connector_name(e.site);
    c.address_spaces = {{{"SMTP", "*", 100}}, e.mark};
    c.domain_secure_enabled = {true, e.mark};
    return c;
}

void forget_credentials(organization& o, const std::string& edge_fqdn) {
    for (auto& s : o.servers)
        std::erase_if(s.edge_credentials,
                      [&](const edge_credential& c) { return same_domain(c.target_server_fqdn, edge_fqdn); });
}

edge_subscription object_of(const edge_subscription_file& f, const edge_import& how, instant now) {
    edge_subscription e;
    e.mark = how.mark;
    e.name = f.server_name;
    e.fqdn = f.server_fqdn;
    e.site = how.site;
    e.certificate = f.certificate;
    e.ssl_port = f.ssl_port;
    e.product_id = f.product_id;
    e.version = f.version;
    e.serial_number = f.serial_number;
    e.imported = now;
    return e;
}

std::vector<subscribed_server> members_of(const organization& o, std::string_view site) {
    std::vector<subscribed_server> out;
    for (const auto& s : o.servers)
        if (const auto* own = internal_certificate(s);
            s.role == server_role::mailbox && ascii_iequal(*s.site, site) && own != nullptr)
            out.push_back({s.name, *s.fqdn, own->cert});
    return out;
}

} // namespace

parsed<edge_subscription_file> export_edge_subscription(server& edge, instant now, duration lasts) {
    using result = parsed<edge_subscription_file>;
    const auto* own = internal_certificate(edge);
    if (own == nullptr)
        return result::fail(edge.name + " has no default SMTP certificate that the file could hold");
    edge_account account;
    account.user_name = bootstrap_user_name(edge.name);
    account.password = edge_password(account.user_name, now);
    account.effective = now;
    account.expiration = now + lasts;
    edge.adlds = {};
    edge.adlds.subscribed = true;
    edge.adlds.accounts = {account};
    edge_subscription_file f;
    f.server_name = edge.name;
    f.server_fqdn = *edge.fqdn;
    f.certificate = own->cert;
    f.user_name = account.user_name;
    f.password = account.password;
    f.effective = now;
    f.lasts = lasts;
    f.ssl_port = adam_ssl_port;
    f.version = edge.version.build;
    return result::ok(std::move(f));
}

trace::decided<file_verdict> judge_subscription_file(const organization& o, std::string_view text,
                                                     const edge_import& how, instant now) {
    trace::decided<file_verdict> out;
    out.why.question = fmt::format("Can the site {} be subscribed by this file?", how.site);
    auto read = from_xml(text);
    out.value.file = std::move(read.value);
    out.value.errors = std::move(read.errors);
    out.why.rule = "exchange.edge-subscription.file-accepted";
    if (!out.value.errors.empty())
        out.why.rule = "exchange.edge-subscription.file-broken";
    else if (auto against = objection_to(o, out.value.file, how, now); !against.text.empty()) {
        out.why.rule = std::string(against.rule);
        out.value.errors.push_back(std::move(against.text));
    }
    out.why.answer = out.value.errors.empty() ? "yes" : "no: " + join(out.value.errors, "; ");
    const auto& f = out.value.file;
    cite(out.why, "EdgeServerFQDN", f.server_fqdn.empty() ? "none" : f.server_fqdn);
    cite(out.why, "EffectiveDate and Duration",
         fmt::format("{}, {}", format_instant(f.effective), format_duration(f.lasts)));
    return concluded(std::move(out));
}

parsed<bool> import_edge_subscription(organization& o, const edge_subscription_file& file,
                                      const edge_import& how, instant now) {
    auto fresh = object_of(file, how, now);
    fresh.members = members_of(o, how.site);
    const edge_account bootstrap{file.user_name, file.password, file.effective, file.effective + file.lasts};
    std::vector<edge_credential> for_members;
    for (const auto& m : fresh.members) {
        auto pair = make_credential(bootstrap, fresh, m, true);
        if (!pair)
            return parsed<bool>::fail(std::move(pair.error));
        for_members.push_back(std::move(pair->for_mailbox));
        if (fresh.credentials.empty()) // one and the same for every Mailbox server
            fresh.credentials.push_back(std::move(pair->for_edge));
    }
    forget_credentials(o, fresh.fqdn);
    for (std::size_t i = 0; i < fresh.members.size(); ++i)
        find_server(o, fresh.members[i].name)->edge_credentials.push_back(std::move(for_members[i]));
    if (how.inbound_connector)
        add_source(o, connector_inwards(fresh), fresh);
    if (how.internet_connector)
        add_source(o, internet_connector(fresh), fresh);
    if (auto* edge = find_server(o, fresh.fqdn))
        edge->edge_subscription = {fresh.site, fresh.mark};
    if (auto* known = find_edge_subscription(o, fresh.fqdn))
        *known = std::move(fresh);
    else
        o.edge_subscriptions.push_back(std::move(fresh));
    refresh_direct_trust(o);
    return parsed<bool>::ok(true);
}

trace::decided<std::vector<std::string>> undo_hybrid_changes(organization& o, std::string_view edge) {
    trace::decided<std::vector<std::string>> out;
    out.why.rule = "exchange.edge-subscription.hybrid-undone";
    out.why.question =
        fmt::format("What was made for hybrid mail by {} before it is subscribed again?", edge);
    const auto* known = find_edge_subscription(o, edge);
    for (auto& c : o.send_connectors) {
        auto sources = *c.source_transport_servers;
        if (known == nullptr || !is_hybrid(c) ||
            std::erase_if(sources, [&](const std::string& s) { return is_named(*known, s); }) == 0)
            continue;
        c.source_transport_servers = {std::move(sources), c.source_transport_servers.mark};
        cite(out.why, of_connector("SourceTransportServers", c), std::string(edge),
             c.source_transport_servers.mark);
        out.value.push_back(c.name);
    }
    std::erase_if(o.send_connectors, [&](const send_connector& c) {
        return c.source_transport_servers->empty() &&
               std::find(out.value.begin(), out.value.end(), c.name) != out.value.end();
    });
    out.why.answer = out.value.empty() ? "nothing" : join(out.value, ", ");
    return concluded(std::move(out));
}

void remove_edge_subscription(organization& o, std::string_view edge) {
    const auto* known = find_edge_subscription(o, edge);
    if (known == nullptr)
        return;
    const edge_subscription gone = *known;
    forget_credentials(o, gone.fqdn);
    undo_hybrid_changes(o, gone.fqdn);
    for (auto& c : o.send_connectors) {
        auto sources = *c.source_transport_servers;
        if (std::erase_if(sources, [&](const std::string& s) { return is_named(gone, s); }) > 0)
            c.source_transport_servers = {std::move(sources), c.source_transport_servers.mark};
    }
    std::erase_if(o.send_connectors, [&](const send_connector& c) {
        return c.source_transport_servers->empty() &&
               (c.name == inbound_connector_name(gone.site) || c.name == internet_connector_name(gone.site));
    });
    if (auto* server_of_it = find_server(o, gone.fqdn))
        server_of_it->edge_subscription = {};
    std::erase_if(o.edge_subscriptions, [&](const edge_subscription& e) { return is_named(e, gone.fqdn); });
    refresh_direct_trust(o);
}

void remove_edge_subscription(server& edge) {
    edge.adlds = {};
}

std::string inbound_connector_name(std::string_view site) {
    return fmt::format("EdgeSync - Inbound to {}", site);
}

std::string internet_connector_name(std::string_view site) {
    return fmt::format("EdgeSync - {} to Internet", site);
}

edge_subscription* find_edge_subscription(organization& o, std::string_view edge) {
    for (auto& e : o.edge_subscriptions)
        if (is_named(e, edge))
            return &e;
    return nullptr;
}

const edge_subscription* find_edge_subscription(const organization& o, std::string_view edge) {
    for (const auto& e : o.edge_subscriptions)
        if (is_named(e, edge))
            return &e;
    return nullptr;
}

} // namespace connlab::exchange
