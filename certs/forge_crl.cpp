#include "certs/der.hpp"
#include "certs/extensions.hpp"
#include "certs/forge.hpp"
#include "certs/serial_number.hpp"
#include "certs/signing.hpp"

#include <fmt/format.h>

namespace connlab::certs {
namespace {

std::string entry_extensions(const revoked_certificate& r) {
    if (!r.reason)
        return {};
    return der::sequence(extension("2.5.29.21", false, der::enumerated(static_cast<int>(*r.reason))));
}

parsed<std::string> revoked_entries(const crl_recipe& recipe) {
    std::string entries;
    for (const auto& r : recipe.revoked) {
        if (r.serial.empty())
            return parsed<std::string>::fail("A revoked serial number is empty.");
        const auto serial = serial_number_der(r.serial);
        if (!serial)
            return serial;
        entries += der::sequence(*serial + der::time(r.at) + entry_extensions(r));
    }
    // An empty list is left away, not empty (RFC 5280 5.1.2.6).
    return parsed<std::string>::ok(entries.empty() ? entries : der::sequence(entries));
}

/// A BOOLEAN with a context tag; FALSE is the default and is left away.
std::string flag(int number, bool set) {
    return set ? der::primitive(number, "\xff") : std::string{};
}

std::string distribution_point_value(const issuing_distribution_point& p) {
    const auto reasons = der::primitive(3, std::string_view("\x06\x40", 2)); // keyCompromise alone
    return der::sequence((p.urls.empty() ? std::string{} : distribution_point_name(p.urls)) +
                         flag(1, p.only_user_certificates) + flag(2, p.only_ca_certificates) +
                         (p.only_some_reasons ? reasons : std::string{}) + flag(4, p.indirect) +
                         flag(5, p.only_attribute_certificates));
}

parsed<std::string> crl_extensions(const crl_recipe& recipe, const issued& issuer) {
    std::string out;
    if (const auto& key_id = issuer.cert.fields().subject_key_id; !key_id.empty())
        out += authority_key_identifier_extension(key_id);
    if (recipe.number)
        out += extension("2.5.29.20", false, der::integer(*recipe.number));
    if (recipe.base_number)
        out += extension("2.5.29.27", true, der::integer(*recipe.base_number));
    if (recipe.distribution_point)
        out += extension("2.5.29.28", true, distribution_point_value(*recipe.distribution_point));
    if (!recipe.delta_urls.empty())
        out += extension("2.5.29.46", false, distribution_points_value(recipe.delta_urls));
    if (recipe.next_publish)
        out += extension("1.3.6.1.4.1.311.21.4", false, der::time(*recipe.next_publish));
    const auto& unknown = recipe.unknown_critical_extension;
    if (!unknown.empty() && der::object_identifier(unknown).empty())
        return parsed<std::string>::fail(fmt::format("'{}' is no OID of an extension.", unknown));
    if (!unknown.empty())
        out += extension(unknown, true, der::null());
    return parsed<std::string>::ok(out.empty() ? out : der::constructed(0, der::sequence(out)));
}

} // namespace

parsed<std::string> forge_crl(const crl_recipe& recipe, const issued& issuer) {
    const auto algorithm = signature_algorithm(issuer.key, recipe.hash);
    const auto revoked = revoked_entries(recipe);
    const auto extensions = crl_extensions(recipe, issuer);
    for (const auto* part : {&algorithm, &revoked, &extensions})
        if (!*part)
            return *part;
    const auto next = recipe.next_update ? der::time(*recipe.next_update) : std::string{};
    const auto tbs = der::sequence(der::integer(1) + *algorithm + issuer.cert.subject_der() +
                                   der::time(recipe.this_update) + next + *revoked + *extensions);
    const auto content = signed_content(issuer.key, recipe.hash, tbs, recipe.corrupt_signature);
    return content ? parsed<std::string>::ok(der::sequence(*content)) : content;
}

} // namespace connlab::certs
