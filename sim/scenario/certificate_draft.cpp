#include "sim/scenario/certificate_draft.hpp"

#include "sim/base/ascii.hpp"
#include "sim/scenario/certificate_words.hpp"
#include "sim/scenario/publishing_keys.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace connlab::scenario {

namespace {

using certs::certificate_recipe;
using draft_key = key<certificate_draft>;

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
    d.change([id](certificate_recipe& c) { c.key.same_as = id; });
}

void read_key(certificate_draft& d, const node& n, reading&) {
    const auto same_as = key_of_word(n.text);
    d.change([same_as](certificate_recipe& c) {
        c.key.kind = same_as.kind;
        c.key.bits = same_as.bits;
    });
}

void read_hash(certificate_draft& d, const node& n, reading&) {
    d.change([hash = n.text](certificate_recipe& c) { c.hash = hash; });
}

void read_key_usage(certificate_draft& d, const node& n, reading&) {
    std::uint16_t bits = 0;
    for (const auto& w : texts(n))
        bits = static_cast<std::uint16_t>(bits | key_usage_of_word(w));
    d.change([bits](certificate_recipe& c) {
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
    d.change([oids](certificate_recipe& c) {
        c.extended_key_usage = oids.empty() ? std::nullopt : std::optional<std::vector<std::string>>(oids);
    });
}

void read_faults(certificate_draft& d, const node& n, reading&) {
    for (const auto& w : texts(n))
        d.change([w](certificate_recipe& c) { apply_fault(c, w); });
}

} // namespace

key_table<certificate_draft> common_certificate_keys() {
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
        revoked_key(),
    };
}

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

} // namespace connlab::scenario
