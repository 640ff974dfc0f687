#include "sim/cmdlet/object_cmdlets.hpp"

#include "sim/base/date_texts.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/cmdlet/plain_arguments.hpp"
#include "sim/exchange/decisions.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::organization;
using exchange::server;
using exchange::stored_certificate;

constexpr const char* not_found =
    "The operation couldn't be performed because object '{}' couldn't be found (our wording)";

/// The organization that is changed, and where the answers go.
struct work {
    const statement& text;
    const shell& in;
    organization& draft;
    error_list& errors;
    outcome& out;

    void fail(std::string message, std::string hint = {}) const {
        errors.add(text.where, std::move(message), std::move(hint));
    }
    void changed(const std::string& line) const { out.changed += (out.changed.empty() ? "" : "\n") + line; }
    void printed(const std::string& line) const { out.output += (out.output.empty() ? "" : "\n") + line; }
};

server* server_of(const work& w, const plain_arguments& given) {
    const auto wanted = text_of(given, "Server");
    for (auto& s : w.draft.servers)
        if (s.is_exchange() &&
            (wanted.empty() || ascii_iequal(wanted, s.name) || same_domain(wanted, *s.fqdn)))
            return &s;
    w.fail(fmt::format(not_found, wanted));
    return nullptr;
}

// ---- connectors ----

/// The usage of New-ReceiveConnector and New-SendConnector: a switch or -Usage; empty: Custom.
std::string take_usage(statement& s) {
    std::string usage;
    std::erase_if(s.arguments, [&](const argument& a) {
        for (const auto* word : {"Custom", "Internal", "Internet", "Partner", "Client"}) {
            if (ascii_iequal(a.name, word) && !a.content)
                usage = word;
            if (ascii_iequal(a.name, "Usage") && a.content && ascii_iequal(a.content->text, word))
                usage = word;
        }
        return ascii_iequal(a.name, "Usage") || (!usage.empty() && ascii_iequal(a.name, usage));
    });
    return usage;
}

/// -Server of New-ReceiveConnector; empty: the first server.
std::string take_server(statement& s) {
    std::string name;
    std::erase_if(s.arguments, [&](const argument& a) {
        if (!ascii_iequal(a.name, "Server") || !a.content)
            return false;
        name = a.content->text;
        return true;
    });
    return name;
}

template <class Connector>
std::optional<Connector> created(const work& w, const statement& s, Connector c,
                                 const cmdlet_shape<Connector>& shape) {
    auto command = binder<Connector>(shape, w.errors).bind(s);
    if (!command)
        return std::nullopt;
    c.name = command->new_name ? command->new_name->text : command->identity->text;
    c.mark = w.errors.mark(s.where);
    bool good = true;
    for (const auto& setting : command->settings)
        good = apply(setting, c, w.errors) && good;
    return good ? std::optional(std::move(c)) : std::nullopt;
}

/// `New-` takes -Name where `Set-` takes -Identity.
statement with_identity(statement s) {
    for (auto& a : s.arguments)
        if (ascii_iequal(a.name, "Name"))
            a.name = "Identity";
    return s;
}

void new_send_connector(const work& w) {
    auto s = with_identity(w.text);
    take_usage(s);
    static const cmdlet_shape<exchange::send_connector> shape{"New-SendConnector", "Send connector",
                                                              exchange::send_connector_parameters, true};
    auto c = created(w, s, exchange::send_connector{}, shape);
    if (!c)
        return;
    if (c->address_spaces->empty())
        return w.fail("New-SendConnector needs AddressSpaces");
    for (const auto& other : w.draft.send_connectors)
        if (ascii_iequal(other.name, c->name))
            return w.fail(fmt::format("there is a Send connector `{}` already (our wording)", c->name));
    const auto found = exchange::validate(*c, w.draft.servers.front().role);
    w.out.findings.insert(w.out.findings.end(), found.begin(), found.end());
    w.changed("Send connector " + c->name + ": created");
    w.draft.send_connectors.push_back(std::move(*c));
}

