// The Receive connectors that setup makes. Source: "Receive connectors" (on-premises sheet 3.4); where the
// article and what a real Exchange 2019 shows differ (BasicAuthRequireTLS of Default), the real one.
#include "sim/exchange/model.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

namespace {

constexpr std::uint32_t client_auth = auth_tls | auth_integrated | auth_basic | auth_basic_require_tls;
constexpr std::uint32_t server_auth = client_auth | auth_exchange_server;

constexpr int size_without_value = 2; // of receive_connector::size_enabled

ip_range all_ipv4() {
    return *parse_ip_range("0.0.0.0-255.255.255.255");
}

ip_range all_ipv6() {
    return *parse_ip_range("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
}

struct setup_connector {
    std::string_view name; // the server's name follows
    transport_role role;
    std::uint16_t port;
    std::uint32_t auth;
    std::uint32_t permissions;
};

receive_connector made_by_setup(const server& s, const setup_connector& what) {
    receive_connector c;
    c.name = fmt::format("{} {}", what.name, s.name);
    c.server = s.name;
    c.made_by_setup = true;
    c.role = what.role;
    c.auth = what.auth;
    c.permissions = what.permissions;
    c.fqdn = *s.fqdn;
    c.bindings = std::vector<endpoint>{*parse_endpoint(fmt::format("0.0.0.0:{}", what.port), what.port)};
    c.remote_ip_ranges = std::vector<ip_range>{all_ipv4()};
    return c;
}

receive_connector for_mailbox_server(const server& s, const setup_connector& what) {
    receive_connector c = made_by_setup(s, what);
    c.bindings.value.push_back(*parse_endpoint(fmt::format("[::]:{}", what.port), what.port));
    c.remote_ip_ranges.value.push_back(all_ipv6());
    return c;
}

/// What the article leaves out and a real Exchange 2019 shows; its EHLO replies agree.
void set_up(receive_connector& client_frontend, receive_connector& default_frontend,
            receive_connector& outbound_proxy, receive_connector& client_proxy, receive_connector& hub) {
    for (auto* client : {&client_frontend, &client_proxy}) {
        client->enable_auth_gssapi = true;
        client->without_effect["MessageRateLimit"] = located<std::string>{"5"};
    }
    default_frontend.verbose_protocol_logging = true;
    outbound_proxy.tarpit_interval = duration{0};
    hub.size_enabled = size_without_value;
    hub.max_recipients_per_message = 5000;
    hub.without_effect["MaxInboundConnectionPerSource"] = located<std::string>{"Unlimited"};
}

std::vector<receive_connector> of_mailbox_server(const server& s) {
    constexpr auto front_end = transport_role::frontend_transport;
    constexpr auto hub = transport_role::hub_transport;
    std::vector<receive_connector> all{
        for_mailbox_server(s, {"Client Frontend", front_end, 587, client_auth, group_exchange_users}),
        for_mailbox_server(s,
                           {"Default Frontend", front_end, 25, server_auth,
                            group_anonymous_users | group_exchange_legacy_servers | group_exchange_servers}),
        for_mailbox_server(s,
                           {"Outbound Proxy Frontend", front_end, 717, server_auth, group_exchange_servers}),
        for_mailbox_server(
            s, {"Client Proxy", hub, 465, server_auth, group_exchange_servers | group_exchange_users}),
        for_mailbox_server(s,
                           {"Default", hub, 2525, server_auth,
                            group_exchange_legacy_servers | group_exchange_servers | group_exchange_users}),
    };
    set_up(all[0], all[1], all[2], all[3], all[4]);
    return all;
}

receive_connector of_edge_server(const server& s) {
    receive_connector c = made_by_setup(s, {"Default internal receive connector", transport_role::edge, 25,
                                            auth_tls | auth_exchange_server,
                                            group_anonymous_users | group_exchange_servers | group_partners});
    c.domain_secure_enabled = true;
    c.size_enabled = size_without_value; // assumed (on-premises sheet 3.6)
    c.connection_timeout = duration{std::chrono::minutes{5}};
    c.connection_inactivity_timeout = duration{std::chrono::minutes{1}};
    return c;
}

/// No Exchange: the one listener of a plain SMTP server, in the same terms.
receive_connector of_plain_server(const server& s) {
    return made_by_setup(s,
                         {"SMTP", transport_role::frontend_transport, 25, auth_tls, group_anonymous_users});
}

/// Port 587 is that of smtp.office365.com.
std::vector<receive_connector> of_online_server(const server& s) {
    return {of_plain_server(s), made_by_setup(s, {"Client submission", transport_role::frontend_transport,
                                                  587, client_auth, group_exchange_users})};
}

} // namespace

std::vector<receive_connector> implicit_receive_connectors(const server& s) {
    if (s.role != server_role::mailbox)
        return {};
    auto c = for_mailbox_server(
        s, {"", transport_role::mailbox_delivery, 475, auth_exchange_server, group_exchange_servers});
    c.name = "Mailbox delivery Receive connector";
    c.size_enabled = size_without_value; // assumed, as of the other listeners behind the Front End
    return {std::move(c)};
}

std::vector<receive_connector> default_receive_connectors(const server& s) {
    switch (s.role) {
    case server_role::mailbox:
        return of_mailbox_server(s);
    case server_role::edge:
        return {of_edge_server(s)};
    case server_role::exchange_online:
        return of_online_server(s);
    case server_role::smtp:
        break;
    }
    return {of_plain_server(s)};
}

} // namespace connlab::exchange
