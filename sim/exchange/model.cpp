#include "sim/exchange/model.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace connlab::exchange {

std::string_view to_string(smart_host_auth a) {
    switch (a) {
    case smart_host_auth::none:
        return "None";
    case smart_host_auth::basic_auth:
        return "BasicAuth";
    case smart_host_auth::basic_auth_require_tls:
        return "BasicAuthRequireTLS";
    case smart_host_auth::exchange_server:
        return "ExchangeServer";
    case smart_host_auth::external_authoritative:
        return "ExternalAuthoritative";
    }
    return {};
}

std::string_view to_string(smtp_tls_level l) {
    switch (l) {
    case smtp_tls_level::none:
        return "None";
    case smtp_tls_level::may:
        return "May";
    case smtp_tls_level::encrypt:
        return "Encrypt";
    case smtp_tls_level::verify:
        return "Verify";
    case smtp_tls_level::secure:
        return "Secure";
    }
    return "";
}

std::string_view to_string(server_role r) {
    switch (r) {
    case server_role::mailbox:
        return "Mailbox";
    case server_role::edge:
        return "Edge";
    case server_role::smtp:
        return "Smtp";
    case server_role::exchange_online:
        return "ExchangeOnline";
    }
    return {};
}

namespace {

bool covers(const std::string& accepted, std::string_view domain) {
    if (is_wildcard_name(accepted)) // an accepted domain *.x holds x's subdomains of any depth
        return is_subdomain(domain, accepted.substr(2));
    return same_domain(domain, accepted);
}

} // namespace

bool organization::accepts(std::string_view domain) const {
    if (tenant_of(domain) != nullptr)
        return true;
    return std::any_of(accepted_domains->begin(), accepted_domains->end(),
                       [&](const std::string& accepted) { return covers(accepted, domain); });
}

bool edge_directory::accepts(std::string_view domain) const {
    return std::any_of(accepted_domains.begin(), accepted_domains.end(),
                       [&](const accepted_domain& d) { return covers(d.domain, domain); });
}

const tenant* organization::tenant_of(std::string_view domain) const {
    const auto found =
        std::find_if(tenants.begin(), tenants.end(), [&](const tenant& t) { return t.accepts(domain); });
    return found == tenants.end() ? nullptr : &*found;
}

accepted_domain organization::settings_of(std::string_view domain) const {
    for (const auto& known : domain_settings)
        if (same_domain(known.domain, domain))
            return known;
    accepted_domain out;
    out.domain = std::string(domain);
    return out;
}

std::string organization::default_domain() const {
    for (const auto& known : domain_settings)
        if (*known.is_default)
            return known.domain;
    return accepted_domains->empty() ? std::string{} : accepted_domains->front();
}

namespace {

bool lists(const server& s, std::string_view address) {
    return std::any_of(s.mailboxes->begin(), s.mailboxes->end(),
                       [&](const std::string& one) { return ascii_iequal(one, address); });
}

} // namespace

bool organization::relays(std::string_view address) const {
    const auto type = *settings_of(mail_domain(address)).type;
    return type == domain_type::external_relay ||
           (type == domain_type::internal_relay &&
            std::none_of(servers.begin(), servers.end(), [&](const server& s) { return lists(s, address); }));
}

const located<std::string>* organization::remote_routing_address(std::string_view address) const {
    for (const auto& [mailbox, routing] : remote_mailboxes)
        if (ascii_iequal(mailbox, address))
            return &routing;
    return nullptr;
}

bool organization::knows(std::string_view address) const {
    if (remote_routing_address(address) != nullptr)
        return true;
    const auto domain = mail_domain(address);
    const bool somewhere =
        std::any_of(servers.begin(), servers.end(), [&](const server& s) { return lists(s, address); });
    return somewhere || !accepts(domain) || *settings_of(domain).type != domain_type::authoritative ||
           std::all_of(servers.begin(), servers.end(), [](const server& s) { return s.mailboxes->empty(); });
}

const server* organization::mailbox_server(std::string_view address) const {
    const server* first = nullptr;
    for (const auto& s : servers) {
        if (s.role != server_role::mailbox)
            continue;
        first = first == nullptr ? &s : first;
        if (lists(s, address))
            return &s;
    }
    return first;
}

const organization* organization_of_sender(const std::vector<organization>& all, std::string_view address) {
    const auto first = [&](auto is_it) {
        const auto found = std::find_if(all.begin(), all.end(), is_it);
        return found == all.end() ? nullptr : &*found;
    };
    const auto* online = first([&](const organization& o) {
        return std::any_of(o.tenants.begin(), o.tenants.end(),
                           [&](const tenant& t) { return t.has_recipient(address); });
    });
    return online != nullptr ? online
                             : first([&](const organization& o) { return o.accepts(mail_domain(address)); });
}

// "Message retry, resubmit, and expiration intervals in Exchange Server": Edge waits longer.
retry_settings retry_settings_of(server_role role) {
    retry_settings r;
    if (role == server_role::edge) {
        r.transient_interval = std::chrono::minutes{10};
        r.outbound_interval = std::chrono::minutes{30};
    }
    if (role == server_role::exchange_online) { // as documented for DANE; that it is so for all is assumed
        r.glitch_count = 0;
        r.transient_count = 2;
        r.transient_interval = std::chrono::minutes{15};
        r.outbound_interval = std::chrono::hours{1};
        r.message_expiration = std::chrono::hours{24};
    }
    return r;
}

} // namespace connlab::exchange
