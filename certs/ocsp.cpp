#include "certs/ocsp.hpp"

#include "certs/decoded_name.hpp"
#include "certs/decoded_values.hpp"
#include "certs/digest.hpp"
#include "certs/ocsp_encoding.hpp"

#include <openssl/ocsp.h>
#include <openssl/sha.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace connlab::certs {

namespace {

using request_handle = std::unique_ptr<OCSP_REQUEST, freed_by<OCSP_REQUEST_free>>;
using response_handle = std::unique_ptr<OCSP_RESPONSE, freed_by<OCSP_RESPONSE_free>>;
using basic_handle = std::unique_ptr<OCSP_BASICRESP, freed_by<OCSP_BASICRESP_free>>;

struct hash_name {
    int nid;
    std::string_view name;
    const EVP_MD* (*digest)();
};
constexpr std::array<hash_name, 4> hash_names{{{NID_sha1, "SHA1", EVP_sha1},
                                               {NID_sha256, "SHA256", EVP_sha256},
                                               {NID_sha384, "SHA384", EVP_sha384},
                                               {NID_sha512, "SHA512", EVP_sha512}}};

std::string hash_of(const ASN1_OBJECT* algorithm) {
    for (const auto& h : hash_names)
        if (h.nid == OBJ_obj2nid(algorithm))
            return std::string(h.name);
    return dotted(algorithm);
}

std::string digest_of(std::string_view bytes, std::string_view hash) {
    const auto found =
        std::find_if(hash_names.begin(), hash_names.end(), [&](const auto& h) { return h.name == hash; });
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    if (found == hash_names.end() ||
        EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, found->digest(), nullptr) != 1)
        return {};
    return {reinterpret_cast<const char*>(out.data()), size};
}

ocsp_certificate_id decoded_id(const OCSP_CERTID* id) {
    ASN1_OCTET_STRING* name = nullptr;
    ASN1_OBJECT* algorithm = nullptr;
    ASN1_OCTET_STRING* key = nullptr;
    ASN1_INTEGER* serial = nullptr;
    OCSP_id_get0_info(&name, &algorithm, &key, &serial, const_cast<OCSP_CERTID*>(id)); // takes no const
    return {hash_of(algorithm), bytes_of(name), bytes_of(key), number_text(serial)};
}

ocsp_certificate_status status_of(int number) {
    switch (number) {
    case V_OCSP_CERTSTATUS_GOOD:
        return ocsp_certificate_status::good;
    case V_OCSP_CERTSTATUS_REVOKED:
        return ocsp_certificate_status::revoked;
    default:
        return ocsp_certificate_status::unknown;
    }
}

/// Nothing for times that cannot be read.
std::optional<ocsp_answer> decoded_answer(OCSP_SINGLERESP* single) {
    int reason = -1;
    ASN1_GENERALIZEDTIME* revoked = nullptr;
    ASN1_GENERALIZEDTIME* from = nullptr;
    ASN1_GENERALIZEDTIME* until = nullptr;
    ocsp_answer out;
    out.id = decoded_id(OCSP_SINGLERESP_get0_id(single));
    out.status = status_of(OCSP_single_get0_status(single, &reason, &revoked, &from, &until));
    const auto this_update = time_of(from);
    if (!this_update || (until != nullptr && !time_of(until)))
        return std::nullopt;
    out.this_update = *this_update;
    out.next_update = time_of(until);
    if (out.status != ocsp_certificate_status::revoked)
        return out;
    out.revoked_at = time_of(revoked);
    if (const auto known = static_cast<revocation_reason>(reason); !to_string(known).empty())
        out.reason = known;
    return out;
}

void note_critical(X509_EXTENSION* ext, ocsp_response_fields& f) {
    if (X509_EXTENSION_get_critical(ext) == 1)
        f.unknown_critical.push_back(dotted(X509_EXTENSION_get_object(ext)));
}

/// The error, or nothing.
std::string decode_basic(OCSP_BASICRESP* basic, ocsp_response_fields& f) {
    const ASN1_OCTET_STRING* key = nullptr;
    const X509_NAME* name = nullptr;
    OCSP_resp_get0_id(basic, &key, &name);
    if (name != nullptr)
        f.responder = decoded_name(name);
    if (key != nullptr)
        f.responder_key_hash = bytes_of(key);
    const auto produced = time_of(OCSP_resp_get0_produced_at(basic));
    if (!produced)
        return "the OCSP response's producedAt cannot be read";
    f.produced_at = *produced;
    for (int i = 0; i < OCSP_BASICRESP_get_ext_count(basic); ++i)
        note_critical(OCSP_BASICRESP_get_ext(basic, i), f);
    for (int i = 0; i < OCSP_resp_count(basic); ++i) {
        auto* single = OCSP_resp_get0(basic, i);
        auto answer = decoded_answer(single);
        if (!answer)
            return "the OCSP response's thisUpdate or nextUpdate cannot be read";
        for (int n = 0; n < OCSP_SINGLERESP_get_ext_count(single); ++n)
            note_critical(OCSP_SINGLERESP_get_ext(single, n), f);
        f.answers.push_back(std::move(*answer));
    }
    const auto* certs = OCSP_resp_get0_certs(basic);
    for (int i = 0; i < sk_X509_num(certs); ++i) {
        unsigned char* der = nullptr;
        const int size = i2d_X509(sk_X509_value(certs, i), &der);
        if (auto one = certificate::from_der(
                {reinterpret_cast<const char*>(der), static_cast<std::size_t>(std::max(size, 0))}))
            f.certificates.push_back(std::move(*one));
        OPENSSL_free(der);
    }
    return {};
}

} // namespace

