#include "sim/chain/name_constraints.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"
#include "sim/chain/verdict.hpp"

#include <algorithm>
#include <functional>

namespace connlab::chain {

namespace {

using certs::general_name_kind;
using certs::general_subtree;

bool dns_within(std::string_view name, std::string_view base) {
    if (base.empty())
        return true;
    if (base.front() == '.')
        return is_subdomain(name, base.substr(1));
    return ascii_iequal(name, base) ||
           (name.size() > base.size() && ascii_iequal(name.substr(name.size() - base.size()), base) &&
            name[name.size() - base.size() - 1] == '.');
}

/// `base`: a mailbox, a host (mail at it), or .domain (mail at any host in it).
bool email_within(std::string_view address, std::string_view base) {
    const auto at = address.rfind('@');
    const auto host = at == std::string_view::npos ? address : address.substr(at + 1);
    const auto base_at = base.rfind('@');
    if (base_at != std::string_view::npos)
        return at != std::string_view::npos && address.substr(0, at) == base.substr(0, base_at) &&
               ascii_iequal(host, base.substr(base_at + 1));
    if (!base.empty() && base.front() == '.')
        return host.size() > base.size() && ascii_iequal(host.substr(host.size() - base.size()), base);
    return base.empty() || ascii_iequal(host, base);
}

std::string uri_host(std::string_view uri) {
    const auto scheme = uri.find("://");
    if (scheme == std::string_view::npos)
        return {};
    auto rest = uri.substr(scheme + 3);
    rest = rest.substr(0, rest.find_first_of("/?#"));
    if (const auto at = rest.rfind('@'); at != std::string_view::npos)
        rest.remove_prefix(at + 1);
    return std::string(rest.substr(0, rest.find(':')));
}

bool uri_within(std::string_view uri, std::string_view base) {
    const auto host = uri_host(uri);
    if (!base.empty() && base.front() == '.')
        return host.size() > base.size() &&
               ascii_iequal(std::string_view(host).substr(host.size() - base.size()), base);
    return ascii_iequal(host, base);
}

/// `base`: address and mask, 8 or 32 bytes.
bool ip_within(const std::string& address, const std::string& base) {
    if (base.size() != 2 * address.size())
        return false;
    for (std::size_t i = 0; i < address.size(); ++i)
        if (((address[i] ^ base[i]) & base[i + address.size()]) != 0)
            return false;
    return true;
}

bool directory_within(const certs::x500_name& name, const certs::x500_name& base) {
    if (base.rdns.size() > name.rdns.size())
        return false;
    certs::x500_name head;
    head.rdns.assign(name.rdns.begin(), name.rdns.begin() + static_cast<std::ptrdiff_t>(base.rdns.size()));
    return certs::chains_to(head, base);
}

/// Checks the names of one kind: every one outside all excluded subtrees and, when there are permitted ones,
/// inside one.
template <class Name, class Within>
std::uint32_t check_kind(const certs::name_constraints& nc, general_name_kind kind,
                         const std::vector<Name>& names, Within within) {
    std::uint32_t bits = 0;
    const auto of_kind = [&](const general_subtree& t) { return t.kind == kind; };
    const bool restricted = std::any_of(nc.permitted.begin(), nc.permitted.end(), of_kind);
    for (const auto& name : names) {
        const auto holds = [&](const general_subtree& t) { return of_kind(t) && within(name, t); };
        if (std::any_of(nc.excluded.begin(), nc.excluded.end(), holds))
            bits |= has_excluded_name_constraint;
        if (restricted && std::none_of(nc.permitted.begin(), nc.permitted.end(), holds))
            bits |= has_not_permitted_name_constraint;
    }
    return bits;
}

/// The DNS names that constraints apply to: the SANs, or a leaf's CN when it has none.
std::vector<std::string> dns_names(const certs::certificate_fields& f, bool is_leaf) {
    if (!f.dns_names.empty() || !is_leaf)
        return f.dns_names;
    return f.subject.common_names();
}

std::uint32_t dns_errors(const certs::name_constraints& nc, const certs::certificate_fields& f,
                         bool is_leaf) {
    const auto names = dns_names(f, is_leaf);
    const bool restricted =
        std::any_of(nc.permitted.begin(), nc.permitted.end(),
                    [](const general_subtree& t) { return t.kind == general_name_kind::dns; });
    if (is_leaf && names.empty() && restricted) // neither dNSName nor CN: rejected, as measured
        return has_not_permitted_name_constraint;
    return check_kind(nc, general_name_kind::dns, names,
                      [](const std::string& n, const general_subtree& t) { return dns_within(n, t.text); });
}

std::uint32_t directory_errors(const certs::name_constraints& nc, const certs::certificate_fields& f) {
    auto names = f.directory_names;
    if (!f.subject.empty())
        names.push_back(f.subject);
    return check_kind(
        nc, general_name_kind::directory, names,
        [](const certs::x500_name& n, const general_subtree& t) { return directory_within(n, t.directory); });
}

/// Mailboxes: rfc822Name SANs, and the e-mail attributes of the subject when there is no such SAN (RFC
/// 5280 4.2.1.10).
std::vector<std::string> mailboxes(const certs::certificate_fields& f) {
    if (!f.email_names.empty())
        return f.email_names;
    std::vector<std::string> out;
    for (const auto& rdn : f.subject.rdns)
        for (const auto& a : rdn)
            if (a.oid == "1.2.840.113549.1.9.1")
                out.push_back(a.value);
    return out;
}

std::uint32_t unsupported(const certs::name_constraints& nc) {
    const auto odd = [](const general_subtree& t) {
        return t.min_or_max || t.kind == general_name_kind::other;
    };
    const bool any = std::any_of(nc.permitted.begin(), nc.permitted.end(), odd) ||
                     std::any_of(nc.excluded.begin(), nc.excluded.end(), odd);
    return any ? has_not_supported_name_constraint : 0U;
}

} // namespace

std::uint32_t constraint_errors(const certs::certificate_fields& ca, const certs::certificate_fields& below,
                                bool is_leaf) {
    if (ca.constraints_malformed)
        return invalid_name_constraints;
    if (!ca.constraints)
        return 0;
    const auto& nc = *ca.constraints;
    return unsupported(nc) | dns_errors(nc, below, is_leaf) | directory_errors(nc, below) |
           check_kind(nc, general_name_kind::ip, below.ip_names,
                      [](const std::string& n, const general_subtree& t) { return ip_within(n, t.text); }) |
           check_kind(
               nc, general_name_kind::email, mailboxes(below),
               [](const std::string& n, const general_subtree& t) { return email_within(n, t.text); }) |
           check_kind(nc, general_name_kind::uri, below.uri_names,
                      [](const std::string& n, const general_subtree& t) { return uri_within(n, t.text); });
}

} // namespace connlab::chain
