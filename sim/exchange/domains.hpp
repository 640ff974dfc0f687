// Mail domains as Exchange's settings know them, on-premises and online: accepted and remote ones.
#pragma once

#include "sim/exchange/connector_values.hpp"

#include <string>
#include <string_view>

namespace connlab::exchange {

enum class domain_type { authoritative, internal_relay, external_relay };

/// What Set-AcceptedDomain says of a domain beside its being accepted.
struct accepted_domain {
    std::string domain;
    located<std::string> name; // empty: the domain
    located<domain_type> type{domain_type::authoritative};
    located<bool> is_default{false};
    kept_parameters without_effect;
    located<bool> match_sub_domains{false}; // without effect on-premises

    bool holds(std::string_view mail_domain) const; // itself, and subdomains if MatchSubDomains
};

/// Set-RemoteDomain: whether mail from and to the domain counts as the organization's own.
struct remote_domain {
    std::string name;
    located<std::string> domain_name;
    kept_parameters without_effect;
    located<bool> is_internal{false};
    located<bool> target_delivery_domain{false};
    located<bool> trusted_mail_inbound_enabled{false};
    located<bool> trusted_mail_outbound_enabled{false};
};

} // namespace connlab::exchange
