// The configuration of the simulated world in Exchange's own words: organizations, servers, connectors,
// certificates. Every value knows the scenario line that set it; a default has no mark.
#pragma once

#include "certs/recipe.hpp"
#include "sim/base/date_texts.hpp"
#include "sim/base/ip.hpp"
#include "sim/base/source_mark.hpp"
#include "sim/chain/verdict.hpp"
#include "sim/exchange/connector_values.hpp"
#include "sim/exchange/domains.hpp"
#include "sim/exchange/edge_subscription.hpp"
#include "sim/exchange/hybrid_configuration.hpp"
#include "sim/exchange/tenant.hpp"
#include "sim/tls/offer.hpp"
#include "sim/tls/registry.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace connlab::exchange {

enum class smart_host_auth {
    none,
    basic_auth,
    basic_auth_require_tls,
    exchange_server,
    external_authoritative
};
std::string_view to_string(smart_host_auth a);

/// AuthMechanism flags of a Receive connector.
enum auth_mechanism : std::uint32_t {
    auth_none = 0,
    auth_tls = 1,
    auth_integrated = 2,
    auth_basic = 4,
    auth_basic_require_tls = 8,
    auth_exchange_server = 16,
    auth_external_authoritative = 32,
};

/// PermissionGroups flags of a Receive connector.
enum permission_group : std::uint32_t {
    group_none = 0,
    group_anonymous_users = 1,
    group_exchange_users = 2,
    group_exchange_servers = 4,
    group_exchange_legacy_servers = 8,
    group_partners = 16,
    group_custom = 32,
};

/// ErrorPolicies flags of a Send connector.
enum error_policy : std::uint32_t {
    policy_default = 0,
    policy_downgrade_dns_failures = 1,
    policy_downgrade_custom_failures = 2,
    policy_upgrade_custom_failures = 4,
    policy_downgrade_auth_failures = 8, // Exchange 2010
};

enum class transport_role { frontend_transport, hub_transport, mailbox_delivery, edge };

struct send_connector {
    std::string name;
    source_mark mark;
    located<std::vector<address_space>> address_spaces;
    located<std::vector<std::string>> smart_hosts;
    located<bool> dns_routing_enabled{true};
    located<bool> enabled{true};
    located<bool> require_tls{false};
    located<bool> ignore_starttls{false};
    located<bool> domain_secure_enabled{false};
    located<bool> cloud_services_mail_enabled{false};
    located<bool> force_helo{false};
    located<bool> frontend_proxy_enabled{false};
    located<std::optional<tls_auth_level>> level;
    located<std::string> tls_domain;           // empty: $null
    located<std::string> tls_certificate_name; // <I>…<S>…; empty: $null
    located<std::string> fqdn;                 // empty: $null, the server's FQDN
    located<smart_host_auth> smart_host_auth_mechanism{smart_host_auth::none};
    located<bool> authentication_credential{false}; // whether one is set; never shown
    located<std::vector<std::string>> source_transport_servers;
    located<std::string> source_ip_address; // Edge only; empty: 0.0.0.0
    located<int> port{25};
    located<std::uint64_t> max_message_size{36700160}; // bytes
    located<duration> connection_inactivity_timeout{std::chrono::minutes{10}};
    located<std::uint32_t> error_policies{policy_default};
    located<bool> verbose_protocol_logging{false};
    kept_parameters without_effect;
};

