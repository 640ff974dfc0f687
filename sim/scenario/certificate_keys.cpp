#include "sim/scenario/certificate_keys.hpp"

#include "sim/base/ascii.hpp"
#include "sim/scenario/certificate_words.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace connlab::scenario {

namespace {

using certs::certificate_recipe;
using draft_key = key<certificate_draft>;

constexpr std::chrono::days day{1};

void change(certificate_draft& d, std::function<void(certificate_recipe&)> how) {
    d.changes.push_back(std::move(how));
}

void read_subject(certificate_draft& d, const node& n, reading& r) {
    auto name = certs::parse_x500_name(n.text);
    if (!name)
        r.error(n, fmt::format("`Subject` is no X.500 name: {}", name.error),
                "write it like \"CN=mail.contoso.com, C=DE\"");
    else
        d.subject = *name;
}

void read_issuer(certificate_draft& d, const node& n, reading& r) {
    d.issuer = n.text;
    r.mention_name(mentioned::authority, n, "`Issuer`");
}

void read_same_key(certificate_draft& d, const node& n, reading& r) {
    std::string id = n.text;
    if (d.server.empty())
        r.mention_name(mentioned::authority, n, "`SameKeyAs`");
    else {
        r.mention_name(mentioned::certificate, n, "`SameKeyAs`", d.server);
        if (id.find('/') == std::string::npos)
            id = d.server + "/" + id;
    }
    change(d, [id](certificate_recipe& c) { c.key.same_as = id; });
}

void read_key(certificate_draft& d, const node& n, reading&) {
    const auto same_as = key_of_word(n.text);
    change(d, [same_as](certificate_recipe& c) {
        c.key.kind = same_as.kind;
        c.key.bits = same_as.bits;
    });
}

void read_hash(certificate_draft& d, const node& n, reading&) {
    change(d, [hash = n.text](certificate_recipe& c) { c.hash = hash; });
}

void read_key_usage(certificate_draft& d, const node& n, reading&) {
    std::uint16_t bits = 0;
    for (const auto& w : texts(n))
        bits = static_cast<std::uint16_t>(bits | key_usage_of_word(w));
    change(d, [bits](certificate_recipe& c) {
        c.key_usage = bits == 0 ? std::nullopt : std::optional<std::uint16_t>(bits);
    });
}

void read_extended_key_usage(certificate_draft& d, const node& n, reading& r) {
    std::vector<std::string> oids;
    for (const auto* entry : entries(n)) {
        const auto oid = usage_oid_of(entry->text);
        if (!oid.empty())
            oids.push_back(oid);
        else if (entry->text != "none")
            r.error(*entry, fmt::format("`{}` is no extended key usage", entry->text),
                    hint_for_usage(entry->text));
    }
    change(d, [oids](certificate_recipe& c) {
        c.extended_key_usage = oids.empty() ? std::nullopt : std::optional<std::vector<std::string>>(oids);
    });
}

void read_faults(certificate_draft& d, const node& n, reading&) {
    for (const auto& w : texts(n))
        change(d, [w](certificate_recipe& c) { apply_fault(c, w); });
}

void read_dns_names(certificate_draft& d, const node& n, reading&) {
    d.dns_names = texts(n);
}

/// What authorities and the certificates of servers have in common.
key_table<certificate_draft> common_keys() {
    return {
        draft_key("Subject", text(), "X.500 name as Windows prints it: CN=mail.contoso.com, O=Contoso, C=US",
                  read_subject),
        draft_key("Issuer", text(), "name of the issuing authority; absent: self-signed", read_issuer),
        draft_key(
            "NotBefore", point_in_time(), "valid from",
            [](certificate_draft& d, const node& n, reading&) { d.not_before = *parse_instant(n.text); }),
        draft_key("NotAfter", point_in_time(), "valid until",
                  [](certificate_draft& d, const node& n, reading&) {
                      d.not_after = located<instant>(*parse_instant(n.text), n.mark());
                  }),
        draft_key("Key", word(key_words()), "kind and size of the key; default RSA-2048", read_key),
        draft_key("SameKeyAs", text(),
                  "another certificate whose key is used: cross-signing, renewal with the same key",
                  read_same_key),
        draft_key("Hash", word({"SHA256", "SHA384", "SHA512", "SHA1", "MD5"}),
                  "hash of the signature; default SHA256", read_hash),
        draft_key("KeyUsage", one_or_list(word(key_usage_words())),
                  "key usage bits, or none: no such extension", read_key_usage),
        draft_key("ExtendedKeyUsage", one_or_list(text()),
                  "usages by name (ServerAuth, ClientAuth, EmailProtection, Any, …) or OID, or none: no such "
                  "extension",
                  read_extended_key_usage),
        draft_key("Faults", one_or_list(word(certificate_fault_words())), "what is wrong with the encoding",
                  read_faults),
    };
}

key_table<certificate_draft> operator+(key_table<certificate_draft> a, key_table<certificate_draft> b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

void read_trusted_by(certificate_draft& d, const node& n, reading& r) {
    for (const auto* entry : entries(n)) {
        if (entry->text == "everyone" || entry->text == "PublicProgramme") {
            d.as_authority.public_programme = true;
            continue;
        }
        r.mention_name(mentioned::organization_or_server, *entry, "`TrustedBy`");
        d.as_authority.trusted_by.emplace_back(entry->text, entry->mark());
    }
}

void read_path_length(certificate_draft& d, const node& n, reading&) {
    change(d, [length = std::stoi(n.text)](certificate_recipe& c) {
        if (c.basic)
            c.basic->path_length = length;
    });
}

void read_ca(certificate_draft& d, const node& n, reading&) {
    if (!is_true(n))
        change(d, [](certificate_recipe& c) { c.basic = certs::basic_constraints{}; });
}

void read_basic_constraints(certificate_draft& d, const node&, reading&) {
    change(d, [](certificate_recipe& c) { c.basic.reset(); });
}

void read_name_constraints(certificate_draft& d, const node& n, reading& r) {
    name_constraints_draft names;
    read_keys(n, "NameConstraints", n.mark(), name_constraints_keys(), names, r);
    change(d, [value = names.value](certificate_recipe& c) { c.constraints = value; });
}

std::vector<certs::general_subtree> read_subtrees(const node& n, reading& r) {
    std::vector<certs::general_subtree> out;
    for (const auto* entry : entries(n)) {
        auto tree = subtree_of(entry->text);
        if (tree)
            out.push_back(*tree);
        else
            r.error(*entry, tree.error);
    }
    return out;
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

void read_services(std::uint32_t& into, const node& n, reading& r) {
    into = exchange::service_none;
    for (const auto* entry : entries(n))
        for (const auto& part : split(entry->text, ',')) {
            const auto bit = service_of_word(trim(part));
            if (bit)
                into |= *bit;
            else
                r.error(*entry, fmt::format("`{}` is no service of a certificate", trim(part)),
                        hint_for_service(trim(part)));
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
            change(d, [a = *address](certificate_recipe& c) { c.ip_addresses.push_back(a); });
        else
            r.error(*entry, address.error);
    }
}

void read_email_addresses(certificate_draft& d, const node& n, reading&) {
    change(d, [names = texts(n)](certificate_recipe& c) { c.email_addresses = names; });
}

key_table<certificate_draft> own_keys_of_certificates() {
    return {
        draft_key("Name", text(), "how the scenario calls it; default: its number", read_certificate_name),
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
        draft_key("Services", one_or_list(text()), "services it is enabled for; default SMTP",
                  [](certificate_draft& d, const node& n, reading& r) {
                      read_services(d.as_certificate.services, n, r);
                  }),
        draft_key(
            "PrivateKey", boolean(), "false: imported without its private key",
            [](certificate_draft& d, const node& n, reading&) { d.as_certificate.private_key = is_true(n); }),
        draft_key("SendChain", either({boolean(), list_of(text())}),
                  "false: the intermediates are not sent beside it; a list: these authorities are",
                  read_send_chain),
    };
}

key_table<certificate_draft> own_keys_of_authorities() {
    return {
        draft_key("TrustedBy", one_or_list(text()),
                  "everyone or PublicProgramme (member of the root programme), or the organizations and "
                  "servers that hold it",
                  read_trusted_by),
        draft_key("PathLength", number(), "how many authorities may stand below it", read_path_length),
        draft_key("Ca", boolean(), "false: basic constraints say that it is no authority", read_ca),
        draft_key("BasicConstraints", word({"none"}), "none: no such extension", read_basic_constraints),
        draft_key("NameConstraints", object("NameConstraints"), "names it may and may not issue for",
                  read_name_constraints),
        draft_key("Crl", word({"http", "ldap", "none"}),
                  "distribution point in the certificates it issues; default none",
                  [](certificate_draft& d, const node& n, reading&) { d.crl = n.text; }),
    };
}

struct validity {
    instant from;
    instant until;
};

validity validity_of(const certificate_draft& d, const validity& usual, reading& r) {
    const auto length = usual.until - usual.from;
    validity out = usual;
    if (d.not_before)
        out = {*d.not_before, *d.not_before + length};
    if (d.not_after)
        out = {d.not_before ? out.from : std::min(usual.from, d.not_after->value - day), d.not_after->value};
    if (out.until <= out.from)
        r.findings.push_back({severity::error,
                              d.not_after ? d.not_after->mark : source_mark{},
                              fmt::format("`NotAfter` {} is not later than `NotBefore` {}",
                                          format_instant(out.until), format_instant(out.from)),
                              {},
                              {}});
    return out;
}

certs::x500_name common_name(const std::string& value) {
    return {{{{"2.5.4.3", value}}}};
}

void read_authority(const member& m, reading& r) {
    certificate_draft d;
    d.id = d.name = m.key.text;
    d.as_authority.mark = m.key.mark();
    if (!m.value.is_null())
        read_keys(m.value, "a certification authority", m.key.mark(), authority_keys(), d, r);
    const auto subject = d.subject.value_or(common_name(d.name));
    const instant now = r.world.clock;
    auto& a = d.as_authority;
    if (d.issuer.empty()) {
        const auto valid = validity_of(d, {now - 3650 * day, now + 5475 * day}, r);
        a.recipe = certs::root_ca(d.id, subject, valid.from, valid.until);
    } else {
        const auto valid = validity_of(d, {now - 1825 * day, now + 1825 * day}, r);
        a.recipe = certs::intermediate_ca(d.id, d.issuer, subject, valid.from, valid.until);
    }
    for (const auto& f : d.changes)
        f(a.recipe);
    a.http_crl = d.crl == "http";
    a.ldap_crl = d.crl == "ldap";
    r.world.authorities.push_back(a);
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
    const auto valid = validity_of(d, {now - 90 * day, now + 275 * day}, r);
    auto& c = d.as_certificate;
    c.recipe = certs::server_leaf(d.id, d.issuer, d.subject.value_or(common_name(s.name)), d.dns_names,
                                  valid.from, valid.until);
    for (const auto& f : d.changes)
        f(c.recipe);
    into.certificates.push_back(c);
}

/// SHA-1 before 2019 CU11 and 2016 CU22 (reference README, item 9; talk T13).
bool setup_signs_with_sha1(const exchange::exchange_version& v) {
    const auto older_than = [&](std::string_view text) {
        const auto limit = exchange::parse_exchange_version(text);
        return limit && v.number < limit->number;
    };
    if (v.product == "Exchange2019")
        return older_than("Exchange2019 CU11");
    if (v.product == "Exchange2016")
        return older_than("Exchange2016 CU22");
    return v.product == "Exchange2013";
}

std::string file_name(const std::string& authority) {
    std::string out;
    for (const char c : authority)
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            out += c;
    return out;
}

std::vector<std::string> distribution_points(const authority& a) {
    if (a.http_crl)
        return {"http://crl.pki.test/" + file_name(a.recipe.id) + ".crl"};
    if (a.ldap_crl)
        return {"ldap:///CN=" + file_name(a.recipe.id) +
                ",CN=CDP,CN=Public%20Key%20Services,CN=Services,CN=Configuration,DC=pki,DC=test?"
                "certificateRevocationList?base?objectClass=cRLDistributionPoint"};
    return {};
}

} // namespace

const key_table<certificate_draft>& authority_keys() {
    static const auto table = common_keys() + own_keys_of_authorities();
    return table;
}

const key_table<certificate_draft>& certificate_keys() {
    static const auto table = own_keys_of_certificates() + common_keys();
    return table;
}

const key_table<default_certificate_draft>& default_certificate_keys() {
    using default_key = key<default_certificate_draft>;
    static const key_table<default_certificate_draft> table{
        default_key(
            "Made", point_in_time(),
            "when setup made it; it lasts five years. Default: a year before the clock",
            [](default_certificate_draft& d, const node& n, reading&) { d.made = *parse_instant(n.text); }),
        default_key("Services", one_or_list(text()),
                    "services it is enabled for; default IMAP, POP, IIS and SMTP",
                    [](default_certificate_draft& d, const node& n, reading& r) {
                        read_services(d.as_certificate.services, n, r);
                    }),
        default_key("PrivateKey", boolean(), "false: its private key is gone",
                    [](default_certificate_draft& d, const node& n, reading&) {
                        d.as_certificate.private_key = is_true(n);
                    }),
    };
    return table;
}

const key_table<name_constraints_draft>& name_constraints_keys() {
    using constraint_key = key<name_constraints_draft>;
    static const key_table<name_constraints_draft> table{
        constraint_key("Permitted", one_or_list(text()),
                       "contoso.com, email:contoso.com, ip:10.0.0.0/8 or directory:O=Contoso",
                       [](name_constraints_draft& d, const node& n, reading& r) {
                           d.value.permitted = read_subtrees(n, r);
                       }),
        constraint_key("Excluded", one_or_list(text()), "likewise",
                       [](name_constraints_draft& d, const node& n, reading& r) {
                           d.value.excluded = read_subtrees(n, r);
                       }),
    };
    return table;
}

void read_authorities(const node& mapping, reading& r) {
    refuse_same_names(mapping, "certification authority", r);
    for (const auto& m : mapping.members)
        read_authority(m, r);
}

void read_certificates(const node& list, const exchange::server& s, declared_server& into, reading& r) {
    std::size_t number = 0;
    for (const auto& item : list.items)
        read_certificate(item, ++number, s, into, r);
}

declared_certificate default_certificate(const node* settings, const exchange::server& s, reading& r) {
    default_certificate_draft d;
    auto& c = d.as_certificate;
    c.services =
        exchange::service_imap | exchange::service_pop | exchange::service_iis | exchange::service_smtp;
    if (settings != nullptr)
        read_keys(*settings, "DefaultCertificate", settings->mark(), default_certificate_keys(), d, r);
    c.friendly_name = "Microsoft Exchange";
    c.default_certificate = true;
    c.mark = settings != nullptr ? settings->mark() : s.mark;
    c.recipe =
        certs::exchange_default(s.organization + "/" + s.name + "/" + c.friendly_name, s.name, s.fqdn.value,
                                d.made.value_or(r.world.clock - 365 * day), setup_signs_with_sha1(s.version));
    return c;
}

void place_distribution_points(scenario& world) {
    std::map<std::string, std::vector<std::string>> of;
    for (const auto& a : world.authorities)
        of[a.recipe.id] = distribution_points(a);
    const auto place = [&](certificate_recipe& c) {
        if (const auto found = of.find(c.issuer); found != of.end())
            c.crl_urls = found->second;
    };
    for (auto& a : world.authorities)
        place(a.recipe);
    for (auto& s : world.servers)
        for (auto& c : s.certificates)
            place(c.recipe);
}

} // namespace connlab::scenario
