#include "sim/chain/name_constraints.hpp"

#include "sim/chain/name_subtrees.hpp"

#include <algorithm>

namespace connlab::chain {

namespace {

using certs::general_name_kind;
using certs::general_subtree;

template <class Test>
bool any_subtree(const certs::name_constraints& nc, Test test) {
    return std::any_of(nc.permitted.begin(), nc.permitted.end(), test) ||
           std::any_of(nc.excluded.begin(), nc.excluded.end(), test);
}

bool permits_some(const certs::name_constraints& nc, general_name_kind kind) {
    return std::any_of(nc.permitted.begin(), nc.permitted.end(),
                       [&](const general_subtree& t) { return t.kind == kind; });
}

/// The names of one kind: every one outside all excluded subtrees and, when some are permitted, inside one.
template <class Name, class Within>
failed_checks check_kind(const certs::name_constraints& nc, general_name_kind kind,
                         const std::vector<Name>& names, Within within) {
    failed_checks out;
    if (names.empty())
        return out;
    const bool restricted = permits_some(nc, kind);
    for (const auto& name : names) {
        const auto holds = [&](const general_subtree& t) { return t.kind == kind && within(name, t); };
        out.add_if(std::any_of(nc.excluded.begin(), nc.excluded.end(), holds), check::excluded);
        out.add_if(restricted && std::none_of(nc.permitted.begin(), nc.permitted.end(), holds),
                   check::not_permitted);
    }
    return out;
}

/// By the text of the subtree.
failed_checks check_texts(const certs::name_constraints& nc, general_name_kind kind,
                          const std::vector<std::string>& names,
                          bool (*within)(std::string_view, std::string_view)) {
    return check_kind(nc, kind, names,
                      [&](const std::string& n, const general_subtree& t) { return within(n, t.text); });
}

/// The SANs, or a leaf's CN when it has none; a leaf without either lies in no permitted subtree (measured:
/// Schannel sheet 5.7).
failed_checks check_dns(const certs::name_constraints& nc, const certs::certificate_fields& f, bool is_leaf) {
    if (!f.dns_names.empty() || !is_leaf)
        return check_texts(nc, general_name_kind::dns, f.dns_names, dns_within);
    const auto names = f.subject.common_names();
    auto out = check_texts(nc, general_name_kind::dns, names, dns_within);
    out.add_if(names.empty() && permits_some(nc, general_name_kind::dns), check::not_permitted);
    return out;
}

failed_checks check_directory(const certs::name_constraints& nc, const certs::certificate_fields& f) {
    auto names = f.directory_names;
    if (!f.subject.empty())
        names.push_back(f.subject);
    return check_kind(
        nc, general_name_kind::directory, names,
        [](const certs::x500_name& n, const general_subtree& t) { return directory_within(n, t.directory); });
}

/// rfc822Name SANs, and the e-mail attributes of the subject when there is no such SAN (RFC 5280 4.2.1.10).
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

/// CERT_TRUST_STATUS: minimum and maximum are not supported, of the other names only the user principal name.
bool is_unsupported(const general_subtree& t) {
    return t.min_or_max || t.kind == general_name_kind::other;
}

} // namespace

failed_checks check_constraints(const certs::certificate_fields& ca, const certs::certificate_fields& below,
                                bool is_leaf) {
    failed_checks out;
    if (ca.constraints_malformed || !ca.constraints) {
        out.add_if(ca.constraints_malformed, check::constraints_malformed);
        return out;
    }
    const auto& nc = *ca.constraints;
    out.add_if((nc.permitted.empty() && nc.excluded.empty()) || any_subtree(nc, is_malformed),
               check::constraints_malformed);
    out.add_if(any_subtree(nc, is_unsupported), check::constraints_unsupported);
    out.add(check_dns(nc, below, is_leaf));
    out.add(check_texts(nc, general_name_kind::ip, below.ip_names, ip_within));
    out.add(check_texts(nc, general_name_kind::email, mailboxes(below), email_within));
    out.add(check_texts(nc, general_name_kind::uri, below.uri_names, uri_within));
    out.add(check_texts(nc, general_name_kind::upn, below.upn_names, upn_within));
    if (any_subtree(nc, [](const general_subtree& t) { return t.kind == general_name_kind::directory; }))
        out.add(check_directory(nc, below));
    return out;
}

} // namespace connlab::chain