struct receive_connector {
    std::string name;
    std::string server; // identity is SERVER\Name
    source_mark mark;
    bool made_by_setup = false;
    located<bool> enabled{true};
    located<transport_role> role{transport_role::frontend_transport};
    located<std::vector<endpoint>> bindings;
    located<std::vector<ip_range>> remote_ip_ranges;
    located<std::uint32_t> auth{auth_tls};
    located<std::uint32_t> permissions{group_none};
    located<bool> require_tls{false};
    located<bool> domain_secure_enabled{false};
    located<std::string> fqdn;                 // empty: $null, the server's FQDN
    located<std::string> tls_certificate_name; // <I>…<S>…; empty: $null
    located<std::vector<std::string>> tls_domain_capabilities;
    located<bool> suppress_x_anonymous_tls{false};
    located<bool> enable_auth_gssapi{false};
    located<bool> require_ehlo_domain{false};
    located<std::string> banner;  // empty: the default one
    located<int> size_enabled{1}; // 0 Disabled, 1 Enabled, 2 EnabledWithoutValue
    located<bool> pipelining_enabled{true};
    located<bool> enhanced_status_codes_enabled{true};
    located<bool> eight_bit_mime_enabled{true};
    located<bool> chunking_enabled{true};
    located<bool> long_addresses_enabled{false};
    located<bool> orar_enabled{false};
    located<bool> binary_mime_enabled{true};
    located<bool> delivery_status_notification_enabled{true};
    located<bool> smtp_utf8_enabled{true};
    located<std::uint64_t> max_message_size{37748736}; // bytes
    located<duration> tarpit_interval{std::chrono::seconds{5}};
    located<duration> auth_tarpit_interval{std::chrono::seconds{5}};
    located<int> max_logon_failures{3}; // 0: never closes for them
    located<duration> connection_timeout{std::chrono::minutes{10}};
    located<duration> connection_inactivity_timeout{std::chrono::minutes{5}};
    located<int> max_protocol_errors{5};
    located<int> max_recipients_per_message{200};
    located<duration> max_acknowledgement_delay{std::chrono::seconds{30}};
    // Rights of ANONYMOUS LOGON by Add- and Remove-ADPermission, beside its permission group; see
    // permissions.hpp.
    located<std::uint32_t> added_to_anonymous{0};
    located<std::uint32_t> removed_from_anonymous{0};
    located<int> max_hop_count{60}; // reference README, item 15
    located<bool> verbose_protocol_logging{false};
    kept_parameters without_effect;

    std::string identity() const { return server + "\\" + name; }
};

struct transport_config {
    located<std::vector<std::string>> tls_send_domain_secure_list;
    located<std::vector<std::string>> tls_receive_domain_secure_list;
    located<bool> internal_delay_dsn_enabled{true};
    located<bool> external_delay_dsn_enabled{true};
    kept_parameters without_effect;
};

/// Exchange services of a certificate (Enable-ExchangeCertificate -Services).
enum certificate_service : std::uint32_t {
    service_none = 0,
    service_imap = 1,
    service_pop = 2,
    service_um = 4,
    service_iis = 8,
    service_smtp = 16,
    service_federation = 32,
};

/// A certificate in LocalMachine\My.
struct stored_certificate {
    std::string name; // how the scenario calls it, for reasons and errors
    source_mark mark;
    certs::certificate cert;
    certs::private_key key;                    // empty: no private key
    std::vector<certs::certificate> sent_with; // intermediates presented beside it
    std::uint32_t services = service_none;
    std::string friendly_name;
    bool has_private_key() const { return static_cast<bool>(key); }
};

enum class server_role { mailbox, edge, smtp, exchange_online };
std::string_view to_string(server_role r); // Mailbox, Edge, Smtp, ExchangeOnline

/// A file that a certificate is imported from (Import-ExchangeCertificate): it is in no store yet.
struct certificate_file {
    std::string name; // renewed.pfx
    source_mark mark;
    certs::certificate_recipe recipe;
    bool private_key = true;
    bool for_request = false; // the authority's answer to a request: the key is the request's
    std::string friendly_name;
};

/// Product and level (`Exchange2019 CU12`) and the build number they stand for.
struct exchange_version {
    std::string text;    // as written
    std::string product; // Exchange2013, Exchange2016, Exchange2019, ExchangeSE; empty for other systems
    std::string level;   // CU12, RTM
    std::string update;  // Feb26SU, may be empty
    std::string build;   // 15.2.1118.7
    std::array<int, 4> number{}; // of the build, for comparisons
};
/// Reads `Version:`; without a level the newest of the table. The error names the nearest known version.
parsed<exchange_version> parse_exchange_version(std::string_view text);

