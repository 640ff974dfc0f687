#include "sim/scenario/references.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace connlab::scenario {

namespace {

void report(reading& r, severity level, const source_mark& at, std::string message, std::string hint = {}) {
    r.findings.push_back({level, at, std::move(message), std::move(hint), {}});
}

using names = std::vector<std::string>;

bool has(const names& all, std::string_view one) {
    return std::any_of(all.begin(), all.end(), [&](const std::string& n) { return ascii_iequal(n, one); });
}

names authorities(const scenario& w) {
    names out;
    for (const auto& a : w.authorities)
        out.push_back(a.recipe.id);
    return out;
}

names organizations(const scenario& w) {
    names out;
    for (const auto& o : w.organizations)
        out.push_back(o.name);
    return out;
}

names servers(const scenario& w, std::string_view organization = {}) {
    names out;
    for (const auto& s : w.servers)
        if (organization.empty() || s.organization == organization)
            out.push_back(s.name);
    return out;
}

/// Names of the certificates of one server (ORG/SERVER), and the full ids of all.
names certificates(const scenario& w, std::string_view server) {
    names out;
    for (const auto& s : w.servers)
        for (const auto& c : s.certificates) {
            out.push_back(c.recipe.id);
            if (s.organization + "/" + s.name == server)
                out.push_back(c.recipe.id.substr(server.size() + 1));
        }
    return out;
}

names candidates(const scenario& w, const mention& m) {
    switch (m.kind) {
    case mentioned::authority:
        return authorities(w);
    case mentioned::organization:
        return organizations(w);
    case mentioned::server:
        return servers(w, m.within);
    case mentioned::tenant: {
        names out;
        for (const auto& o : w.organizations)
            for (const auto& t : o.tenants)
                out.push_back(t.name);
        return out;
    }
    case mentioned::organization_or_server: {
        auto both = organizations(w);
        const auto more = servers(w);
        both.insert(both.end(), more.begin(), more.end());
        return both;
    }
    case mentioned::certificate:
        return certificates(w, m.within);
    case mentioned::authority_or_certificate: {
        auto both = authorities(w);
        const auto more = certificates(w, {});
        both.insert(both.end(), more.begin(), more.end());
        return both;
    }
    case mentioned::sender:
        break;
    }
    return {};
}

std::string_view word_for(mentioned kind) {
    switch (kind) {
    case mentioned::authority:
        return "certification authority";
    case mentioned::organization:
        return "organization";
    case mentioned::server:
        return "server";
    case mentioned::tenant:
        return "tenant";
    case mentioned::organization_or_server:
        return "organization or server";
    case mentioned::certificate:
        return "certificate";
    case mentioned::authority_or_certificate:
        return "certification authority or certificate (ORG/SERVER/NAME)";
    case mentioned::sender:
        break;
    }
    return "name";
}

/// Issuers and keys are found by their ids, so case counts there.
bool case_counts(mentioned kind) {
    return kind == mentioned::authority || kind == mentioned::certificate ||
           kind == mentioned::authority_or_certificate;
}

void check_name(const mention& m, reading& r) {
    const auto known = candidates(r.world, m);
    const bool found = case_counts(m.kind) ? std::find(known.begin(), known.end(), *m.name) != known.end()
                                           : has(known, *m.name);
    if (found)
        return;
    const auto near = nearest_word(*m.name, known);
    const auto within = m.kind == mentioned::server && !m.within.empty() ? " of " + m.within : std::string();
    report(
        r, severity::error, m.name.mark,
        fmt::format("{} names `{}`, but there is no such {}{}", m.where, *m.name, word_for(m.kind), within),
        near.empty() ? "" : fmt::format("did you mean `{}`?", near));
}

names accepted_domains(const scenario& w) {
    names out;
    for (const auto& o : w.organizations)
        out.insert(out.end(), o.accepted_domains->begin(), o.accepted_domains->end());
    for (const auto& o : w.organizations)
        for (const auto& t : o.tenants)
            for (const auto& d : t.accepted_domains)
                out.push_back(d.domain);
    return out;
}

void check_sender(const mention& m, reading& r) {
    if (*m.name == "<>") {
        report(r, severity::error, m.name.mark, "a message without sender needs `Server`: who submits it?");
        return;
    }
    const auto domain = mail_domain(*m.name);
    const auto* organization = exchange::organization_of_sender(r.world.organizations, *m.name);
    if (organization == nullptr) {
        const auto near = nearest_word(domain, accepted_domains(r.world));
        report(r, severity::error, m.name.mark, fmt::format("no organization accepts mail for `{}`", domain),
               near.empty() ? "the sender's organization submits; `Server` says otherwise"
                            : fmt::format("did you mean `{}`?", near));
    } else if (organization->servers.empty())
        report(r, severity::error, m.name.mark,
               fmt::format("{} has no server that could submit", organization->name));
}

const authority* authority_named(const scenario& w, std::string_view id) {
    for (const auto& a : w.authorities)
        if (a.recipe.id == id)
            return &a;
    return nullptr;
}

/// The forge cannot begin anywhere in a circle of issuers.
void check_issuers(reading& r) {
    std::set<std::string> told;
    for (const auto& a : r.world.authorities) {
        names path;
        const authority* at = &a;
        while (at != nullptr && std::find(path.begin(), path.end(), at->recipe.id) == path.end()) {
            path.push_back(at->recipe.id);
            at = at->recipe.issuer.empty() ? nullptr : authority_named(r.world, at->recipe.issuer);
        }
        const bool in_circle = at != nullptr && at->recipe.id == a.recipe.id;
        if (!in_circle || told.count(a.recipe.id) != 0)
            continue;
        told.insert(path.begin(), path.end());
        path.push_back(a.recipe.id);
        report(r, severity::error, a.mark, "authorities issue each other in a circle: " + join(path, " ← "));
    }
}

void check_servers(reading& r) {
    std::map<std::string, const exchange::server*, ascii_iless> by_name;
    std::map<ip_address, const exchange::server*> by_address;
    std::map<std::string, const exchange::server*, ascii_iless> by_fqdn;
    for (const auto& o : r.world.organizations)
        for (const auto& s : o.servers) {
            if (const auto [other, added] = by_name.emplace(s.name, &s); !added)
                report(r, severity::error, s.mark,
                       fmt::format("server name `{}` is taken by {} already", s.name,
                                   other->second->organization),
                       "server names are unique in a scenario");
            if (const auto [other, added] = by_fqdn.emplace(*s.fqdn, &s); !added && !s.fqdn->empty())
                report(r, severity::error, s.fqdn.mark,
                       fmt::format("`{}` is the Fqdn of {} already", *s.fqdn, other->second->name));
            for (const auto& a : *s.addresses)
                if (const auto [other, added] = by_address.emplace(a, &s); !added)
                    report(
                        r, severity::error, s.addresses.mark,
                        fmt::format("address {} belongs to {} already", to_string(a), other->second->name));
        }
}

bool resolves(const scenario& w, std::string_view host) {
    for (const auto& o : w.organizations)
        for (const auto& s : o.servers)
            if (same_domain(*s.fqdn, host))
                return true;
    return std::any_of(w.dns.begin(), w.dns.end(),
                       [&](const dns_record& d) { return same_domain(d.name, host); });
}

names known_hosts(const scenario& w) {
    names out;
    for (const auto& o : w.organizations)
        for (const auto& s : o.servers)
            out.push_back(*s.fqdn);
    for (const auto& d : w.dns)
        out.push_back(d.name);
    return out;
}

void check_host(std::string_view what, std::string_view host, const source_mark& at, reading& r) {
    if (resolves(r.world, host))
        return;
    const auto near = nearest_word(host, known_hosts(r.world));
    report(r, severity::warning, at,
           fmt::format("{} names `{}`, which has no address in this scenario", what, host),
           near.empty() ? "" : fmt::format("did you mean `{}`?", near));
}

void check_hosts(reading& r) {
    for (const auto& d : r.world.dns)
        if (d.type == dns_type::mx || d.type == dns_type::cname)
            check_host(d.type == dns_type::mx ? "`MX`" : "`CNAME`", d.target, d.mark, r);
    for (const auto& o : r.world.organizations)
        for (const auto& c : o.send_connectors)
            for (const auto& host : *c.smart_hosts) {
                const bool literal = host.find('[') != std::string::npos || parse_ip_address(host);
                if (!literal)
                    check_host("`SmartHosts`", host, c.smart_hosts.mark, r);
            }
}

/// The issuer's id; nothing: there is no such certificate.
std::optional<std::string> issuer_of(const scenario& w, std::string_view id) {
    for (const auto& a : w.authorities)
        if (a.recipe.id == id)
            return a.recipe.issuer;
    for (const auto& s : w.servers)
        for (const auto& c : s.certificates)
            if (c.recipe.id == id)
                return c.recipe.issuer;
    return std::nullopt;
}

/// Nobody revokes what has no issuer but itself.
void check_revocations(reading& r) {
    const auto refuse = [&](const source_mark& at, const std::string& id) {
        report(r, severity::error, at, fmt::format("{} is self-signed: nobody revokes it", id),
               "`Disallowed` of Stores distrusts a root");
    };
    for (const auto& a : r.world.authorities)
        if (a.revoked && a.recipe.issuer.empty())
            refuse(a.mark, a.recipe.id);
    for (const auto& s : r.world.servers)
        for (const auto& c : s.certificates)
            if (c.revoked && c.recipe.issuer.empty())
                refuse(c.mark, c.recipe.id);
    for (const auto& one : r.world.steps)
        if (const auto* revoke = std::get_if<revoke_step>(&one.what))
            if (const auto issuer = issuer_of(r.world, revoke->certificate); issuer && issuer->empty())
                refuse(one.mark, revoke->certificate);
}

/// Exchange chooses its certificates itself.
void check_presented(reading& r) {
    for (const auto& one : r.world.steps)
        if (const auto* present = std::get_if<present_step>(&one.what))
            for (const auto& o : r.world.organizations)
                for (const auto& s : o.servers)
                    if (s.is_exchange() && present->certificate.starts_with(o.name + "/" + s.name + "/"))
                        report(r, severity::error, one.mark,
                               fmt::format("`Present`: {} is an Exchange server and chooses its certificates "
                                           "itself",
                                           s.name),
                               "`Run` changes its connectors and its store");
}

} // namespace

void check_references(reading& r) {
    const auto mentions = r.mentions;
    for (const auto& m : mentions) {
        if (m.kind == mentioned::sender)
            check_sender(m, r);
        else
            check_name(m, r);
    }
    check_issuers(r);
    check_revocations(r);
    check_presented(r);
    check_servers(r);
    check_hosts(r);
}

} // namespace connlab::scenario
