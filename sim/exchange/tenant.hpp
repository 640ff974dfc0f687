// A tenant of Exchange Online: its domains and connectors, in the words of New-InboundConnector,
// New-OutboundConnector and Set-OrganizationConfig (Exchange Online sheet 1.1, 2.1).
#pragma once

#include "sim/base/instant.hpp"
#include "sim/base/ip.hpp"
#include "sim/exchange/domains.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

enum class online_connector_type { partner, on_premises };
std::string_view to_string(online_connector_type t); // Partner, OnPremises

enum class connector_source { made_by_default, hybrid_wizard, migrated, admin_ui };

/// WhenCreatedUTC and WhenChangedUTC; the epoch: nobody has said yet.
struct object_dates {
    instant created{};
    instant changed{};
};

struct inbound_connector {
    std::string name;
    source_mark mark;
    located<bool> enabled{true};
    located<online_connector_type> type{online_connector_type::partner};
    located<connector_source> source{connector_source::made_by_default};
    located<std::vector<std::string>> sender_domains; // *, contoso.com, *.contoso.com (subdomains too)
    located<std::vector<ip_range>> sender_ip_addresses;
    located<std::string> tls_sender_certificate_name; // a leading *. is allowed; empty: $null
    located<bool> require_tls{true};
    located<bool> restrict_domains_to_ip_addresses{false};
    located<bool> restrict_domains_to_certificate{false};
    located<bool> cloud_services_mail_enabled{false};
    located<bool> treat_messages_as_internal{false};
    located<std::vector<std::string>> associated_accepted_domains; // empty: all of the tenant
    located<std::vector<ip_range>> ef_skip_ips;
    located<bool> ef_skip_last_ip{false};
    kept_parameters without_effect;
    object_dates dates;

    bool on_premises() const { return *type == online_connector_type::on_premises; }
    bool restricts() const { return *restrict_domains_to_ip_addresses || *restrict_domains_to_certificate; }
};

struct outbound_connector {
    std::string name;
    source_mark mark;
    located<bool> enabled{true};
    located<online_connector_type> type{online_connector_type::partner};
    located<connector_source> source{connector_source::made_by_default};
    located<std::vector<std::string>> recipient_domains; // *, contoso.com, *.contoso.com
    located<bool> all_accepted_domains{false};
    located<bool> use_mx_record{true};
    located<std::vector<std::string>> smart_hosts;
    located<std::optional<tls_auth_level>> tls_settings;
    located<std::string> tls_domain; // a leading *. is allowed; empty: $null
    located<bool> cloud_services_mail_enabled{false};
    located<bool> route_all_messages_via_on_premises{false};
    located<bool> transport_rule_scoped{false};
    kept_parameters without_effect;
    object_dates dates;

    bool on_premises() const { return *type == online_connector_type::on_premises; }
};

/// Set-OrganizationConfig of a tenant, as far as it touches mail flow.
struct online_config {
    located<bool> reject_direct_send{false};
    kept_parameters without_effect;
};

/// Transport-based enforcement: since when servers below a build are told to be out of date (6.5).
struct outdated_servers {
    located<std::string> build; // 15.1.2507.0; empty: nobody is told
    located<instant> since;
};

struct tenant {
    std::string name;
    source_mark mark;
    std::vector<accepted_domain> accepted_domains;
    std::vector<inbound_connector> inbound_connectors;
    std::vector<outbound_connector> outbound_connectors;
    std::vector<remote_domain> remote_domains{{"Default", {"*"}, {}, {}, {}, {}, {}}};
    located<std::vector<std::string>> recipients; // addresses whose mailbox is in the tenant
    /// Those of them that take mail of authenticated senders only (RequireSenderAuthenticationEnabled).
    located<std::vector<std::string>> authenticated_senders_only;
    online_config config;
    located<std::string> region; // EUR, NAM, …; empty: that of the front ends
    outdated_servers outdated;
    /// The scenario's word on reputation: what is answered to an address, or to a domain in MAIL FROM.
    std::map<std::string, located<std::string>> replies;

    /// The accepted domain that holds the domain; null: none does.
    const accepted_domain* domain_holding(std::string_view mail_domain) const;
    bool accepts(std::string_view mail_domain) const { return domain_holding(mail_domain) != nullptr; }
    bool in_region(std::string_view where) const;
    bool has_recipient(std::string_view address) const;
    /// False: the address is in an Authoritative domain and no recipient although the tenant lists its own. A
    /// tenant that lists none has every one.
    bool knows(std::string_view address) const;
    bool restricts_senders_to(std::string_view address) const;
    /// The remote domain with the longest name that holds the domain; at least Default, unless removed.
    const remote_domain* remote_domain_for(std::string_view mail_domain) const;
    /// The directory's id of the tenant, a GUID that follows from its name.
    std::string id() const;
    /// Connectors without dates came to be now.
    void date_connectors(instant now);
    /// `contoso.onmicrosoft.com`, when accepted; else the first accepted domain.
    std::string initial_domain() const;
};

/// How specific a pattern of SenderDomains or RecipientDomains is for a domain: 0 does not match, then `*`,
/// then `*.x` by the length of x, then the domain itself. `*.contoso.com` holds contoso.com too.
int pattern_rank(std::string_view pattern, std::string_view mail_domain);

} // namespace connlab::exchange