/// A plain SMTP partner's own settings (reference README, item 19).
enum class smtp_tls_level { none, may, encrypt, verify, secure };
std::string_view to_string(smtp_tls_level l); // None, May, …
struct smtp_partner {
    located<tls::client_certificate> ask_client_certificate{tls::client_certificate::not_asked};
    located<smtp_tls_level> tls_level{smtp_tls_level::may};
    located<std::string> client_certificate; // name of the one it presents as TLS client; empty: none
    located<bool> offer_starttls{true};
    located<bool> refuse_starttls{false}; // advertises it and answers 454
    located<bool> require_tls{false};     // answers MAIL in clear with 530 5.7.0
};

/// Retry settings of a transport service (on-premises sheet 2.7).
struct retry_settings {
    int glitch_count = 4;
    duration glitch_interval = std::chrono::minutes{1};
    int transient_count = 6;
    duration transient_interval = std::chrono::minutes{5}; // Edge: 10 minutes
    duration outbound_interval = std::chrono::minutes{10}; // Edge: 30 minutes
    duration message_expiration = std::chrono::hours{48};
    duration delay_notification = std::chrono::hours{4};
};
retry_settings retry_settings_of(server_role role);

/// Set-FrontendTransportService; what it sets has no effect here.
struct frontend_transport_service {
    kept_parameters without_effect;
};

/// Set-MailboxTransportService.
struct mailbox_transport_service {
    located<bool> delivery_verbose_logging{false}; // MailboxDeliveryConnectorProtocolLoggingLevel
    kept_parameters without_effect;
};

/// What a running service offers to a peer, as client and as server; made when it was started.
struct offered_tls {
    tls::shared_profile client;
    tls::shared_profile server;
};

/// AD LDS of an Edge that New-EdgeSubscription has been run on: who may bind, what EdgeSync has replicated as
/// it stands there, and what the transport service reads out of it.
struct edge_directory {
    bool subscribed = false; // its connectors and domains are EdgeSync's, not its administrator's
    std::vector<edge_account> accounts;
    std::vector<edge_entry> entries;
    std::vector<send_connector> send_connectors;
    std::vector<accepted_domain> accepted_domains;
    std::vector<remote_domain> remote_domains;
    transport_config transport;

    bool accepts(std::string_view domain) const;
};

struct server {
    std::string name; // NetBIOS
    std::string organization;
    source_mark mark;
    server_role role = server_role::mailbox;
    exchange_version version;
    std::string windows; // 2012R2, 2016, 2019, 2022, 2025
    located<std::string> fqdn;
    located<std::vector<ip_address>> addresses;
    std::vector<stored_certificate> certificates;     // in order of declaration; the default one first
    std::vector<stored_certificate> pending_requests; // self-signed stand-ins that hold the requests' keys
    int certificates_made = 0;                        // by New-ExchangeCertificate, ever
    std::string internal_transport_thumbprint;        // empty: unset
    source_mark internal_transport_mark;              // where the thumbprint's certificate was named
    source_mark default_certificate_mark; // where setup's certificate was described, or taken away
    std::vector<receive_connector> receive_connectors;
    std::vector<receive_connector> implicit_connectors;   // that no cmdlet shows: Mailbox delivery
    smtp_partner partner;                                 // role smtp only
    located<std::string> site{"Default-First-Site-Name"}; // of Active Directory
    located<std::string> edge_subscription;        // Edge: the site that AD has it subscribed to; empty: none
    edge_directory adlds;                          // Edge
    std::vector<edge_credential> edge_credentials; // Mailbox: those of EdgeSync, encrypted for this server
    /// Direct trust: the other side's internal transport certificates by server, as its directory has them:
    /// AD by the subscription, AD LDS by EdgeSync. Kept by refresh_direct_trust.
    std::map<std::string, std::string> known_internal_certificates;
    located<std::vector<std::string>> mailboxes;              // addresses whose mailbox is here
    located<bool> use_downgraded_exchange_server_auth{false}; // Set-TransportService
    located<bool> intra_org_verbose_logging{false};           // IntraOrgConnectorProtocolLoggingLevel
    retry_settings retry;
    frontend_transport_service frontend;
    mailbox_transport_service mailbox_transport;
    kept_parameters without_effect; // of Set-TransportService
    chain::store stores;
    tls::registry registry;          // of an Exchange server's Windows, as it is now
    tls::registry registry_at_start; // when the computer was started last
    offered_tls transport_tls;       // of the Transport services, and of a plain SMTP server
    offered_tls front_end_tls;
    locale where;                       // TimeZone and Culture: banner, LRT, Received, views
    located<bool> logon{false};         // the scenario's word on AUTH LOGIN
    located<bool> ocsp_stapling{false}; // as TLS server, where its certificate names a responder
    std::string external;               // "127.0.0.1:2525": a real process answers for this server

