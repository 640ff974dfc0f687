#include "sim/exchange/edge_replication.hpp"

#include "certs/base64.hpp"
#include "certs/digest.hpp"
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace connlab::exchange {

namespace {

constexpr std::string_view certificate_attribute = "msExchServerInternalTLSCert";

/// As LDIF has it: a text that is not one line stands in base64 behind two colons.
std::string line_of(std::string_view name, std::string_view text) {
    const bool plain = text.find_first_of("\r\n") == std::string_view::npos &&
                       (text.empty() || (text.front() != ' ' && text.front() != ':'));
    return plain ? fmt::format("{}: {}\n", name, text)
                 : fmt::format("{}:: {}\n", name, certs::base64_encoded(text));
}

using attribute_lines = std::vector<std::pair<std::string, std::string>>;

attribute_lines lines_of(const edge_entry& e) {
    attribute_lines out;
    for (const auto& line : split(e.attributes, '\n')) {
        const auto colon = line.find(':');
        if (colon == std::string::npos)
            continue;
        const bool encoded = line.compare(colon, 2, "::") == 0;
        const auto begin = std::min(line.size(), colon + (encoded ? 3 : 2));
        auto text = line.substr(begin);
        if (encoded)
            text = certs::base64_decoded(text).value_or(std::string{});
        out.emplace_back(line.substr(0, colon), std::move(text));
    }
    return out;
}

/// What differs from a new object, by the parameters' own names.
template <class Object>
std::string attributes_of(const Object& o, const std::vector<parameter<Object>>& table) {
    const Object fresh;
    std::string out;
    for (const auto& p : table) {
        const auto shown = p.show(o);
        if (shown == p.show(fresh))
            continue;
        if (!p.items)
            out += line_of(p.name, shown);
        else
            for (const auto& item : p.items(o))
                out += line_of(p.name, item);
    }
    return out;
}

/// Reads what attributes_of has written. `known`: the same object in AD, whose values know their places.
template <class Object>
parsed<Object> object_of(const edge_entry& e, const std::vector<parameter<Object>>& table,
                         const Object* known) {
    std::map<std::string, written_value, ascii_iless> values;
    for (auto& [name, text] : lines_of(e)) {
        auto& v = values[name];
        v.is_list = !v.items.empty();
        v.items.push_back(std::move(text));
    }
    Object out;
    for (const auto& p : table) {
        const auto found = values.find(p.name);
        if (found == values.end())
            continue;
        const auto set = p.set(out, found->second, known != nullptr ? p.mark(*known) : source_mark{});
        if (!set)
            return parsed<Object>::fail(fmt::format("{}: {}", p.name, set.error));
    }
    return parsed<Object>::ok(std::move(out));
}

std::string name_in(const edge_entry& e, std::string_view container) {
    return e.name.substr(3, e.name.size() - 3 - container.size()); // behind CN=
}

std::string entry_name(std::string_view object, std::string_view container) {
    return fmt::format("CN={}{}", object, container);
}

bool has_source(const send_connector& c, const edge_subscription& e) {
    const auto& all = *c.source_transport_servers;
    return std::any_of(all.begin(), all.end(), [&](const std::string& name) {
        return ascii_iequal(name, e.name) || same_domain(name, e.fqdn);
    });
}

template <class Objects, class Name>
auto find_named(const Objects& all, const std::string& wanted, Name name) -> decltype(&*all.begin()) {
    for (const auto& one : all)
        if (ascii_iequal(name(one), wanted))
            return &one;
    return nullptr;
}

template <class Objects, class Name>
void put(Objects& all, typename Objects::value_type fresh, Name name) {
    for (auto& one : all)
        if (ascii_iequal(name(one), name(fresh))) {
            one = std::move(fresh);
            return;
        }
    all.push_back(std::move(fresh));
}

const auto by_name = [](const auto& one) { return one.name; };
const auto by_domain = [](const accepted_domain& d) { return d.domain; };

parsed<bool> store_connector(server& edge, const edge_entry& e, const organization& ad) {
    const auto name = name_in(e, connections);
    const auto* known = find_named(ad.send_connectors, name, by_name);
    auto c = object_of(e, send_connector_parameters(), known);
    if (!c)
        return parsed<bool>::fail(std::move(c.error));
    if (c->tls_certificate_name->size() > longest_certificate_name)
        return parsed<bool>::fail("A value in the request is invalid.");
    c->name = name;
    c->mark = known != nullptr ? known->mark : source_mark{};
    put(edge.adlds.send_connectors, std::move(*c), by_name);
    return parsed<bool>::ok(true);
}

parsed<bool> store_accepted_domain(server& edge, const edge_entry& e, const organization& ad) {
    const auto domain = name_in(e, accepted_domains_container);
    auto d = object_of(e, accepted_domain_parameters(), find_named(ad.domain_settings, domain, by_domain));
    if (!d)
        return parsed<bool>::fail(std::move(d.error));
    d->domain = domain;
    put(edge.adlds.accepted_domains, std::move(*d), by_domain);
    return parsed<bool>::ok(true);
}

parsed<bool> store_remote_domain(server& edge, const edge_entry& e, const organization& ad) {
    const auto name = name_in(e, remote_domains_container);
    auto d = object_of(e, remote_domain_parameters(), find_named(ad.remote_domains, name, by_name));
    if (!d)
        return parsed<bool>::fail(std::move(d.error));
    d->name = name;
    d->domain_name = attribute_of(e, "DomainName");
    put(edge.adlds.remote_domains, std::move(*d), by_name);
    return parsed<bool>::ok(true);
}

parsed<bool> store_transport_settings(server& edge, const edge_entry& e, const organization& ad) {
    auto t = object_of(e, transport_config_parameters(), &ad.transport);
    if (!t)
        return parsed<bool>::fail(std::move(t.error));
    edge.adlds.transport = std::move(*t);
    return parsed<bool>::ok(true);
}

parsed<bool> read_object(server& edge, const edge_entry& e, const organization& ad) {
    if (lies_in(e, connections))
        return store_connector(edge, e, ad);
    if (lies_in(e, accepted_domains_container))
        return store_accepted_domain(edge, e, ad);
    if (lies_in(e, remote_domains_container))
        return store_remote_domain(edge, e, ad);
    return e.name == transport_settings ? store_transport_settings(edge, e, ad) : parsed<bool>::ok(true);
}

// ---- from Active Directory ----

void add_domains(const organization& o, std::vector<edge_entry>& out) {
    for (const auto& domain : *o.accepted_domains) {
        auto d = o.settings_of(domain);
        d.is_default = domain == o.default_domain();
        out.push_back(
            {entry_name(domain, accepted_domains_container), attributes_of(d, accepted_domain_parameters())});
    }
    for (const auto& d : o.remote_domains)
        out.push_back({entry_name(d.name, remote_domains_container),
                       line_of("DomainName", *d.domain_name) + attributes_of(d, remote_domain_parameters())});
}

void add_servers(const edge_subscription& e, std::vector<edge_entry>& out) {
    for (const auto& m : e.members)
        out.push_back({entry_name(m.name, servers_container),
                       line_of("networkAddress", m.fqdn) + line_of("site", e.site) +
                           line_of(certificate_attribute, certs::base64_encoded(m.certificate.der()))});
}

void add_credentials(const edge_subscription& e, std::vector<edge_entry>& out) {
    for (const auto& c : e.credentials)
        if (!c.source_server_fqdn.empty())
            out.push_back({entry_name(c.user_name, credentials_container),
                           line_of("TargetServerFQDN", c.target_server_fqdn) +
                               line_of("SourceServerFQDN", c.source_server_fqdn) +
                               line_of("EffectiveTime", format_instant(c.effective)) +
                               line_of("ExpirationTime", format_instant(c.expiration)) +
                               line_of("Password", certs::base64_encoded(c.password))});
}

/// Their addresses never leave in clear.
void add_recipients(const organization& o, std::vector<edge_entry>& out) {
    for (const auto& s : o.servers)
        for (const auto& address : *s.mailboxes)
            out.push_back({entry_name(certs::sha256_hex(ascii_lower(address)), recipients_container), {}});
}

} // namespace

bool lies_in(const edge_entry& e, std::string_view container) {
    return e.name.size() > container.size() + 3 && e.name.ends_with(container);
}

std::vector<edge_entry> replication_data(const organization& o, const edge_subscription& e) {
    std::vector<edge_entry> out;
    for (const auto& c : o.send_connectors)
        if (has_source(c, e))
            out.push_back({entry_name(c.name, connections), attributes_of(c, send_connector_parameters())});
    add_domains(o, out);
    out.push_back(
        {std::string(transport_settings), attributes_of(o.transport, transport_config_parameters())});
    add_servers(e, out);
    add_credentials(e, out);
    add_recipients(o, out);
    return out;
}

std::string cookie_of(const std::vector<edge_entry>& all) {
    std::string text;
    for (const auto& e : all)
        text += fmt::format("{}\n{}\n", e.name, e.attributes);
    return certs::sha256_hex(text);
}

parsed<bool> store_entry(server& edge, const edge_entry& e, const organization& ad) {
    auto read = read_object(edge, e, ad);
    if (read)
        put(edge.adlds.entries, e, by_name);
    return read;
}

void delete_entry(server& edge, std::string_view name) {
    auto& d = edge.adlds;
    const auto found =
        std::find_if(d.entries.begin(), d.entries.end(), [&](const edge_entry& e) { return e.name == name; });
    if (found == d.entries.end())
        return;
    const edge_entry gone = std::move(*found);
    d.entries.erase(found);
    const auto is_it = [&](std::string_view container) {
        return
            [object = name_in(gone, container)](const std::string& one) { return ascii_iequal(one, object); };
    };
    if (lies_in(gone, connections))
        std::erase_if(d.send_connectors, [is = is_it(connections)](const auto& c) { return is(c.name); });
    if (lies_in(gone, accepted_domains_container))
        std::erase_if(d.accepted_domains,
                      [is = is_it(accepted_domains_container)](const auto& a) { return is(a.domain); });
    if (lies_in(gone, remote_domains_container))
        std::erase_if(d.remote_domains,
                      [is = is_it(remote_domains_container)](const auto& r) { return is(r.name); });
}

std::string attribute_of(const edge_entry& e, std::string_view name) {
    for (auto& [known, text] : lines_of(e))
        if (ascii_iequal(known, name))
            return text;
    return {};
}

server* find_server(organization& o, std::string_view name) {
    for (auto& s : o.servers)
        if (ascii_iequal(s.name, name) || same_domain(*s.fqdn, name))
            return &s;
    return nullptr;
}

const server* find_server(const organization& o, std::string_view name) {
    for (const auto& s : o.servers)
        if (ascii_iequal(s.name, name) || same_domain(*s.fqdn, name))
            return &s;
    return nullptr;
}

bool works_by_adlds(const server& s) {
    return s.role == server_role::edge && s.adlds.subscribed;
}

const std::vector<send_connector>& connectors_for(const organization& o, const server& s) {
    return works_by_adlds(s) ? s.adlds.send_connectors : o.send_connectors;
}

const transport_config& transport_for(const organization& o, const server& s) {
    return works_by_adlds(s) ? s.adlds.transport : o.transport;
}

bool accepts_for(const organization& o, const server& s, std::string_view domain) {
    return works_by_adlds(s) ? s.adlds.accepts(domain) : o.accepts(domain);
}

void refresh_direct_trust(organization& o) {
    for (auto& s : o.servers) {
        s.known_internal_certificates.clear();
        if (works_by_adlds(s)) {
            for (const auto& e : s.adlds.entries)
                if (const auto bytes = certs::base64_decoded(attribute_of(e, certificate_attribute));
                    lies_in(e, servers_container) && bytes)
                    if (const auto c = certs::certificate::from_der(*bytes))
                        s.known_internal_certificates[name_in(e, servers_container)] = c->thumbprint();
        } else if (s.role == server_role::mailbox) {
            for (const auto& e : o.edge_subscriptions)
                s.known_internal_certificates[e.name] = e.certificate.thumbprint();
        }
    }
}

} // namespace connlab::exchange