ocsp_certificate_id ocsp_id_of(const certificate& subject, const certificate& issuer, std::string_view hash) {
    return {std::string(hash), digest_of(issuer.subject_der(), hash),
            digest_of(issuer.public_key_bits(), hash), subject.fields().serial};
}

std::string ocsp_request(const certificate& subject, const certificate& issuer) {
    const auto id = encode_certificate_id(ocsp_id_of(subject, issuer));
    return id ? encode_request(*id) : std::string{}; // a decoded certificate's serial can be encoded
}

parsed<std::vector<ocsp_certificate_id>> read_ocsp_request(std::string_view der) {
    using result = parsed<std::vector<ocsp_certificate_id>>;
    const errors_forgotten guard;
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const request_handle request(d2i_OCSP_REQUEST(nullptr, &at, static_cast<long>(der.size())));
    if (!request)
        return result::fail("the bytes are not a DER-encoded OCSP request");
    const int count = OCSP_request_onereq_count(request.get());
    std::vector<ocsp_certificate_id> out;
    out.reserve(static_cast<std::size_t>(std::max(count, 0)));
    for (int i = 0; i < count; ++i)
        out.push_back(decoded_id(OCSP_onereq_get0_id(OCSP_request_onereq_get0(request.get(), i))));
    return out.empty() ? result::fail("the OCSP request names no certificate") : result::ok(std::move(out));
}

std::string_view to_string(ocsp_status s) {
    switch (s) {
    case ocsp_status::successful:
        return "successful";
    case ocsp_status::malformed_request:
        return "malformedRequest";
    case ocsp_status::internal_error:
        return "internalError";
    case ocsp_status::try_later:
        return "tryLater";
    case ocsp_status::signature_required:
        return "sigRequired";
    case ocsp_status::unauthorized:
        return "unauthorized";
    }
    return {};
}

std::string_view to_string(ocsp_certificate_status s) {
    switch (s) {
    case ocsp_certificate_status::good:
        return "good";
    case ocsp_certificate_status::revoked:
        return "revoked";
    case ocsp_certificate_status::unknown:
        return "unknown";
    }
    return {};
}

struct ocsp_response::data {
    basic_handle basic; // null when it was not successful
    ocsp_response_fields fields;
    std::string der;
    std::string sha256;
};

parsed<ocsp_response> ocsp_response::from_der(std::string_view der) {
    using result = parsed<ocsp_response>;
    if (der.size() > largest)
        return result::fail(
            fmt::format("an OCSP response of {} bytes; at most {} are read", der.size(), largest));
    const errors_forgotten guard;
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const response_handle whole(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
    if (!whole)
        return result::fail("the bytes are not a DER-encoded OCSP response");
    if (at != reinterpret_cast<const unsigned char*>(der.data()) + der.size())
        return result::fail("bytes follow the OCSP response");
    auto d = std::make_shared<data>();
    d->fields.status = static_cast<ocsp_status>(OCSP_response_status(whole.get()));
    if (to_string(d->fields.status).empty())
        return result::fail("the OCSP response has a status that RFC 6960 does not know");
    if (d->fields.status == ocsp_status::successful) {
        d->basic.reset(OCSP_response_get1_basic(whole.get()));
        if (!d->basic)
            return result::fail("the OCSP response is not of the basic type, or cannot be decoded");
        if (auto error = decode_basic(d->basic.get(), d->fields); !error.empty())
            return result::fail(std::move(error));
    }
    d->der.assign(der);
    d->sha256 = sha256_hex(der);
    ocsp_response out;
    out.data_ = std::move(d);
    return result::ok(std::move(out));
}

const ocsp_response_fields& ocsp_response::fields() const {
    return data_->fields;
}
const std::string& ocsp_response::der() const {
    return data_->der;
}
const std::string& ocsp_response::sha256_fingerprint() const {
    return data_->sha256;
}

const ocsp_answer* ocsp_response::about(const certificate& subject, const certificate& issuer) const {
    for (const auto& a : data_->fields.answers)
        if (a.id == ocsp_id_of(subject, issuer, a.id.hash))
            return &a;
    return nullptr;
}

bool ocsp_response::signed_by(const certificate& signer) const {
    const errors_forgotten guard;
    auto* key = X509_get0_pubkey(signer.native());
    auto* basic = data_->basic.get();
    if (key == nullptr || basic == nullptr)
        return false;
    return ASN1_item_verify(ASN1_ITEM_rptr(OCSP_RESPDATA), OCSP_resp_get0_tbs_sigalg(basic),
                            OCSP_resp_get0_signature(basic), OCSP_resp_get0_respdata(basic), key) == 1;
}

bool ocsp_response::names(const certificate& signer) const {
    const auto& f = data_->fields;
    if (f.responder_key_hash.empty())
        return chains_to(f.responder, signer.fields().subject);
    return f.responder_key_hash == digest_of(signer.public_key_bits(), "SHA1");
}

parsed<ocsp_response> read_ocsp_response(std::string_view pem_or_der) {
    if (!looks_like_pem(pem_or_der))
        return ocsp_response::from_der(pem_or_der);
    for (const auto& block : read_pem(pem_or_der))
        if (block.kind == "OCSP RESPONSE")
            return ocsp_response::from_der(block.der);
    return parsed<ocsp_response>::fail("the PEM text holds no OCSP response that can be read");
}

} // namespace connlab::certs