    bool is_exchange() const { return role == server_role::mailbox || role == server_role::edge; }
    const offered_tls& tls_of(transport_role service) const {
        return service == transport_role::frontend_transport && is_exchange() ? front_end_tls : transport_tls;
    }
};

struct organization {
    std::string name;
    source_mark mark;
    located<std::vector<std::string>> accepted_domains;
    std::vector<accepted_domain> domain_settings; // of those that a cmdlet has set; the others are
                                                  // Authoritative, and the first one is the default
    std::vector<remote_domain> remote_domains{{"Default", {"*"}, {}}};
    /// Users whose mailbox is in Exchange Online: address → RemoteRoutingAddress.
    std::map<std::string, located<std::string>> remote_mailboxes;
    std::vector<server> servers;
    std::vector<send_connector> send_connectors;
    transport_config transport;
    std::vector<certificate_file> certificate_files; // on a share that its administrators reach
    std::vector<tenant> tenants;                     // of the organization that runs Exchange Online
    std::vector<shared_file> files;                  // likewise
    std::vector<edge_subscription> edge_subscriptions;
    edge_sync_service_config edge_sync;
    hybrid_configuration hybrid;

    bool accepts(std::string_view domain) const;
    /// The tenant of Exchange Online that accepts the domain; null: none does.
    const tenant* tenant_of(std::string_view domain) const;
    /// The settings of an accepted domain, defaults where no cmdlet has set any.
    accepted_domain settings_of(std::string_view domain) const;
    /// The domain of senders of reports; empty when none is accepted.
    std::string default_domain() const;
    /// Whether mail for an address in an accepted domain is sent on: it is in an external relay domain, or in
    /// an internal one and no server lists its mailbox.
    bool relays(std::string_view address) const;
    /// False: the address is in an authoritative domain, and its mailbox on no server although servers list
    /// theirs. An organization that lists none has every mailbox.
    bool knows(std::string_view address) const;
    /// The routing address of a remote mailbox; null: the address is of none.
    const located<std::string>* remote_routing_address(std::string_view address) const;
    /// Where the mailbox of an address is: the server that lists it, else the first Mailbox server. Null:
    /// none.
    const server* mailbox_server(std::string_view address) const;
};

/// Whose servers a sender's mail is submitted on: the service that has the mailbox in a tenant, else the
/// first organization that accepts the domain. Null: nobody's.
const organization* organization_of_sender(const std::vector<organization>& all, std::string_view address);

/// The default Receive connectors that setup makes for this server (on-premises sheet 3.4), in their
/// documented order.
std::vector<receive_connector> default_receive_connectors(const server& s);
/// Those that take part and that nobody sees or changes: that of Mailbox Transport Delivery.
std::vector<receive_connector> implicit_receive_connectors(const server& s);

} // namespace connlab::exchange