/// What each usage type sets ("Receive connectors": usage types).
void apply_usage(exchange::receive_connector& c, const std::string& usage) {
    using namespace exchange;
    const auto all_on = [&](std::uint16_t port) {
        c.bindings = std::vector<endpoint>{*parse_endpoint(fmt::format("0.0.0.0:{}", port), port),
                                           *parse_endpoint(fmt::format("[::]:{}", port), port)};
    };
    c.auth = std::uint32_t{auth_tls};
    if (usage == "Client") {
        c.auth = std::uint32_t{auth_tls | auth_basic | auth_basic_require_tls | auth_integrated};
        c.permissions = std::uint32_t{group_exchange_users};
        all_on(587);
    } else if (usage == "Internal") {
        c.auth = std::uint32_t{auth_tls | auth_exchange_server};
        c.permissions = std::uint32_t{group_exchange_legacy_servers | group_exchange_servers};
        all_on(25);
    } else if (usage == "Internet") {
        c.permissions = std::uint32_t{group_anonymous_users};
        c.remote_ip_ranges = std::vector<ip_range>{*parse_ip_range("0.0.0.0-255.255.255.255")};
    } else if (usage == "Partner") {
        c.permissions = std::uint32_t{group_partners};
    }
}

void new_receive_connector(const work& w) {
    auto s = with_identity(w.text);
    const auto usage = take_usage(s);
    const auto name = take_server(s);
    server* on = nullptr;
    for (auto& one : w.draft.servers)
        if (on == nullptr && one.is_exchange() && (name.empty() || ascii_iequal(name, one.name)))
            on = &one;
    if (on == nullptr)
        return w.fail(fmt::format(not_found, name));
    exchange::receive_connector fresh;
    fresh.server = on->name;
    fresh.fqdn = *on->fqdn;
    fresh.role = on->role == exchange::server_role::edge ? exchange::transport_role::edge
                                                         : exchange::transport_role::hub_transport;
    apply_usage(fresh, usage);
    static const cmdlet_shape<exchange::receive_connector> shape{
        "New-ReceiveConnector", "Receive connector", exchange::receive_connector_parameters, true};
    auto c = created(w, s, std::move(fresh), shape);
    if (!c)
        return;
    for (const auto& other : on->receive_connectors)
        if (ascii_iequal(other.name, c->name))
            return w.fail(
                fmt::format("there is a Receive connector `{}` already (our wording)", c->identity()));
    on->receive_connectors.push_back(*c);
    for (const auto& found : {exchange::validate(*c, *on), exchange::validate(*on)})
        w.out.findings.insert(w.out.findings.end(), found.begin(), found.end());
    w.changed("Receive connector " + c->identity() + ": created");
}

const std::vector<plain_parameter> by_identity{{"Identity", false, true}, {"Force", true}};

void remove_send_connector(const work& w) {
    const auto given = bind_plain(w.text, by_identity, w.errors);
    if (!given)
        return;
    const auto name = text_of(*given, "Identity");
    if (std::erase_if(w.draft.send_connectors, [&](const auto& c) { return ascii_iequal(c.name, name); }) ==
        0)
        return w.fail(fmt::format(not_found, name));
    w.changed("Send connector " + name + ": removed");
}

void remove_receive_connector(const work& w) {
    const auto given = bind_plain(w.text, by_identity, w.errors);
    if (!given)
        return;
    const auto name = text_of(*given, "Identity");
    std::size_t removed = 0;
    for (auto& s : w.draft.servers)
        removed += std::erase_if(s.receive_connectors,
                                 [&](const auto& c) { return ascii_iequal(c.identity(), name); });
    if (removed == 0)
        return w.fail(fmt::format(not_found, name), "the identity of a Receive connector is SERVER\\Name");
    w.changed("Receive connector " + name + ": removed");
}

// ---- certificates ----

const std::vector<plain_parameter> enable_parameters{
    {"Thumbprint", false, true},    {"Services"}, {"Server"}, {"Force", true}, {"DoNotRequireSsl", true},
    {"NetworkServiceAllowed", true}};

stored_certificate* certificate_of(const work& w, server& s, const std::string& thumbprint) {
    for (auto& c : s.certificates)
        if (ascii_iequal(c.cert.thumbprint(), thumbprint))
            return &c;
    w.fail(fmt::format("The certificate with thumbprint {} was not found on {} (our wording)", thumbprint,
                       s.name));
    return nullptr;
}

std::optional<std::uint32_t> services_of(const work& w, const plain_arguments& given) {
    using namespace exchange;
    static const std::pair<std::string_view, std::uint32_t> table[] = {
        {"IMAP", service_imap}, {"POP", service_pop},   {"UM", service_um},
        {"IIS", service_iis},   {"SMTP", service_smtp}, {"Federation", service_federation},
        {"None", service_none}};
    std::uint32_t out = 0;
    const auto services = given.find("Services");
    if (services == given.end()) {
        w.fail("Enable-ExchangeCertificate needs -Services");
        return std::nullopt;
    }
    for (const auto& item : written(services->second).items)
        for (const auto& word : split(item, ',')) {
            const auto known = std::find_if(std::begin(table), std::end(table), [&](const auto& row) {
                return ascii_iequal(row.first, trim(word));
            });
            if (known == std::end(table)) {
                w.errors.add(
                    services->second.where,
                    fmt::format("`Services`: `{}` is not one of IMAP, POP, UM, IIS, SMTP, Federation, None",
                                word));
                return std::nullopt;
            }
            out |= known->second;
        }
    return out;
}

