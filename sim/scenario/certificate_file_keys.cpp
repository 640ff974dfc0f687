#include "sim/scenario/certificate_file_keys.hpp"

#include "sim/scenario/certificate_keys.hpp"

#include <fmt/format.h>

namespace connlab::scenario {

namespace {

using draft_key = key<certificate_draft>;

key_table<certificate_draft> own_keys() {
    return {
        draft_key("ForRequest", boolean(),
                  "true: the authority's answer to the server's pending request, which holds the private key",
                  [](certificate_draft& d, const node& n, reading&) { d.for_request = is_true(n); }),
    };
}

void read_certificate_file(const member& m, exchange::organization& into, reading& r) {
    certificate_draft d;
    d.server = into.name; // SameKeyAs names a certificate, not an authority
    d.name = m.key.text;
    d.id = into.name + "/" + m.key.text;
    const auto findings_before = r.findings.size();
    read_keys(m.value, "a certificate file", m.key.mark(), certificate_file_keys(), d, r);
    if (m.key.text.find_first_of("/\\") != std::string::npos)
        r.error(m.key, fmt::format("`{}`: a file is named without its folder", m.key.text));
    if (!d.subject && r.findings.size() == findings_before)
        r.error(m.key, "a certificate file needs `Subject`");
    if (d.for_request && d.issuer.empty())
        r.error(m.key,
                "a certificate file with `ForRequest` needs `Issuer`: an authority answered the request");
    // Issued on the day on which the scenario begins.
    const auto recipe = leaf_of(d, {r.world.clock, r.world.clock + 365 * day}, r);
    into.certificate_files.push_back({m.key.text, m.key.mark(), recipe, d.as_certificate.private_key,
                                      d.for_request, d.as_certificate.friendly_name});
}

} // namespace

const key_table<certificate_draft>& certificate_file_keys() {
    static const auto table = joined(joined(own_keys(), leaf_certificate_keys()), common_certificate_keys());
    return table;
}

void read_certificate_files(const node& mapping, exchange::organization& into, reading& r) {
    refuse_same_names(mapping, "certificate file", r);
    for (const auto& m : mapping.members)
        read_certificate_file(m, into, r);
}

} // namespace connlab::scenario
