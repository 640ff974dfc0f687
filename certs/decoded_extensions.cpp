#include "certs/decoded_extensions.hpp"

#include "certs/decoded_name.hpp"
#include "certs/decoded_values.hpp"
#include "sim/base/ascii.hpp"

#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

namespace connlab::certs {

namespace {

/// One extension, decoded; null when it is absent. A second one of its kind and a malformed one set
/// `malformed`.
template <class T, auto Free>
std::unique_ptr<T, freed_by<Free>> extension(const X509* x, int nid, bool& malformed) {
    int critical = 0;
    std::unique_ptr<T, freed_by<Free>> out(static_cast<T*>(X509_get_ext_d2i(x, nid, &critical, nullptr)));
    if (!out && critical != -1)
        malformed = true;
    return out;
}

constexpr std::string_view user_principal_name = "1.3.6.1.4.1.311.20.2.3";

bool is_upn(const OTHERNAME* name) {
    return dotted(name->type_id) == user_principal_name;
}

std::string upn_of(const OTHERNAME* name) {
    const bool text = name->value->type == V_ASN1_UTF8STRING || name->value->type == V_ASN1_IA5STRING ||
                      name->value->type == V_ASN1_PRINTABLESTRING;
    return text ? utf8_of(name->value->value.asn1_string) : std::string{};
}

void decode_alternative_names(const X509* x, certificate_fields& f) {
    const auto names =
        extension<GENERAL_NAMES, GENERAL_NAMES_free>(x, NID_subject_alt_name, f.malformed_extension);
    if (!names)
        return;
    f.has_subject_alternative_name = true;
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const auto* name = sk_GENERAL_NAME_value(names.get(), i);
        switch (name->type) {
        case GEN_DNS:
            f.dns_names.push_back(bytes_of(name->d.dNSName));
            break;
        case GEN_IPADD:
            f.ip_names.push_back(bytes_of(name->d.iPAddress));
            break;
        case GEN_EMAIL:
            f.email_names.push_back(bytes_of(name->d.rfc822Name));
            break;
        case GEN_URI:
            f.uri_names.push_back(bytes_of(name->d.uniformResourceIdentifier));
            break;
        case GEN_DIRNAME:
            f.directory_names.push_back(decoded_name(name->d.directoryName));
            break;
        case GEN_OTHERNAME:
            if (is_upn(name->d.otherName))
                f.upn_names.push_back(upn_of(name->d.otherName));
            break;
        default:
            break;
        }
    }
}

void decode_usage(const X509* x, certificate_fields& f) {
    if (const auto bits =
            extension<ASN1_BIT_STRING, ASN1_BIT_STRING_free>(x, NID_key_usage, f.malformed_extension)) {
        std::uint16_t usage = 0;
        for (int bit = 0; bit < 9; ++bit)
            if (ASN1_BIT_STRING_get_bit(bits.get(), bit) == 1)
                usage = static_cast<std::uint16_t>(usage | (1U << static_cast<unsigned>(bit)));
        f.key_usage = usage;
    }
    if (const auto list = extension<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>(x, NID_ext_key_usage,
                                                                                 f.malformed_extension)) {
        f.extended_key_usage.emplace();
        for (int i = 0; i < sk_ASN1_OBJECT_num(list.get()); ++i)
            f.extended_key_usage->push_back(dotted(sk_ASN1_OBJECT_value(list.get(), i)));
    }
}

void decode_basic_constraints(const X509* x, certificate_fields& f) {
    const auto basic =
        extension<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free>(x, NID_basic_constraints, f.malformed_extension);
    if (!basic)
        return;
    f.basic.emplace();
    f.basic->ca = basic->ca != 0;
    if (basic->pathlen != nullptr) {
        const long length = ASN1_INTEGER_get(basic->pathlen);
        f.basic->path_length = static_cast<int>(std::clamp(length, 0L, 10000L));
        f.malformed_extension = f.malformed_extension || length < 0;
    }
}

general_subtree subtree_of(const GENERAL_SUBTREE* tree) {
    general_subtree out;
    out.min_or_max =
        tree->maximum != nullptr || (tree->minimum != nullptr && ASN1_INTEGER_get(tree->minimum) != 0);
    const auto* base = tree->base;
    switch (base->type) {
    case GEN_DNS:
        out.kind = general_name_kind::dns;
        out.text = bytes_of(base->d.dNSName);
        break;
    case GEN_EMAIL:
        out.kind = general_name_kind::email;
        out.text = bytes_of(base->d.rfc822Name);
        break;
    case GEN_URI:
        out.kind = general_name_kind::uri;
        out.text = bytes_of(base->d.uniformResourceIdentifier);
        break;
    case GEN_IPADD:
        out.kind = general_name_kind::ip;
        out.text = bytes_of(base->d.iPAddress);
        break;
    case GEN_DIRNAME:
        out.kind = general_name_kind::directory;
        out.directory = decoded_name(base->d.directoryName);
        break;
    case GEN_OTHERNAME:
        if (!is_upn(base->d.otherName))
            break;
        out.kind = general_name_kind::upn;
        out.text = upn_of(base->d.otherName);
        break;
    default:
        break;
    }
    return out;
}

void decode_name_constraints(const X509* x, certificate_fields& f) {
    const auto constraints =
        extension<NAME_CONSTRAINTS, NAME_CONSTRAINTS_free>(x, NID_name_constraints, f.constraints_malformed);
    if (!constraints)
        return;
    f.constraints.emplace();
    for (int i = 0; i < sk_GENERAL_SUBTREE_num(constraints->permittedSubtrees); ++i)
        f.constraints->permitted.push_back(
            subtree_of(sk_GENERAL_SUBTREE_value(constraints->permittedSubtrees, i)));
    for (int i = 0; i < sk_GENERAL_SUBTREE_num(constraints->excludedSubtrees); ++i)
        f.constraints->excluded.push_back(
            subtree_of(sk_GENERAL_SUBTREE_value(constraints->excludedSubtrees, i)));
}

void decode_key_identifiers(const X509* x, certificate_fields& f) {
    if (const auto ski = extension<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>(x, NID_subject_key_identifier,
                                                                              f.malformed_extension))
        f.subject_key_id = bytes_of(ski.get());
    const auto aki = extension<AUTHORITY_KEYID, AUTHORITY_KEYID_free>(x, NID_authority_key_identifier,
                                                                      f.malformed_extension);
    if (aki)
        f.authority_key = authority_key_of(aki.get());
}

void free_mappings(POLICY_MAPPINGS* list) {
    sk_POLICY_MAPPING_pop_free(list, POLICY_MAPPING_free);
}

int skipped_points(const CRL_DIST_POINTS* points) {
    int out = 0;
    for (int i = 0; i < sk_DIST_POINT_num(points); ++i)
        out += is_looked_at(sk_DIST_POINT_value(points, i)) ? 0 : 1;
    return out;
}

void decode_locations(const X509* x, certificate_fields& f) {
    if (const auto points = extension<CRL_DIST_POINTS, CRL_DIST_POINTS_free>(x, NID_crl_distribution_points,
                                                                             f.malformed_extension)) {
        f.crl_urls = urls_of(points.get());
        f.skipped_crl_points = skipped_points(points.get());
    }
    if (const auto points =
            extension<CRL_DIST_POINTS, CRL_DIST_POINTS_free>(x, NID_freshest_crl, f.malformed_extension))
        f.delta_crl_urls = urls_of(points.get());
    if (const auto access = extension<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>(
            x, NID_info_access, f.malformed_extension))
        for (int i = 0; i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
            const auto* entry = sk_ACCESS_DESCRIPTION_value(access.get(), i);
            if (entry->location->type != GEN_URI)
                continue;
            const auto url = bytes_of(entry->location->d.uniformResourceIdentifier);
            if (OBJ_obj2nid(entry->method) == NID_ad_OCSP)
                f.ocsp_urls.push_back(url);
            else if (OBJ_obj2nid(entry->method) == NID_ad_ca_issuers)
                f.issuer_urls.push_back(url);
        }
}

std::optional<int> count_of(const ASN1_INTEGER* number, bool& malformed) {
    if (number == nullptr)
        return std::nullopt;
    const long value = ASN1_INTEGER_get(number);
    malformed = malformed || value < 0;
    return static_cast<int>(std::clamp(value, 0L, 10000L));
}

void decode_policies(const X509* x, certificate_fields& f) {
    if (const auto list = extension<CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free>(
            x, NID_certificate_policies, f.malformed_extension)) {
        f.policies.emplace();
        for (int i = 0; i < sk_POLICYINFO_num(list.get()); ++i)
            f.policies->push_back(dotted(sk_POLICYINFO_value(list.get(), i)->policyid));
    }
    if (const auto list =
            extension<POLICY_MAPPINGS, free_mappings>(x, NID_policy_mappings, f.malformed_extension))
        for (int i = 0; i < sk_POLICY_MAPPING_num(list.get()); ++i) {
            const auto* one = sk_POLICY_MAPPING_value(list.get(), i);
            f.policy_mappings.push_back({dotted(one->issuerDomainPolicy), dotted(one->subjectDomainPolicy)});
        }
    if (const auto both = extension<POLICY_CONSTRAINTS, POLICY_CONSTRAINTS_free>(x, NID_policy_constraints,
                                                                                 f.malformed_extension)) {
        f.policy.require_explicit = count_of(both->requireExplicitPolicy, f.malformed_extension);
        f.policy.inhibit_mapping = count_of(both->inhibitPolicyMapping, f.malformed_extension);
    }
    if (const auto skip =
            extension<ASN1_INTEGER, ASN1_INTEGER_free>(x, NID_inhibit_any_policy, f.malformed_extension))
        f.inhibit_any_policy = count_of(skip.get(), f.malformed_extension);
}

/// What this lab looks at; any other critical extension is one that it does not process.
constexpr std::array processed = {NID_subject_alt_name,
                                  NID_key_usage,
                                  NID_ext_key_usage,
                                  NID_basic_constraints,
                                  NID_name_constraints,
                                  NID_subject_key_identifier,
                                  NID_authority_key_identifier,
                                  NID_crl_distribution_points,
                                  NID_freshest_crl,
                                  NID_info_access,
                                  NID_certificate_policies,
                                  NID_policy_mappings,
                                  NID_policy_constraints,
                                  NID_inhibit_any_policy,
                                  NID_issuer_alt_name};

void note_unknown(const X509* x, certificate_fields& f) {
    for (int i = 0; i < X509_get_ext_count(x); ++i) {
        auto* ext = X509_get_ext(x, i);
        const auto* object = X509_EXTENSION_get_object(ext);
        const int nid = OBJ_obj2nid(object);
        const bool known = std::find(processed.begin(), processed.end(), nid) != processed.end();
        if (X509_EXTENSION_get_critical(ext) == 1 && !known)
            f.unknown_critical.push_back(dotted(object));
        if (X509_get_ext_by_OBJ(x, object, i) >= 0) // a second one of the same kind
            f.malformed_extension = true;
    }
}

} // namespace

authority_key_id authority_key_of(const AUTHORITY_KEYID_st* aki) {
    authority_key_id out;
    if (aki->keyid != nullptr)
        out.key_id = bytes_of(aki->keyid);
    if (aki->serial != nullptr)
        out.serial = number_text(aki->serial);
    for (int i = 0; aki->issuer != nullptr && i < sk_GENERAL_NAME_num(aki->issuer); ++i)
        if (const auto* name = sk_GENERAL_NAME_value(aki->issuer, i); name->type == GEN_DIRNAME)
            out.issuer = to_string(decoded_name(name->d.directoryName));
    return out;
}

void decode_extensions(const x509_st* x, certificate_fields& into) {
    decode_alternative_names(x, into);
    decode_usage(x, into);
    decode_basic_constraints(x, into);
    decode_name_constraints(x, into);
    decode_key_identifiers(x, into);
    decode_locations(x, into);
    decode_policies(x, into);
    note_unknown(x, into);
}

} // namespace connlab::certs
