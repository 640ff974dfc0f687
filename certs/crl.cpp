#include "certs/crl.hpp"

#include "certs/decoded_extensions.hpp"
#include "certs/decoded_name.hpp"
#include "certs/decoded_values.hpp"
#include "certs/digest.hpp"
#include "certs/inherited_parameters.hpp"

#include <openssl/x509v3.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace connlab::certs {

namespace {

using crl_handle = std::unique_ptr<X509_CRL, freed_by<X509_CRL_free>>;

constexpr std::string_view next_publish_oid = "1.3.6.1.4.1.311.21.4";

/// One extension, decoded; null when it is absent. A malformed one sets `malformed`.
template <class T, auto Free>
std::unique_ptr<T, freed_by<Free>> extension(const X509_CRL* list, int nid, bool& malformed) {
    int critical = 0;
    std::unique_ptr<T, freed_by<Free>> out(
        static_cast<T*>(X509_CRL_get_ext_d2i(list, nid, &critical, nullptr)));
    if (!out && critical != -1)
        malformed = true;
    return out;
}

void decode_numbers(const X509_CRL* list, crl_fields& f) {
    if (const auto number =
            extension<ASN1_INTEGER, ASN1_INTEGER_free>(list, NID_crl_number, f.malformed_extension))
        f.number = number_text(number.get());
    if (const auto base =
            extension<ASN1_INTEGER, ASN1_INTEGER_free>(list, NID_delta_crl, f.malformed_extension))
        f.base_number = number_text(base.get());
}

void decode_authority_key(const X509_CRL* list, crl_fields& f) {
    const auto aki = extension<AUTHORITY_KEYID, AUTHORITY_KEYID_free>(list, NID_authority_key_identifier,
                                                                      f.malformed_extension);
    if (aki)
        f.authority_key = authority_key_of(aki.get());
}

void decode_distribution_point(const X509_CRL* list, crl_fields& f) {
    const auto point = extension<ISSUING_DIST_POINT, ISSUING_DIST_POINT_free>(
        list, NID_issuing_distribution_point, f.malformed_extension);
    if (!point)
        return;
    auto& out = f.distribution_point.emplace();
    out.named = point->distpoint != nullptr;
    if (out.named && point->distpoint->type == 0) // fullName
        out.urls = urls_of(point->distpoint->name.fullname);
    out.only_user_certificates = point->onlyuser > 0;
    out.only_ca_certificates = point->onlyCA > 0;
    out.only_attribute_certificates = point->onlyattr > 0;
    out.only_some_reasons = point->onlysomereasons != nullptr;
    out.indirect = point->indirectCRL > 0;
}

/// Next CRL Publish holds a time; OpenSSL does not know the extension.
void decode_next_publish(X509_EXTENSION* ext, crl_fields& f) {
    const auto* value = X509_EXTENSION_get_data(ext);
    const auto* at = ASN1_STRING_get0_data(value);
    const std::unique_ptr<ASN1_TIME, freed_by<ASN1_TIME_free>> time(
        d2i_ASN1_TIME(nullptr, &at, ASN1_STRING_length(value)));
    f.next_publish = time_of(time.get());
    f.malformed_extension = f.malformed_extension || !f.next_publish;
}

constexpr std::array processed = {NID_authority_key_identifier,   NID_crl_number,   NID_delta_crl,
                                  NID_issuing_distribution_point, NID_freshest_crl, NID_issuer_alt_name};
constexpr std::array processed_in_entries = {NID_crl_reason, NID_invalidity_date, NID_certificate_issuer,
                                             NID_hold_instruction_code};

template <class Known>
void note_if_unknown(X509_EXTENSION* ext, const Known& known, crl_fields& f) {
    const auto* object = X509_EXTENSION_get_object(ext);
    if (X509_EXTENSION_get_critical(ext) != 1 ||
        std::find(known.begin(), known.end(), OBJ_obj2nid(object)) != known.end())
        return;
    auto oid = dotted(object);
    if (std::find(f.unknown_critical.begin(), f.unknown_critical.end(), oid) == f.unknown_critical.end())
        f.unknown_critical.push_back(std::move(oid));
}

void decode_list_extensions(const X509_CRL* list, crl_fields& f) {
    decode_numbers(list, f);
    decode_authority_key(list, f);
    decode_distribution_point(list, f);
    if (const auto points =
            extension<CRL_DIST_POINTS, CRL_DIST_POINTS_free>(list, NID_freshest_crl, f.malformed_extension))
        f.delta_urls = urls_of(points.get());
    for (int i = 0; i < X509_CRL_get_ext_count(list); ++i) {
        auto* ext = X509_CRL_get_ext(list, i);
        note_if_unknown(ext, processed, f);
        if (dotted(X509_EXTENSION_get_object(ext)) == next_publish_oid)
            decode_next_publish(ext, f);
    }
}

/// Reasons that this lab has a name for; any other number counts as none given.
std::optional<revocation_reason> reason_of(const X509_REVOKED* entry, bool& malformed) {
    int critical = 0;
    const std::unique_ptr<ASN1_ENUMERATED, freed_by<ASN1_ENUMERATED_free>> reason(
        static_cast<ASN1_ENUMERATED*>(X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, &critical, nullptr)));
    if (!reason) {
        malformed = malformed || critical != -1;
        return std::nullopt;
    }
    const auto number = static_cast<revocation_reason>(ASN1_ENUMERATED_get(reason.get()));
    return to_string(number).empty() ? std::nullopt : std::optional(number);
}