/// Services are added and never taken away; SMTP asks about the default certificate, and No is the answer
/// unless -Force says Yes.
void enable_certificate(const work& w) {
    const auto given = bind_plain(w.text, enable_parameters, w.errors);
    auto* s = given ? server_of(w, *given) : nullptr;
    auto* c = s != nullptr ? certificate_of(w, *s, text_of(*given, "Thumbprint")) : nullptr;
    const auto services = c != nullptr ? services_of(w, *given) : std::nullopt;
    if (!services)
        return;
    const auto before = c->services;
    c->services |= *services;
    if (c->services != before)
        w.changed(fmt::format("Certificate {} on {}: services added", c->cert.thumbprint(), s->name));
    const bool asks = (*services & exchange::service_smtp) != 0 &&
                      !ascii_iequal(s->internal_transport_thumbprint, c->cert.thumbprint());
    if (!asks)
        return;
    if (is_on(*given, "Force")) {
        w.changed(fmt::format("{}: InternalTransportCertificateThumbprint {} → {}", s->name,
                              s->internal_transport_thumbprint, c->cert.thumbprint()));
        s->internal_transport_thumbprint = c->cert.thumbprint();
    } else {
        w.printed(fmt::format(
            "Overwrite the existing default SMTP certificate? Current certificate: '{}'; replace it "
            "with certificate: '{}': No (the lab's answer; -Force says Yes)",
            s->internal_transport_thumbprint, c->cert.thumbprint()));
    }
}

/// Refused while a Send connector names it: by issuer and subject, so also after a renewal with the same
/// names.
void remove_certificate(const work& w) {
    const auto given =
        bind_plain(w.text, {{"Thumbprint", false, true}, {"Server"}, {"Force", true}}, w.errors);
    auto* s = given ? server_of(w, *given) : nullptr;
    auto* c = s != nullptr ? certificate_of(w, *s, text_of(*given, "Thumbprint")) : nullptr;
    if (c == nullptr)
        return;
    const auto identifier = "<I>" + c->cert.issuer() + "<S>" + c->cert.subject();
    std::vector<std::string> tagged;
    for (const auto& connector : w.draft.send_connectors)
        if (ascii_iequal(*connector.tls_certificate_name, identifier))
            tagged.push_back(connector.name);
    if (!tagged.empty())
        return w.fail(fmt::format("A special Rpc error occurs on server {}: These certificates are tagged "
                                  "with following Send Connectors : {}. "
                                  "Removing and replacing certificates from Send Connector would break the "
                                  "mail flow. If you still want to "
                                  "proceed then replace or remove these certificates from Send Connector and "
                                  "then try this command.",
                                  s->name, join(tagged, ", ")));
    const auto thumbprint = c->cert.thumbprint();
    std::erase_if(s->certificates, [&](const auto& one) { return &one == c; });
    w.changed(fmt::format("Certificate {} on {}: removed", thumbprint, s->name));
}

// ---- servers ----

const std::vector<plain_parameter> service_parameters{{"Identity", false, true},
                                                      {"InternalTransportCertificateThumbprint"},
                                                      {"UseDowngradedExchangeServerAuth"},
                                                      {"IntraOrgConnectorProtocolLoggingLevel"},
                                                      {"MessageExpirationTimeout"},
                                                      {"DelayNotificationTimeout"},
                                                      {"OutboundConnectionFailureRetryInterval"},
                                                      {"TransientFailureRetryCount"},
                                                      {"TransientFailureRetryInterval"}};

bool set_duration(const work& w, const plain_arguments& given, std::string_view name, duration& into) {
    const auto text = text_of(given, name);
    if (text.empty())
        return true;
    const auto d = parse_duration(text);
    if (!d) {
        w.errors.add(given.find(name)->second.where, fmt::format("`{}`: {}", name, d.error));
        return false;
    }
    into = *d;
    return true;
}

