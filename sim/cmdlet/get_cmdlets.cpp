#include "sim/cmdlet/get_cmdlets.hpp"

#include "sim/base/date_texts.hpp"
#include "sim/cmdlet/formatting.hpp"
#include "sim/cmdlet/plain_arguments.hpp"
#include "sim/exchange/certificate_properties.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/parameters.hpp"

namespace connlab::cmdlet {

namespace {

using exchange::server;

// ---- views ----

template <class Object>
view_object properties_of(const Object& o, const std::vector<exchange::parameter<Object>>& table,
                          view_object first) {
    for (const auto& p : table)
        first.emplace_back(p.name, p.show(o));
    return first;
}

view_object view_of(const exchange::send_connector& c) {
    return properties_of(c, exchange::send_connector_parameters(), {{"Identity", c.name}, {"Name", c.name}});
}

view_object view_of(const exchange::receive_connector& c) {
    return properties_of(c, exchange::receive_connector_parameters(),
                         {{"Identity", c.identity()}, {"Server", c.server}, {"Name", c.name}});
}

view_object view_of(const exchange::transport_config& c) {
    return properties_of(c, exchange::transport_config_parameters(), {});
}

view_object view_of(const trace::queue_record& q) {
    return {{"Identity", q.identity},
            {"DeliveryType", q.delivery_type},
            {"Status", q.status},
            {"MessageCount", std::to_string(q.message_count)},
            {"NextHopDomain", q.next_hop_domain},
            {"TlsDomain", q.tls_domain},
            {"NextRetryTime", q.next_retry_local},
            {"LastError", q.last_error}};
}

std::string yes_or_no(bool b) {
    return b ? "True" : "False";
}

chain::verdict judged(const server& s, const exchange::stored_certificate& c, const shell& in) {
    if (in.known != nullptr)
        if (const auto known = in.known->find(s.name); known != in.known->end())
            return exchange::judge_own_chain(s, c, in.now, known->second).value;
    chain::signature_memo memo;
    return exchange::judge_own_chain(s, c, in.now, memo).value;
}

view_object view_of(const server& s, const exchange::stored_certificate& c, const shell& in) {
    const auto& f = c.cert.fields();
    const auto verdict = judged(s, c, in);
    return {{"CertificateDomains", "{" + join(c.cert.domains(), ", ") + "}"},
            {"FriendlyName", c.friendly_name},
            {"HasPrivateKey", yes_or_no(c.has_private_key())},
            {"IsSelfSigned", yes_or_no(exchange::is_self_signed(c))},
            {"Issuer", c.cert.issuer()},
            {"NotAfter", date_time(f.not_after, s.where)},
            {"NotBefore", date_time(f.not_before, s.where)},
            {"RootCAType", exchange::root_ca_type(verdict)},
            {"SerialNumber", f.serial},
            {"Services", exchange::service_names(c.services)},
            {"Status", exchange::status_of(c, verdict, in.now)},
            {"Subject", c.cert.subject()},
            {"Thumbprint", c.cert.thumbprint()}};
}

view_object view_of_service(const server& s) {
    return {{"Name", s.name},
            {"InternalTransportCertificateThumbprint", s.internal_transport_thumbprint},
            {"IntraOrgConnectorProtocolLoggingLevel", *s.intra_org_verbose_logging ? "Verbose" : "None"},
            {"MessageExpirationTimeout", format_duration(s.retry.message_expiration)},
            {"DelayNotificationTimeout", format_duration(s.retry.delay_notification)},
            {"OutboundConnectionFailureRetryInterval", format_duration(s.retry.outbound_interval)},
            {"TransientFailureRetryCount", std::to_string(s.retry.transient_count)},
            {"TransientFailureRetryInterval", format_duration(s.retry.transient_interval)},
            {"UseDowngradedExchangeServerAuth", yes_or_no(*s.use_downgraded_exchange_server_auth)}};
}

// ---- which objects ----

const std::vector<plain_parameter> by_identity{{"Identity", false, true}, {"Server"}};
const std::vector<plain_parameter> certificate_parameters{
    {"Thumbprint", false, true}, {"Identity"}, {"Server"}, {"DomainName"}};

bool is_meant(const std::string& wanted, const std::string& identity, const std::string& name) {
    return wanted.empty() || matches_pattern(identity, wanted) || matches_pattern(name, wanted);
}

bool on_server(const plain_arguments& given, const server& s) {
    const auto wanted = text_of(given, "Server");
    return wanted.empty() || ascii_iequal(wanted, s.name) || ascii_iequal(wanted, *s.fqdn);
}

view send_connectors(const shell& in, const plain_arguments& given) {
    view out{{}, {"Identity", "AddressSpaces", "Enabled"}};
    for (const auto& c : in.organization.send_connectors)
        if (is_meant(text_of(given, "Identity"), c.name, c.name))
            out.objects.push_back(view_of(c));
    return out;
}

view receive_connectors(const shell& in, const plain_arguments& given) {
    view out{{}, {"Identity", "Bindings", "Enabled"}};
    for (const auto& s : in.organization.servers)
        for (const auto& c : s.receive_connectors)
            if (s.is_exchange() && on_server(given, s) &&
                is_meant(text_of(given, "Identity"), c.identity(), c.name))
                out.objects.push_back(view_of(c));
    return out;
}

view transport_config(const shell& in, const plain_arguments& /*given*/) {
    return {{view_of(in.organization.transport)}, {"TLSSendDomainSecureList", "TLSReceiveDomainSecureList"}};
}

view transport_services(const shell& in, const plain_arguments& given) {
    view out{{}, {"Name", "MessageExpirationTimeout", "IntraOrgConnectorProtocolLoggingLevel"}};
    for (const auto& s : in.organization.servers)
        if (s.is_exchange() && is_meant(text_of(given, "Identity"), s.name, *s.fqdn))
            out.objects.push_back(view_of_service(s));
    return out;
}

/// With -DomainName in the order in which Exchange would choose for a connector of that FQDN.
std::vector<const exchange::stored_certificate*> certificates_of(const server& s, const std::string& domain,
                                                                 instant now) {
    std::vector<const exchange::stored_certificate*> out;
    for (const auto& c : s.certificates)
        out.push_back(&c);
    if (domain.empty())
        return out;
    exchange::receive_connector asked;
    asked.fqdn = domain;
    chain::signature_memo memo;
    const auto chosen =
        exchange::select_starttls_certificate(s, asked, now, exchange::behavior{}, memo).value.certificate;
    std::erase_if(out, [&](const auto* c) {
        return !exchange::match_names(c->cert, {domain}, exchange::behavior{}).matched;
    });
    std::stable_partition(out.begin(), out.end(), [&](const auto* c) { return c == chosen; });
    return out;
}

view certificates(const shell& in, const plain_arguments& given) {
    view out{{}, {"Thumbprint", "Services", "Subject"}};
    auto wanted = text_of(given, "Thumbprint");
    if (wanted.empty())
        wanted = text_of(given, "Identity");
    for (const auto& s : in.organization.servers) {
        if (!s.is_exchange() || !on_server(given, s))
            continue;
        for (const auto* c : certificates_of(s, text_of(given, "DomainName"), in.now))
            if (is_meant(wanted, s.name + "\\" + c->cert.thumbprint(), c->cert.thumbprint()))
                out.objects.push_back(view_of(s, *c, in));
        if (text_of(given, "Server").empty()) // without -Server the shell looks at the server it runs on
            break;
    }
    return out;
}

view accepted_domains(const shell& in, const plain_arguments& given) {
    view out{{}, {"Name", "DomainName", "DomainType", "Default"}};
    for (const auto& d : *in.organization.accepted_domains)
        if (is_meant(text_of(given, "Identity"), d, d))
            out.objects.push_back({{"Name", d},
                                   {"DomainName", d},
                                   {"DomainType", "Authoritative"},
                                   {"Default", yes_or_no(d == in.organization.accepted_domains->front())}});
    return out;
}

view queues(const shell& in, const plain_arguments& given) {
    view out{{}, {"Identity", "DeliveryType", "Status", "MessageCount", "NextHopDomain"}};
    const auto server_name = text_of(given, "Server");
    for (const auto& q : in.queues)
        if ((server_name.empty() || ascii_iequal(q.server, server_name)) &&
            is_meant(text_of(given, "Identity"), q.identity, q.identity))
            out.objects.push_back(view_of(q));
    return out;
}

struct get_cmdlet {
    std::string_view name;
    const std::vector<plain_parameter>* parameters;
    view (*show)(const shell&, const plain_arguments&);
    layout by_default = layout::table; // how the objects are printed when nothing is said
    bool letters = false;              // the default table shows services as letters
};

const get_cmdlet cmdlets[] = {
    {"Get-SendConnector", &by_identity, send_connectors},
    {"Get-ReceiveConnector", &by_identity, receive_connectors},
    {"Get-TransportConfig", &by_identity, transport_config, layout::list},
    {"Get-TransportService", &by_identity, transport_services},
    {"Get-ExchangeCertificate", &certificate_parameters, certificates, layout::table, true},
    {"Get-AcceptedDomain", &by_identity, accepted_domains},
    {"Get-Queue", &by_identity, queues},
};

const get_cmdlet* find(std::string_view name) {
    for (const auto& c : cmdlets)
        if (ascii_iequal(c.name, name))
            return &c;
    return nullptr;
}

// ---- what stands behind the bar ----

struct format_request {
    layout how = layout::by_default;
    std::vector<std::string> properties;
};

const std::vector<plain_parameter> format_parameters{
    {"Property", false, true}, {"AutoSize", true}, {"Wrap", true}};

std::optional<layout> layout_of(std::string_view name) {
    for (const auto* word : {"fl", "Format-List"})
        if (ascii_iequal(name, word))
            return layout::list;
    for (const auto* word : {"ft", "Format-Table"})
        if (ascii_iequal(name, word))
            return layout::table;
    if (ascii_iequal(name, "select") || ascii_iequal(name, "Select-Object"))
        return layout::by_default;
    return std::nullopt;
}

/// Absent: something was wrong and said.
std::optional<format_request> format_of(const statement& s, error_list& errors) {
    format_request out;
    for (const auto& stage : s.piped) {
        const auto how = layout_of(stage.name);
        if (!how) {
            errors.add(
                stage.where,
                fmt::format(
                    "`{}` is not supported behind `|`: supported are Format-List (fl), Format-Table (ft) "
                    "and Select-Object (select)",
                    stage.name));
            return std::nullopt;
        }
        const auto given = bind_plain(stage, format_parameters, errors);
        if (!given)
            return std::nullopt;
        out.how = *how == layout::by_default ? out.how : *how;
        if (const auto p = given->find("Property"); p != given->end())
            out.properties = written(p->second).items;
    }
    return out;
}

/// PowerShell prints few properties as a table and many as a list.
layout layout_for(const format_request& asked, layout by_default) {
    constexpr std::size_t most_columns = 4;
    if (asked.how != layout::by_default)
        return asked.how;
    if (asked.properties.empty())
        return by_default;
    return asked.properties.size() > most_columns ? layout::list : layout::table;
}

void show_letters(view& v) {
    for (auto& o : v.objects)
        for (auto& [name, text] : o)
            if (name == "Services") {
                std::string letters = ".......";
                constexpr std::string_view names[] = {"IMAP", "POP", "UM", "IIS", "SMTP", "Federation"};
                for (std::size_t i = 0; i < std::size(names); ++i)
                    if (text.find(names[i]) != std::string::npos)
                        letters[i] = "IPUWSF"[i];
                text = letters;
            }
}

} // namespace

const std::vector<std::string>& get_cmdlets() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (const auto& c : cmdlets)
            out.emplace_back(c.name);
        return out;
    }();
    return names;
}

