#include "sim/scenario/authority_keys.hpp"

#include "sim/scenario/certificate_words.hpp"
#include "sim/scenario/publishing_keys.hpp"

#include <fmt/format.h>

namespace connlab::scenario {

namespace {

using certs::certificate_recipe;
using draft_key = key<certificate_draft>;

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
    d.change([length = std::stoi(n.text)](certificate_recipe& c) {
        if (c.basic)
            c.basic->path_length = length;
    });
}

void read_ca(certificate_draft& d, const node& n, reading&) {
    if (!is_true(n))
        d.change([](certificate_recipe& c) { c.basic = certs::basic_constraints{}; });
}

void read_basic_constraints(certificate_draft& d, const node&, reading&) {
    d.change([](certificate_recipe& c) { c.basic.reset(); });
}

void read_name_constraints(certificate_draft& d, const node& n, reading& r) {
    name_constraints_draft names;
    read_keys(n, "NameConstraints", n.mark(), name_constraints_keys(), names, r);
    d.change([value = names.value](certificate_recipe& c) { c.constraints = value; });
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

key_table<certificate_draft> own_keys() {
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
    };
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
    r.world.authorities.push_back(a);
}

} // namespace

const key_table<certificate_draft>& authority_keys() {
    static const auto table = joined(joined(common_certificate_keys(), own_keys()), publishing_keys());
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

} // namespace connlab::scenario