void decode_entries(X509_CRL* list, crl_fields& f) {
    const auto* entries = X509_CRL_get_REVOKED(list);
    const int count = std::max(sk_X509_REVOKED_num(entries), 0);
    f.revoked.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const auto* entry = sk_X509_REVOKED_value(entries, i);
        revoked_certificate out;
        out.serial = number_text(X509_REVOKED_get0_serialNumber(entry));
        out.at = time_of(X509_REVOKED_get0_revocationDate(entry)).value_or(f.this_update);
        out.reason = reason_of(entry, f.malformed_extension);
        for (int n = 0; n < X509_REVOKED_get_ext_count(entry); ++n)
            note_if_unknown(X509_REVOKED_get_ext(entry, n), processed_in_entries, f);
        f.revoked.push_back(std::move(out));
    }
    std::stable_sort(f.revoked.begin(), f.revoked.end(),
                     [](const auto& a, const auto& b) { return a.serial < b.serial; });
}

} // namespace

std::string_view to_string(revocation_reason r) {
    switch (r) {
    case revocation_reason::unspecified:
        return "unspecified";
    case revocation_reason::key_compromise:
        return "keyCompromise";
    case revocation_reason::ca_compromise:
        return "cACompromise";
    case revocation_reason::affiliation_changed:
        return "affiliationChanged";
    case revocation_reason::superseded:
        return "superseded";
    case revocation_reason::cessation_of_operation:
        return "cessationOfOperation";
    case revocation_reason::certificate_hold:
        return "certificateHold";
    case revocation_reason::remove_from_crl:
        return "removeFromCRL";
    case revocation_reason::privilege_withdrawn:
        return "privilegeWithdrawn";
    case revocation_reason::aa_compromise:
        return "aACompromise";
    }
    return {};
}

struct crl::data {
    crl_handle list;
    crl_fields fields;
    std::string der;
    std::string sha256;
    std::string issuer;
    std::string folded_issuer;
};

parsed<crl> crl::from_der(std::string_view der) {
    using result = parsed<crl>;
    if (der.size() > largest)
        return result::fail(fmt::format("a CRL of {} bytes; at most {} are read", der.size(), largest));
    const errors_forgotten guard;
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    crl_handle list(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
    if (!list)
        return result::fail("the bytes are not a DER-encoded CRL");
    if (at != reinterpret_cast<const unsigned char*>(der.data()) + der.size())
        return result::fail("bytes follow the CRL");
    const auto* next = X509_CRL_get0_nextUpdate(list.get());
    const auto this_update = time_of(X509_CRL_get0_lastUpdate(list.get()));
    const auto next_update = time_of(next);
    if (!this_update || (next != nullptr && !next_update))
        return result::fail("the CRL's thisUpdate or nextUpdate cannot be read");
    auto d = std::make_shared<data>();
    auto& f = d->fields;
    f.version = static_cast<int>(X509_CRL_get_version(list.get())) + 1;
    f.issuer = decoded_name(X509_CRL_get_issuer(list.get()));
    f.this_update = *this_update;
    f.next_update = next_update;
    decode_list_extensions(list.get(), f);
    decode_entries(list.get(), f);
    d->der.assign(der);
    d->sha256 = sha256_hex(der);
    d->issuer = to_string(f.issuer);
    d->folded_issuer = folded(f.issuer);
    d->list = std::move(list);
    crl out;
    out.data_ = std::move(d);
    return result::ok(std::move(out));
}

const crl_fields& crl::fields() const {
    return data_->fields;
}
const std::string& crl::der() const {
    return data_->der;
}
const std::string& crl::sha256_fingerprint() const {
    return data_->sha256;
}
const std::string& crl::issuer() const {
    return data_->issuer;
}
const std::string& crl::folded_issuer() const {
    return data_->folded_issuer;
}

const revoked_certificate* crl::find(std::string_view serial) const {
    const auto& all = data_->fields.revoked;
    const auto found =
        std::lower_bound(all.begin(), all.end(), serial,
                         [](const auto& entry, std::string_view s) { return entry.serial < s; });
    return found == all.end() || found->serial != serial ? nullptr : &*found;
}

bool crl::signed_by(const certificate& issuer) const {
    const errors_forgotten guard;
    auto* key = X509_get0_pubkey(issuer.native());
    return key != nullptr && X509_CRL_verify(data_->list.get(), key) == 1;
}

bool crl::signed_by(const certificate& issuer, const certificate& parameters) const {
    const errors_forgotten guard;
    const auto key = completed_key(issuer.native(), parameters.native());
    return key && X509_CRL_verify(data_->list.get(), key.get()) == 1;
}

bool operator==(const crl& a, const crl& b) {
    if (a.data_ == b.data_)
        return true;
    return a.data_ != nullptr && b.data_ != nullptr && a.der() == b.der();
}

int compare_crl_numbers(std::string_view a, std::string_view b) {
    if (a.size() != b.size())
        return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
}

parsed<std::vector<crl>> read_crls(std::string_view pem_or_der) {
    using result = parsed<std::vector<crl>>;
    std::vector<crl> out;
    if (!looks_like_pem(pem_or_der)) {
        auto one = crl::from_der(pem_or_der);
        if (!one)
            return result::fail("neither PEM nor DER: " + one.error);
        out.push_back(std::move(*one));
        return result::ok(std::move(out));
    }
    for (const auto& block : read_pem(pem_or_der)) {
        if (block.kind != "X509 CRL")
            continue;
        auto one = crl::from_der(block.der);
        if (!one)
            return result::fail(fmt::format("CRL {} of the PEM text: {}", out.size() + 1, one.error));
        out.push_back(std::move(*one));
    }
    if (out.empty())
        return result::fail("the PEM text holds no CRL that can be read");
    return result::ok(std::move(out));
}

} // namespace connlab::certs
