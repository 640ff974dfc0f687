#include "certs/extensions.hpp"

#include "certs/der.hpp"
#include "certs/name_encoding.hpp"

#include <fmt/format.h>

namespace connlab::certs {
namespace {

using text = parsed<std::string>;

/// GeneralName (RFC 5280 4.2.1.6): the numbers of its alternatives.
enum general_name_number {
    other_name = 0,
    email_name = 1,
    dns_name = 2,
    directory_name = 4,
    uri_name = 6,
    ip_name = 7
};
constexpr std::string_view user_principal_name = "1.3.6.1.4.1.311.20.2.3";

std::string_view ip_bytes(const ip_address& a) {
    return {reinterpret_cast<const char*>(a.bytes.data()), a.v6 ? std::size_t{16} : std::size_t{4}};
}

std::string basic_constraints_value(const basic_constraints& b) {
    std::string content;
    if (b.ca) // FALSE is the default and is left away
        content += der::boolean(true);
    if (b.path_length)
        content += der::integer(*b.path_length);
    return der::sequence(content);
}

text extended_key_usage_value(const std::vector<std::string>& oids) {
    std::string content;
    for (const auto& oid : oids) {
        const auto encoded = der::object_identifier(oid);
        if (encoded.empty())
            return text::fail(fmt::format("'{}' is no OID of a key usage.", oid));
        content += encoded;
    }
    return text::ok(der::sequence(content));
}

std::string alternative_names_value(const certificate_recipe& recipe) {
    std::string content;
    for (const auto& name : recipe.dns_names)
        content += der::primitive(dns_name, name);
    for (const auto& address : recipe.ip_addresses)
        content += der::primitive(ip_name, ip_bytes(address));
    for (const auto& address : recipe.email_addresses)
        content += der::primitive(email_name, address);
    return der::sequence(content);
}

text subtree_base(const general_subtree& subtree) {
    switch (subtree.kind) {
    case general_name_kind::dns:
        return text::ok(der::primitive(dns_name, subtree.text));
    case general_name_kind::email:
        return text::ok(der::primitive(email_name, subtree.text));
    case general_name_kind::uri:
        return text::ok(der::primitive(uri_name, subtree.text));
    case general_name_kind::ip:
        return text::ok(der::primitive(ip_name, subtree.text));
    case general_name_kind::directory: {
        const auto name = encode_name(subtree.directory);
        return name ? text::ok(der::constructed(directory_name, *name)) : name;
    }
    case general_name_kind::upn:
        return text::ok(
            der::constructed(other_name, der::object_identifier(user_principal_name) +
                                             der::constructed(0, der::utf8_string(subtree.text))));
    case general_name_kind::other:
        break;
    }
    return text::fail("A name constraint is on a DNS, e-mail, URI, IP or directory name.");
}

text subtrees(int number, const std::vector<general_subtree>& list) {
    std::string content;
    for (const auto& subtree : list) {
        auto base = subtree_base(subtree);
        if (!base)
            return base;
        // RFC 5280 wants minimum 0, which is the default; a recipe may ask for the forbidden.
        content += der::sequence(*base + (subtree.min_or_max ? der::primitive(0, "\x01") : std::string{}));
    }
    return text::ok(list.empty() ? std::string{} : der::constructed(number, content));
}

text name_constraints_value(const name_constraints& constraints) {
    const auto permitted = subtrees(0, constraints.permitted);
    const auto excluded = subtrees(1, constraints.excluded);
    if (!permitted || !excluded)
        return permitted ? excluded : permitted;
    return text::ok(der::sequence(*permitted + *excluded));
}

std::string access_value(const certificate_recipe& recipe) {
    std::string content;
    for (const auto& url : recipe.ocsp_urls)
        content +=
            der::sequence(der::object_identifier("1.3.6.1.5.5.7.48.1") + der::primitive(uri_name, url));
    for (const auto& url : recipe.issuer_urls)
        content +=
            der::sequence(der::object_identifier("1.3.6.1.5.5.7.48.2") + der::primitive(uri_name, url));
    return der::sequence(content);
}

std::string key_identifiers(const certificate_recipe& recipe, std::string_view own_key_id,
                            std::string_view issuer_key_id) {
    std::string out;
    if (recipe.authority_key_identifier && !issuer_key_id.empty())
        out += authority_key_identifier_extension(issuer_key_id);
    if (recipe.subject_key_identifier && !own_key_id.empty())
        out += extension("2.5.29.14", false, der::octet_string(own_key_id));
    return out;
}

text usages(const certificate_recipe& recipe) {
    std::string out;
    if (recipe.key_usage)
        out += extension("2.5.29.15", recipe.key_usage_critical, der::named_bits(*recipe.key_usage));
    if (recipe.extended_key_usage) {
        auto value = extended_key_usage_value(*recipe.extended_key_usage);
        if (!value)
            return value;
        out += extension("2.5.29.37", false, *value);
    }
    if (recipe.basic)
        out += extension("2.5.29.19", recipe.basic_critical, basic_constraints_value(*recipe.basic));
    return text::ok(std::move(out));
}

text names(const certificate_recipe& recipe) {
    std::string out;
    if (!recipe.dns_names.empty() || !recipe.ip_addresses.empty() || !recipe.email_addresses.empty())
        // RFC 5280 4.2.1.6: critical when the subject is empty.
        out += extension("2.5.29.17", recipe.subject.empty(), alternative_names_value(recipe));
    if (recipe.constraints) {
        auto value = name_constraints_value(*recipe.constraints);
        if (!value)
            return value;
        out += extension("2.5.29.30", true, *value);
    }
    return text::ok(std::move(out));
}

std::string urls(const certificate_recipe& recipe) {
    std::string out;
    if (!recipe.crl_urls.empty())
        out += extension("2.5.29.31", false, distribution_points_value(recipe.crl_urls));
    if (!recipe.delta_crl_urls.empty())
        out += extension("2.5.29.46", false, distribution_points_value(recipe.delta_crl_urls));
    if (!recipe.issuer_urls.empty() || !recipe.ocsp_urls.empty())
        out += extension("1.3.6.1.5.5.7.1.1", false, access_value(recipe));
    return out;
}

} // namespace

std::string extension(std::string_view oid, bool critical, std::string_view value) {
    return der::sequence(der::object_identifier(oid) + (critical ? der::boolean(true) : std::string{}) +
                         der::octet_string(value));
}

std::string authority_key_identifier_extension(std::string_view key_id) {
    return extension("2.5.29.35", false, der::sequence(der::primitive(0, key_id)));
}

std::string distribution_point_name(const std::vector<std::string>& urls) {
    std::string names;
    for (const auto& url : urls)
        names += der::primitive(uri_name, url);
    return der::constructed(0, der::constructed(0, names));
}

/// One DistributionPoint with all URLs as alternatives, as Windows CAs write it.
std::string distribution_points_value(const std::vector<std::string>& urls) {
    return der::sequence(der::sequence(distribution_point_name(urls)));
}

parsed<std::string> encode_extensions(const certificate_recipe& recipe, std::string_view own_key_id,
                                      std::string_view issuer_key_id) {
    const auto usage = usages(recipe);
    const auto name = names(recipe);
    if (!usage || !name)
        return usage ? name : usage;
    auto content = key_identifiers(recipe, own_key_id, issuer_key_id) + *usage + *name + urls(recipe);
    if (recipe.ocsp_no_check)
        content += extension("1.3.6.1.5.5.7.48.1.5", false, der::null());
    if (!recipe.unknown_critical_extension.empty()) {
        if (der::object_identifier(recipe.unknown_critical_extension).empty())
            return text::fail(
                fmt::format("'{}' is no OID of an extension.", recipe.unknown_critical_extension));
        content += extension(recipe.unknown_critical_extension, true, der::null());
    }
    return text::ok(content.empty() ? content : der::sequence(content));
}

} // namespace connlab::certs
