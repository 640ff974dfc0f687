#include "sim/exchange/model.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace connlab::exchange {

std::string_view to_string(tls_auth_level l) {
    switch (l) {
    case tls_auth_level::encryption_only:
        return "EncryptionOnly";
    case tls_auth_level::certificate_validation:
        return "CertificateValidation";
    case tls_auth_level::domain_validation:
        return "DomainValidation";
    }
    return {};
}

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

std::string to_string(const address_space& s) {
    return fmt::format("{}:{};{}", s.type, s.domain, s.cost);
}

bool organization::accepts(std::string_view domain) const {
    return std::any_of(accepted_domains->begin(), accepted_domains->end(), [&](const std::string& accepted) {
        if (is_wildcard_name(accepted)) // an accepted domain *.x holds x's subdomains of any depth
            return is_subdomain(domain, accepted.substr(2));
        return same_domain(domain, accepted);
    });
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

bool organization::relays(std::string_view address) const {
    const auto type = *settings_of(mail_domain(address)).type;
    const auto lists = [&](const server& s) {
        return std::any_of(s.mailboxes->begin(), s.mailboxes->end(),
                           [&](const std::string& one) { return ascii_iequal(one, address); });
    };
    return type == domain_type::external_relay ||
           (type == domain_type::internal_relay && std::none_of(servers.begin(), servers.end(), lists));
}

const server* organization::mailbox_server(std::string_view address) const {
    const server* first = nullptr;
    for (const auto& s : servers) {
        if (s.role != server_role::mailbox)
            continue;
        first = first == nullptr ? &s : first;
        if (std::any_of(s.mailboxes->begin(), s.mailboxes->end(),
                        [&](const std::string& one) { return ascii_iequal(one, address); }))
            return &s;
    }
    return first;
}

// "Message retry, resubmit, and expiration intervals in Exchange Server": Edge waits longer.
retry_settings retry_settings_of(server_role role) {
    retry_settings r;
    if (role == server_role::edge) {
        r.transient_interval = std::chrono::minutes{10};
        r.outbound_interval = std::chrono::minutes{30};
    }
    return r;
}

} // namespace connlab::exchange
