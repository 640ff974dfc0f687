#include "sim/scenario/certificate_keys.hpp"

#include "sim/base/ascii.hpp"

#include <fmt/format.h>

namespace connlab::scenario {

namespace {

using certs::certificate_recipe;
using draft_key = key<certificate_draft>;

void read_dns_names(certificate_draft& d, const node& n, reading&) {
    d.dns_names = texts(n);
}

void read_send_chain(certificate_draft& d, const node& n, reading& r) {
    auto& c = d.as_certificate;
    if (n.kind != node_kind::sequence) {
        c.send_chain = is_true(n);
        return;
    }
    c.send_chain = !n.items.empty();
    for (const auto& item : n.items) {
        c.also_send.push_back(item.text);
        r.mention_name(mentioned::authority, item, "`SendChain`");
    }
}

void read_certificate_name(certificate_draft& d, const node& n, reading& r) {
    d.name = n.text;
    if (n.text.find('/') != std::string::npos)
        r.error(n, "`Name` of a certificate has no `/`");
}

void read_ip_addresses(certificate_draft& d, const node& n, reading& r) {
    for (const auto* entry : entries(n)) {
        const auto address = parse_ip_address(entry->text);
        if (address)
            d.change([a = *address](certificate_recipe& c) { c.ip_addresses.push_back(a); });
        else
            r.error(*entry, address.error);
    }
}

void read_email_addresses(certificate_draft& d, const node& n, reading&) {
    d.change([names = texts(n)](certificate_recipe& c) { c.email_addresses = names; });
}

key_table<certificate_draft> own_keys() {
    return {
        draft_key("Name", text(), "how the scenario calls it; default: its number", read_certificate_name),
        draft_key("Services", one_or_list(text()), "services it is enabled for; default SMTP",
                  [](certificate_draft& d, const node& n, reading& r) {
                      read_services(d.as_certificate.services, n, r);
                  }),
        draft_key("SendChain", either({boolean(), list_of(text())}),
                  "false: the intermediates are not sent beside it; a list: these authorities are",
                  read_send_chain),
    };
}

void read_certificate(const node& n, std::size_t number, const exchange::server& s, declared_server& into,
                      reading& r) {
    certificate_draft d;
    d.server = s.organization + "/" + s.name;
    d.name = std::to_string(number);
    d.as_certificate.mark = n.mark();
    d.as_certificate.services = exchange::service_smtp;
    const auto findings_before = r.findings.size();
    read_keys(n, "a certificate", n.mark(), certificate_keys(), d, r);
    const bool told = r.findings.size() != findings_before;
    if (!d.subject && !told)
        r.error(n, "a certificate needs `Subject`");
    d.id = d.server + "/" + d.name;
    for (const auto& other : into.certificates)
        if (ascii_iequal(other.recipe.id, d.id))
            r.error(n, fmt::format("{} has a certificate named `{}` already", s.name, d.name),
                    "give it another `Name`");
    const instant now = r.world.clock;
    d.as_certificate.recipe = leaf_of(d, {now - 90 * day, now + 275 * day}, r);
    into.certificates.push_back(d.as_certificate);
}

} // namespace

key_table<certificate_draft> leaf_certificate_keys() {
    return {
        draft_key(
            "FriendlyName", text(), "friendly name in the store",
            [](certificate_draft& d, const node& n, reading&) { d.as_certificate.friendly_name = n.text; }),
        draft_key("Dns", one_or_list(text()),
                  "DNS names of the subject alternative name; absent: no such extension", read_dns_names),
        draft_key("DomainNames", one_or_list(text()),
                  "the same, by the name of New-ExchangeCertificate's parameter",
                  [](certificate_draft& d, const node& n, reading& r) {
                      if (!d.dns_names.empty())
                          r.error(n, "`DomainNames` and `Dns` are the same; write one of them");
                      d.dns_names = texts(n);
                  }),
        draft_key("IpAddresses", one_or_list(text()), "addresses of the subject alternative name",
                  read_ip_addresses),
        draft_key("EmailAddresses", one_or_list(text()), "mail addresses of the subject alternative name",
                  read_email_addresses),
        draft_key(
            "PrivateKey", boolean(), "false: imported without its private key",
            [](certificate_draft& d, const node& n, reading&) { d.as_certificate.private_key = is_true(n); }),
    };
}

certs::certificate_recipe leaf_of(const certificate_draft& d, const validity& usual, reading& r) {
    const auto valid = validity_of(d, usual, r);
    auto recipe = certs::server_leaf(d.id, d.issuer, d.subject.value_or(common_name(d.name)), d.dns_names,
                                     valid.from, valid.until);
    for (const auto& change : d.changes)
        change(recipe);
    return recipe;
}

const key_table<certificate_draft>& certificate_keys() {
    static const auto table = joined(joined(own_keys(), leaf_certificate_keys()), common_certificate_keys());
    return table;
}

void read_certificates(const node& list, const exchange::server& s, declared_server& into, reading& r) {
    std::size_t number = 0;
    for (const auto& item : list.items)
        read_certificate(item, ++number, s, into, r);
}

} // namespace connlab::scenario
