#include "sim/cmdlet/get_cmdlets.hpp"

#include "sim/base/date_texts.hpp"
#include "sim/cmdlet/certificate_view.hpp"
#include "sim/cmdlet/plain_arguments.hpp"
#include "sim/exchange/decisions.hpp"
#include "sim/exchange/parameter_values.hpp"

#include <tuple>

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

view_object view_of(const server& s) {
    return properties_of(s, exchange::transport_service_parameters(),
                         {{"Name", s.name}, {"Identity", s.name}});
}

view_object view_of_frontend(const server& s) {
    return properties_of(s.frontend, exchange::frontend_transport_service_parameters(),
                         {{"Name", s.name}, {"Identity", s.name}});
}

view_object view_of_mailbox_transport(const server& s) {
    return properties_of(s.mailbox_transport, exchange::mailbox_transport_service_parameters(),
                         {{"Name", s.name}, {"Identity", s.name}});
}

view_object view_of(const exchange::organization& o, const exchange::accepted_domain& d) {
    const bool is_default = d.domain == o.default_domain();
    auto out = properties_of(d, exchange::accepted_domain_parameters(), {});
    for (auto& [name, text] : out)
        if (name == "MakeDefault") // what Set- calls so
            std::tie(name, text) = std::pair("Default", exchange::show_boolean(is_default));
    out.insert(out.begin() + 1, {"DomainName", d.domain});
    return out;
}

view_object view_of(const exchange::remote_domain& d) {
    return properties_of(d, exchange::remote_domain_parameters(),
                         {{"Name", d.name}, {"DomainName", *d.domain_name}});
}

// ---- which objects ----

const std::vector<plain_parameter> by_name{{"Identity", false, true}, {"Server"}};
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
            out.objects.push_back(view_of(s));
    return out;
}

view frontend_transport_services(const shell& in, const plain_arguments& given) {
    view out{{}, {"Name", "IntraOrgConnectorProtocolLoggingLevel", "MaxConnectionRatePerMinute"}};
    for (const auto& s : in.organization.servers)
        if (s.role == exchange::server_role::mailbox && is_meant(text_of(given, "Identity"), s.name, *s.fqdn))
            out.objects.push_back(view_of_frontend(s));
    return out;
}

view mailbox_transport_services(const shell& in, const plain_arguments& given) {
    view out{{}, {"Name", "MailboxDeliveryConnectorProtocolLoggingLevel"}};
    for (const auto& s : in.organization.servers)
        if (s.role == exchange::server_role::mailbox && is_meant(text_of(given, "Identity"), s.name, *s.fqdn))
            out.objects.push_back(view_of_mailbox_transport(s));
    return out;
}

/// Those with a private key; with -DomainName in the order in which Exchange would choose for a connector of
/// that FQDN.
std::vector<const exchange::stored_certificate*> certificates_of(const server& s, const std::string& domain,
                                                                 instant now) {
    std::vector<const exchange::stored_certificate*> out;
    for (const auto& c : s.certificates)
        if (c.has_private_key())
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
    const auto domain = text_of(given, "DomainName");
    const auto is_wanted = [&](const server& s, const exchange::stored_certificate& c) {
        const auto& thumbprint = c.cert.thumbprint();
        return is_meant(wanted, s.name + "\\" + thumbprint, thumbprint) ||
               matches_pattern(*s.fqdn + "\\" + thumbprint, wanted);
    };
    for (const auto& s : in.organization.servers) {
        if (!s.is_exchange() || !on_server(given, s))
            continue;
        for (const auto* c : certificates_of(s, domain, in.now))
            if (is_wanted(s, *c))
                out.objects.push_back(view_of_certificate(s, *c, in));
        for (const auto& c : s.pending_requests)
            if (domain.empty() && is_wanted(s, c))
                out.objects.push_back(view_of_request(s, c));
        if (text_of(given, "Server").empty()) // without -Server the shell looks at the server it runs on
            break;
    }
    return out;
}

view accepted_domains(const shell& in, const plain_arguments& given) {
    view out{{}, {"Name", "DomainName", "DomainType", "Default"}};
    const auto& o = in.organization;
    for (const auto& domain : *o.accepted_domains)
        if (const auto d = o.settings_of(domain); is_meant(text_of(given, "Identity"), domain, *d.name))
            out.objects.push_back(view_of(o, d));
    return out;
}

view remote_domains(const shell& in, const plain_arguments& given) {
    view out{{}, {"Name", "DomainName", "AllowedOOFType"}};
    for (const auto& d : in.organization.remote_domains)
        if (is_meant(text_of(given, "Identity"), d.name, *d.domain_name))
            out.objects.push_back(view_of(d));
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
    {"Get-SendConnector", &by_name, send_connectors},
    {"Get-ReceiveConnector", &by_name, receive_connectors},
    {"Get-TransportConfig", &by_name, transport_config, layout::list},
    {"Get-TransportService", &by_name, transport_services},
    {"Get-FrontendTransportService", &by_name, frontend_transport_services},
    {"Get-MailboxTransportService", &by_name, mailbox_transport_services},
    {"Get-ExchangeCertificate", &certificate_parameters, certificates, layout::table, true},
    {"Get-AcceptedDomain", &by_name, accepted_domains},
    {"Get-RemoteDomain", &by_name, remote_domains},
    {"Get-Queue", &by_name, queues},
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