void set_transport_service(const work& w) {
    const auto given = bind_plain(w.text, service_parameters, w.errors);
    if (!given)
        return;
    server* s = nullptr;
    for (auto& one : w.draft.servers)
        if (ascii_iequal(one.name, text_of(*given, "Identity")))
            s = &one;
    if (s == nullptr || !s->is_exchange())
        return w.fail(fmt::format(not_found, text_of(*given, "Identity")));
    const auto mark = w.errors.mark(w.text.where);
    if (given->count("InternalTransportCertificateThumbprint") > 0)
        s->internal_transport_thumbprint =
            ascii_upper(text_of(*given, "InternalTransportCertificateThumbprint"));
    if (given->count("UseDowngradedExchangeServerAuth") > 0)
        s->use_downgraded_exchange_server_auth = {is_on(*given, "UseDowngradedExchangeServerAuth"), mark};
    if (const auto level = text_of(*given, "IntraOrgConnectorProtocolLoggingLevel"); !level.empty()) {
        if (!ascii_iequal(level, "Verbose") && !ascii_iequal(level, "None"))
            return w.fail(
                fmt::format("`IntraOrgConnectorProtocolLoggingLevel`: `{}` is not None or Verbose", level));
        s->intra_org_verbose_logging = {ascii_iequal(level, "Verbose"), mark};
    }
    auto& r = s->retry;
    const auto count = text_of(*given, "TransientFailureRetryCount");
    if (!count.empty() && (count.size() > 2 || count.find_first_not_of("0123456789") != std::string::npos ||
                           std::stoi(count) > 15))
        return w.fail(fmt::format("`TransientFailureRetryCount`: `{}` is not a number from 0 to 15", count));
    if (!count.empty())
        r.transient_count = std::stoi(count);
    if (set_duration(w, *given, "MessageExpirationTimeout", r.message_expiration) &&
        set_duration(w, *given, "DelayNotificationTimeout", r.delay_notification) &&
        set_duration(w, *given, "OutboundConnectionFailureRetryInterval", r.outbound_interval) &&
        set_duration(w, *given, "TransientFailureRetryInterval", r.transient_interval))
        w.changed("Transport service of " + s->name + ": set");
}

// ---- queues ----

void order_queue(const work& w, queue_verb what) {
    const auto given = bind_plain(w.text, {{"Identity", false, true}, {"Resubmit"}}, w.errors);
    if (!given)
        return;
    const auto identity = text_of(*given, "Identity");
    for (const auto& q : w.in.queues)
        if (ascii_iequal(q.identity, identity)) {
            w.out.queue_commands.push_back({what, q.identity});
            return;
        }
    w.fail(fmt::format(not_found, identity), "Get-Queue shows the queues; their identity is SERVER\\Number");
}

struct object_cmdlet {
    std::string_view name;
    void (*run)(const work&);
};

const object_cmdlet cmdlets[] = {
    {"New-SendConnector", new_send_connector},
    {"Remove-SendConnector", remove_send_connector},
    {"New-ReceiveConnector", new_receive_connector},
    {"Remove-ReceiveConnector", remove_receive_connector},
    {"Enable-ExchangeCertificate", enable_certificate},
    {"Remove-ExchangeCertificate", remove_certificate},
    {"Set-TransportService", set_transport_service},
    {"Retry-Queue", [](const work& w) { order_queue(w, queue_verb::retry); }},
    {"Suspend-Queue", [](const work& w) { order_queue(w, queue_verb::suspend); }},
    {"Resume-Queue", [](const work& w) { order_queue(w, queue_verb::resume); }},
};

const object_cmdlet* find(std::string_view name) {
    for (const auto& c : cmdlets)
        if (ascii_iequal(c.name, name))
            return &c;
    return nullptr;
}

} // namespace

const std::vector<std::string>& object_cmdlets() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (const auto& c : cmdlets)
            out.emplace_back(c.name);
        return out;
    }();
    return names;
}

bool run_on_objects(const statement& s, const shell& in, organization& draft, error_list& errors,
                    outcome& out) {
    const auto* c = find(s.name);
    if (c == nullptr)
        return false;
    if (!s.piped.empty())
        errors.add(s.piped.front().where, fmt::format("{} is followed by no `|`", c->name));
    else
        c->run({s, in, draft, errors, out});
    return true;
}

bool check_on_objects(const statement& s, error_list& errors) {
    const auto* c = find(s.name);
    if (c != nullptr && !s.piped.empty())
        errors.add(s.piped.front().where, fmt::format("{} is followed by no `|`", c->name));
    return c != nullptr;
}

} // namespace connlab::cmdlet