namespace {

view found_by(const get_cmdlet& c, const statement& s, const plain_arguments& given, const shell& in,
              error_list& errors) {
    auto v = c.show(in, given);
    if (v.objects.empty() && given.count("Identity") + given.count("Thumbprint") > 0)
        errors.add(s.where,
                   fmt::format("The operation couldn't be performed because object '{}' couldn't be found "
                               "(our wording)",
                               text_of(given, given.count("Identity") > 0 ? "Identity" : "Thumbprint")));
    return v;
}

} // namespace

std::optional<std::string> run_get(const statement& s, const shell& in, error_list& errors) {
    const auto* c = find(s.name);
    if (c == nullptr)
        return std::nullopt;
    const auto given = bind_plain(s, *c->parameters, errors);
    const auto format = format_of(s, errors);
    if (!given || !format)
        return std::string{};
    auto v = found_by(*c, s, *given, in, errors);
    const auto how = layout_for(*format, c->by_default);
    if (c->letters && how == layout::table)
        show_letters(v);
    return printed(v, how, format->properties);
}

std::optional<std::vector<view_object>> objects_of(const statement& s, const shell& in, error_list& errors) {
    const auto* c = find(s.name);
    if (c == nullptr)
        return std::nullopt;
    const auto given = bind_plain(s, *c->parameters, errors);
    return given ? found_by(*c, s, *given, in, errors).objects : std::vector<view_object>{};
}

bool check_get(const statement& s, error_list& errors) {
    const auto* c = find(s.name);
    if (c == nullptr)
        return false;
    bind_plain(s, *c->parameters, errors);
    format_of(s, errors);
    return true;
}

} // namespace connlab::cmdlet
