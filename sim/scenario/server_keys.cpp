#include "sim/scenario/server_keys.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/scenario/certificate_keys.hpp"
#include "sim/scenario/default_certificate.hpp"
#include "sim/scenario/parameter_keys.hpp"
#include "sim/scenario/registry_keys.hpp"
#include "sim/scenario/stores_keys.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace connlab::scenario {

namespace {

using exchange::server_role;
using server_key = key<server_draft>;

void read_role(server_draft& d, const node& n, reading&) {
    for (const auto role :
         {server_role::mailbox, server_role::edge, server_role::smtp, server_role::exchange_online})
        if (exchange::to_string(role) == n.text)
            d.server.role = role;
}

void read_version(server_draft& d, const node& n, reading& r) {
    auto version = exchange::parse_exchange_version(n.text);
    if (version)
        d.server.version = *version;
    else
        r.error(n, "`Version`: " + version.error);
}

void read_time_zone(server_draft& d, const node& n, reading& r) {
    if (auto zone = parse_time_zone(n.text))
        d.server.where.zone = std::move(*zone);
    else
        r.error(n, "`TimeZone`: " + zone.error);
}

void read_culture(server_draft& d, const node& n, reading& r) {
    if (auto how = parse_culture(n.text))
        d.server.where.how = std::move(*how);
    else
        r.error(n, "`Culture`: " + how.error);
}

void read_fqdn(server_draft& d, const node& n, reading& r) {
    if (!is_domain_name(n.text))
        r.error(n, fmt::format("`Fqdn` is no host name: `{}`", n.text));
    d.server.fqdn = {n.text, n.mark()};
}

void read_addresses(server_draft& d, const node& n, reading& r) {
    std::vector<ip_address> addresses;
    for (const auto* entry : entries(n)) {
        const auto address = parse_ip_address(entry->text);
        if (address)
            addresses.push_back(*address);
        else
            r.error(*entry, "`IPAddress`: " + address.error);
    }
    d.server.addresses = {std::move(addresses), n.mark()};
}

template <class Value>
Value value_of_word(std::string_view word, std::initializer_list<std::pair<std::string_view, Value>> table) {
    for (const auto& [name, value] : table)
        if (name == word)
            return value;
    return {};
}

void read_ask(server_draft& d, const node& n, reading&) {
    using tls::client_certificate;
    const auto ask = value_of_word<client_certificate>(n.text, {{"No", client_certificate::not_asked},
                                                                {"Ask", client_certificate::asked},
                                                                {"Require", client_certificate::required}});
    d.server.partner.ask_client_certificate = {ask, n.mark()};
}

void read_tls_level(server_draft& d, const node& n, reading&) {
    using exchange::smtp_tls_level;
    const auto level = value_of_word<smtp_tls_level>(n.text, {{"None", smtp_tls_level::none},
                                                              {"May", smtp_tls_level::may},
                                                              {"Encrypt", smtp_tls_level::encrypt},
                                                              {"Verify", smtp_tls_level::verify},
                                                              {"Secure", smtp_tls_level::secure}});
    d.server.partner.tls_level = {level, n.mark()};
}

void read_client_certificate(server_draft& d, const node& n, reading& r) {
    const auto owner = d.server.organization + "/" + d.server.name;
    r.mention_name(mentioned::certificate, n, "`ClientCertificate`", owner);
    d.server.partner.client_certificate = {owner + "/" + n.text, n.mark()};
}

void read_tls_versions(server_draft& d, const node& n, reading&) {
    for (const auto& w : texts(n))
        if (const auto v = tls::parse_version(w))
            d.declared.tls_versions.push_back(*v);
}

void read_external(server_draft& d, const node& n, reading& r) {
    const auto where = parse_endpoint(n.text, 0);
    const bool loopback = where && !where->address.v6 && where->address.bytes[0] == 127 && where->port != 0;
    if (!loopback)
        r.error(n, "`External` is a loopback address and a port: 127.0.0.1:2525");
    d.server.external = n.text;
}

void read_trusts(server_draft& d, const node& n, reading& r) {
    for (const auto* entry : entries(n)) {
        r.mention_name(mentioned::authority, *entry, "`Trusts`");
        for (auto& a : r.world.authorities)
            if (a.recipe.id == entry->text)
                a.trusted_by.emplace_back(d.server.name, entry->mark());
    }
}

void read_internal_certificate(server_draft& d, const node& n, reading& r) {
    d.declared.internal_transport = located<std::string>(n.text, n.mark());
    d.server.internal_transport_mark = n.mark();
    if (n.text != "none" && !ascii_iequal(n.text, "Microsoft Exchange"))
        r.mention_name(mentioned::certificate, n, "`InternalTransportCertificate`",
                       d.server.organization + "/" + d.server.name);
}

void read_subscribed_with(server_draft& d, const node& n, reading& r) {
    d.declared.subscribed_with = located<std::string>(n.text, n.mark());
    if (n.text != "none" && !ascii_iequal(n.text, "Microsoft Exchange"))
        r.mention_name(mentioned::certificate, n, "`SubscribedWithCertificate`",
                       d.server.organization + "/" + d.server.name);
}

void read_default_certificate(server_draft& d, const node& n, reading&) {
    d.has_default_certificate = n.kind == node_kind::mapping;
    if (d.has_default_certificate)
        d.default_certificate = n;
    d.server.default_certificate_mark = n.mark();
}

void read_setup_certificates(server_draft& d, const node& n, reading&) {
    d.setup_certificates = n;
}

void read_own_certificates(server_draft& d, const node& n, reading& r) {
    read_certificates(n, d.server, d.declared, r);
}

exchange::receive_connector* connector_named(exchange::server& s, std::string_view name) {
    for (auto& c : s.receive_connectors)
        if (ascii_iequal(c.name, name))
            return &c;
    return nullptr;
}

exchange::receive_connector new_receive_connector(const exchange::server& s, const std::string& name) {
    exchange::receive_connector c;
    c.name = name;
    c.server = s.name;
    c.fqdn = s.fqdn.value; // as New-ReceiveConnector sets it
    c.role = s.role == server_role::edge ? exchange::transport_role::edge
                                         : exchange::transport_role::frontend_transport;
    return c;
}

/// One of them is demanded of whoever creates a connector, as the usages Internet (Bindings) and Internal
/// (RemoteIPRanges) do; the other one then is everything. With neither, rule R12 refuses it.
void complete_new(exchange::receive_connector& c) {
    if (!c.bindings.mark.known() && !c.remote_ip_ranges.mark.known())
        return;
    if (!c.bindings.mark.known())
        c.bindings = std::vector<endpoint>{*parse_endpoint("0.0.0.0:25", 25), *parse_endpoint("[::]:25", 25)};
    if (!c.remote_ip_ranges.mark.known())
        c.remote_ip_ranges =
            std::vector<ip_range>{*parse_ip_range("0.0.0.0-255.255.255.255"),
                                  *parse_ip_range("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")};
}

/// A default's name changes parameters of it, or takes it away (null); a new name adds a connector.
void read_receive_connectors(server_draft& d, const node& n, reading& r) {
    auto& s = d.server;
    refuse_same_names(n, "Receive connector", r);
    for (const auto& m : n.members) {
        auto* known = connector_named(s, m.key.text);
        if (m.value.is_null()) {
            if (known != nullptr)
                s.receive_connectors.erase(s.receive_connectors.begin() +
                                           (known - s.receive_connectors.data()));
            else
                r.error(m.key, fmt::format("{} has no Receive connector `{}` that could be taken away",
                                           s.name, m.key.text));
            continue;
        }
        const bool is_new = known == nullptr;
        if (is_new) {
            s.receive_connectors.push_back(new_receive_connector(s, m.key.text));
            known = &s.receive_connectors.back();
        }
        known->mark = m.key.mark();
        read_parameters(m.value, *known, r);
        if (is_new)
            complete_new(*known);
    }
}

const std::vector<std::string> exchange_keys{"Version",
                                             "WindowsServer",
                                             "Registry",
                                             "RegistryFile",
                                             "ReceiveConnectors",
                                             "InternalTransportCertificate",
                                             "DefaultCertificate",
                                             "SetupCertificates",
                                             "Site",
                                             "EdgeSubscription",
                                             "SubscribedWithCertificate",
                                             "Mailboxes",
                                             "UseDowngradedExchangeServerAuth",
                                             "IntraOrgConnectorProtocolLoggingLevel"};
const std::vector<std::string> partner_keys{
    "AskClientCertificate", "TlsLevel",    "OfferStartTls", "RefuseStartTls",
    "RequireTls",           "TlsVersions", "External",      "ClientCertificate"};

bool contains(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

void report_keys_of_other_roles(const node& mapping, const exchange::server& s, reading& r) {
    for (const auto& m : mapping.members) {
        const bool misplaced = contains(s.is_exchange() ? partner_keys : exchange_keys, m.key.text);
        if (misplaced && !m.value.is_null())
            r.error(
                m.key,
                fmt::format("`{}` is not for a server of Role {}", m.key.text, exchange::to_string(s.role)),
                s.is_exchange() ? "it is for Role Smtp and ExchangeOnline"
                                : "it is for Role Mailbox and Edge");
    }
}

std::string usual_windows(const exchange::exchange_version& v) {
    return v.product == "Exchange2013" ? "2012R2" : v.product == "Exchange2016" ? "2016" : "2019";
}

/// What the keys below Role, Version and Fqdn build on.
void complete(server_draft& d) {
    auto& s = d.server;
    s.retry = exchange::retry_settings_of(s.role);
    if (!s.is_exchange())
        return;
    if (s.version.product.empty())
        if (auto newest = exchange::parse_exchange_version("Exchange2019"))
            s.version = *newest;
    if (s.windows.empty())
        s.windows = usual_windows(s.version);
    s.receive_connectors = exchange::default_receive_connectors(s);
}

/// Keys that say what the server is; then those that need to know it.
key_table<server_draft> first_server_keys() {
    return {
        server_key("Role", word({"Mailbox", "Edge", "Smtp", "ExchangeOnline"}),
                   "Mailbox and Edge are Exchange servers; Smtp and ExchangeOnline are plain SMTP servers",
                   read_role, true),
        server_key("Version", text(),
                   "product and level: Exchange2019 CU12, Exchange2016 CU23 Feb26SU, ExchangeSE RTM",
                   read_version),
        server_key("WindowsServer", word({"2012R2", "2016", "2019", "2022", "2025"}),
                   "version of Windows Server",
                   [](server_draft& d, const node& n, reading&) { d.server.windows = n.text; }),
        server_key("Fqdn", text(), "host name with domain", read_fqdn, true),
        server_key("IPAddress", one_or_list(text()),
                   "declared address or addresses; never touched outside the lab", read_addresses, true),
        server_key(
            "TimeZone", text(),
            "Windows' name of the time zone (W. Europe Standard Time), a place (Europe/Berlin) or an offset "
            "(+05:30); default UTC",
            read_time_zone),
        server_key("Culture", text(), "culture of the server, like de-DE: how it prints dates; default en-US",
                   read_culture),
    };
}

key_table<server_draft> second_server_keys() {
    return {
        server_key("DefaultCertificate", either({word({"none"}), object("DefaultCertificate")}),
                   "the self-signed certificate that setup made; none: it was deleted",
                   read_default_certificate),
        server_key(
            "SetupCertificates", one_or_list(word(setup_certificate_words())),
            "certificates that setup, IIS or the hybrid wizard made and mail flow does not use, by their "
            "friendly names; those for authentication and federation are the same on every server of an "
            "organization. Default: left out",
            read_setup_certificates),
        server_key("Certificates", list_of(object("Certificate")),
                   "certificates in the store beside the default one", read_own_certificates),
        server_key(
            "InternalTransportCertificate", text(),
            "name of the certificate for Exchange's own connections; none: it is not set; default: setup's",
            read_internal_certificate),
        server_key("ReceiveConnectors", named(object("ReceiveConnector")),
                   "changes of default connectors, and further ones; null takes a default one away",
                   read_receive_connectors),
        server_key("RegistryFile", one_or_list(text()),
                   "names of .reg files; a path begins at the folder of the file that names it",
                   read_registry_files),
        server_key(
            "Registry", named(either({word({"-"}), named(one_or_list(text()))})),
            "keys of the registry (HKLM\\SYSTEM\\…) and their values: a number is a DWORD, a text REG_SZ, a "
            "list REG_MULTI_SZ; - takes a value or a key away. Set after Exchange setup and the files, "
            "before the services are started",
            read_registry),
        server_key("EdgeSubscription", text(), "Edge: the site it is subscribed to; default: none",
                   [](server_draft& d, const node& n, reading&) {
                       d.server.edge_subscription = {n.text, n.mark()};
                   }),
        server_key("SubscribedWithCertificate", text(),
                   "name of the internal transport certificate that this server (Edge or Mailbox) had when "
                   "the Edge was "
                   "subscribed; none: it came later; default: the present one",
                   read_subscribed_with),
        server_key("Site", text(), "Active Directory site; default: the same for all servers",
                   [](server_draft& d, const node& n, reading&) {
                       d.server.site = {n.text, n.mark()};
                   }),
        server_key(
            "Mailboxes", one_or_list(text()),
            "addresses whose mailbox is on this server. Where any server lists some, another address in an "
            "authoritative domain is unknown: its mail comes back as an NDR. Where none does, every address "
            "has its mailbox on the first Mailbox server",
            [](server_draft& d, const node& n, reading&) {
                d.server.mailboxes = {texts(n), n.mark()};
            }),
        server_key("UseDowngradedExchangeServerAuth", boolean(),
                   "Set-TransportService: GSSAPI without TLS where X-ANONYMOUSTLS is suppressed",
                   [](server_draft& d, const node& n, reading&) {
                       d.server.use_downgraded_exchange_server_auth = {is_true(n), n.mark()};
                   }),
        server_key("IntraOrgConnectorProtocolLoggingLevel", word({"None", "Verbose"}),
                   "Set-TransportService: the send log of the implicit connector",
                   [](server_draft& d, const node& n, reading&) {
                       d.server.intra_org_verbose_logging = {n.text == "Verbose", n.mark()};
                   }),
        server_key("Logon", word({"Accepts", "Refuses"}),
                   "what the server says to AUTH LOGIN; a plain SMTP server offers AUTH when it is written",
                   [](server_draft& d, const node& n, reading&) {
                       d.server.logon = {n.text == "Accepts", n.mark()};
                   }),
        server_key(
            "OcspStapling", boolean(),
            "true: as TLS server it sends the OCSP response about its certificate to clients that ask; "
            "default false: for SMTP this is not established",
            [](server_draft& d, const node& n, reading&) {
                d.server.ocsp_stapling = {is_true(n), n.mark()};
            }),
        server_key("Trusts", one_or_list(text()), "authorities whose certificate this server holds",
                   read_trusts),
        server_key("AskClientCertificate", word({"No", "Ask", "Require"}),
                   "whether a plain SMTP server asks for a client certificate; default No", read_ask),
        server_key("ClientCertificate", text(),
                   "name of the certificate that a plain SMTP server presents as TLS client; default: none",
                   read_client_certificate),
        server_key("TlsLevel", word({"None", "May", "Encrypt", "Verify", "Secure"}),
                   "what a plain SMTP server demands when it sends; default May", read_tls_level),
        server_key("OfferStartTls", boolean(), "false: no STARTTLS in the EHLO reply",
                   [](server_draft& d, const node& n, reading&) {
                       d.server.partner.offer_starttls = {is_true(n), n.mark()};
                   }),
        server_key("RefuseStartTls", boolean(), "true: STARTTLS is offered and then refused with 454",
                   [](server_draft& d, const node& n, reading&) {
                       d.server.partner.refuse_starttls = {is_true(n), n.mark()};
                   }),
        server_key("RequireTls", boolean(), "true: MAIL in clear is refused with 530 5.7.0",
                   [](server_draft& d, const node& n, reading&) {
                       d.server.partner.require_tls = {is_true(n), n.mark()};
                   }),
        server_key("TlsVersions", one_or_list(word({"TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"})),
                   "versions that a plain SMTP server speaks; default what a current OpenSSL offers",
                   read_tls_versions),
        server_key("External", text(), "127.0.0.1:PORT of a real process that answers for this server",
                   read_external),
    };
}

} // namespace

const key_table<server_draft>& server_keys() {
    static const auto table = joined(joined(first_server_keys(), second_server_keys()), windows_keys());
    return table;
}

void read_server(const member& m, exchange::organization& into, reading& r) {
    server_draft d;
    d.server.name = d.declared.name = m.key.text;
    d.server.organization = d.declared.organization = into.name;
    d.server.mark = m.key.mark();
    static const auto first = first_server_keys();
    static const auto second = joined(second_server_keys(), windows_keys());
    report_unknown_keys(m.value, names_of(server_keys()), "a server", r);
    read_known_keys(m.value, "a server", m.key.mark(), first, d, r);
    complete(d);
    report_keys_of_other_roles(m.value, d.server, r);
    read_known_keys(m.value, "a server", m.key.mark(), second, d, r);
    complete_reach(d);
    if (d.server.is_exchange() && d.has_default_certificate)
        d.declared.certificates.insert(
            d.declared.certificates.begin(),
            default_certificate(d.default_certificate ? &*d.default_certificate : nullptr, d.server, r));
    if (d.setup_certificates)
        for (auto& c : certificates_by_setup(*d.setup_certificates, d.server, r))
            d.declared.certificates.push_back(std::move(c));
    into.servers.push_back(std::move(d.server));
    r.world.servers.push_back(std::move(d.declared));
}

} // namespace connlab::scenario
