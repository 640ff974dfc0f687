#include "certs/certificate.hpp"

#include "certs/decoded_extensions.hpp"
#include "certs/decoded_name.hpp"
#include "certs/decoded_values.hpp"
#include "certs/inherited_parameters.hpp"
#include "certs/pkcs7.hpp"
#include "sim/base/ascii.hpp"
#include "sim/base/domain_name.hpp"

#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstring>
#include <map>

namespace connlab::certs {

namespace {

using x509_handle = std::unique_ptr<X509, freed_by<X509_free>>;
std::string curve_of(const EVP_PKEY* key) {
    int spelled_out = 0;
    if (EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &spelled_out) == 1 &&
        spelled_out != 0)
        return "explicit";
    char group[64];
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(key, group, sizeof group, &size) != 1)
        return {};
    static const std::map<std::string_view, std::string_view> names = {
        {"prime256v1", "P-256"}, {"secp384r1", "P-384"}, {"secp521r1", "P-521"}};
    const auto known = names.find({group, size});
    return std::string(known == names.end() ? std::string_view(group, size) : known->second);
}

/// A DSA key may leave its parameters to its issuer's (RFC 3279 2.3.2); OpenSSL 3 does not decode such a key.
bool is_bare_dsa_key(const X509* x) {
    ASN1_OBJECT* algorithm = nullptr;
    X509_ALGOR* whole = nullptr;
    if (X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, &whole, X509_get_X509_PUBKEY(x)) != 1)
        return false;
    int type = V_ASN1_UNDEF;
    X509_ALGOR_get0(nullptr, &type, nullptr, whole);
    return OBJ_obj2nid(algorithm) == NID_dsa && type != V_ASN1_SEQUENCE;
}

void decode_key(X509* x, certificate_fields& f) {
    auto* key = X509_get0_pubkey(x);
    f.key_parameters_missing = key == nullptr && is_bare_dsa_key(x);
    if (key == nullptr) {
        f.key = f.key_parameters_missing ? key_kind::dsa : key_kind::other;
        return;
    }
    f.key_bits = EVP_PKEY_get_bits(key);
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
    case EVP_PKEY_RSA_PSS:
        f.key = key_kind::rsa;
        break;
    case EVP_PKEY_EC:
        f.key = key_kind::ec;
        break;
    case EVP_PKEY_ED25519:
        f.key = key_kind::ed25519;
        break;
    case EVP_PKEY_DSA:
        f.key = key_kind::dsa;
        break;
    default:
        f.key = key_kind::other;
    }
    if (f.key == key_kind::ec)
        f.curve = curve_of(key);
}

struct algorithm_name {
    int nid;
    std::string_view windows;
    std::string_view digest;
};

constexpr algorithm_name algorithms[] = {
    {NID_md2WithRSAEncryption, "md2RSA", "MD2"},
    {NID_md4WithRSAEncryption, "md4RSA", "MD4"},
    {NID_md5WithRSAEncryption, "md5RSA", "MD5"},
    {NID_sha1WithRSAEncryption, "sha1RSA", "SHA1"},
    {NID_sha1WithRSA, "sha1RSA", "SHA1"},
    {NID_sha224WithRSAEncryption, "sha224RSA", "SHA224"},
    {NID_sha256WithRSAEncryption, "sha256RSA", "SHA256"},
    {NID_sha384WithRSAEncryption, "sha384RSA", "SHA384"},
    {NID_sha512WithRSAEncryption, "sha512RSA", "SHA512"},
    {NID_rsassaPss, "RSASSA-PSS", ""},
    {NID_ecdsa_with_SHA1, "sha1ECDSA", "SHA1"},
    {NID_ecdsa_with_SHA224, "sha224ECDSA", "SHA224"},
    {NID_ecdsa_with_SHA256, "sha256ECDSA", "SHA256"},
    {NID_ecdsa_with_SHA384, "sha384ECDSA", "SHA384"},
    {NID_ecdsa_with_SHA512, "sha512ECDSA", "SHA512"},
    {NID_dsaWithSHA1, "sha1DSA", "SHA1"},
    {NID_dsa_with_SHA256, "sha256DSA", "SHA256"},
    {NID_ED25519, "Ed25519", ""},
};

/// The digest that RSASSA-PSS names in its parameters.
std::string pss_digest(X509* x) {
    int digest = NID_undef;
    if (X509_get_signature_info(x, &digest, nullptr, nullptr, nullptr) != 1 || digest == NID_undef)
        return {};
    return OBJ_nid2sn(digest);
}

void decode_algorithm(X509* x, certificate_fields& f) {
    const int nid = X509_get_signature_nid(x);
    for (const auto& a : algorithms)
        if (a.nid == nid) {
            f.signature_algorithm = a.windows;
            f.signature_digest = nid == NID_rsassaPss ? pss_digest(x) : std::string(a.digest);
            return;
        }
    const X509_ALGOR* algorithm = nullptr;
    X509_get0_signature(nullptr, &algorithm, x);
    const ASN1_OBJECT* object = nullptr;
    X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
    f.signature_algorithm = dotted(object);
}

bool looks_like_host(const std::string& name) {
    return is_domain_name(name) || is_wildcard_name(name);
}

/// SHA-256 of the SubjectPublicKeyInfo; of nothing when it cannot be encoded.
std::string key_digest(X509* x) {
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x), &der);
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(der, size > 0 ? static_cast<std::size_t>(size) : 0, digest);
    OPENSSL_free(der);
    return {reinterpret_cast<const char*>(digest), sizeof digest};
}

} // namespace

struct certificate::data {
    x509_handle x509;
    certificate_fields fields;
    std::string der;
    std::string thumbprint;
    std::string sha256;
    std::string subject;
    std::string issuer;
    std::string folded_subject;
    std::string folded_issuer;
    std::string public_key_digest;
    std::size_t hash = 0;
    bool self_issued = false;
};

parsed<certificate> certificate::from_der(std::string_view der) {
    using result = parsed<certificate>;
    const errors_forgotten guard;
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    x509_handle x(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!x)
        return result::fail("the bytes are not a DER-encoded X.509 certificate");
    if (at != reinterpret_cast<const unsigned char*>(der.data()) + der.size())
        return result::fail("bytes follow the certificate");
    const auto from = time_of(X509_get0_notBefore(x.get()));
    const auto until = time_of(X509_get0_notAfter(x.get()));
    if (!from || !until)
        return result::fail("the certificate's validity cannot be read");
    auto d = std::make_shared<data>();
    auto& f = d->fields;
    f.version = static_cast<int>(X509_get_version(x.get())) + 1;
    f.subject = decoded_name(X509_get_subject_name(x.get()));
    f.issuer = decoded_name(X509_get_issuer_name(x.get()));
    f.serial = number_text(X509_get0_serialNumber(x.get()));
    f.not_before = *from;
    f.not_after = *until;
    decode_key(x.get(), f);
    decode_algorithm(x.get(), f);
    decode_extensions(x.get(), f);
    d->der.assign(der);
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char*>(der.data()), der.size(), digest);
    d->thumbprint = to_hex({reinterpret_cast<const char*>(digest), SHA_DIGEST_LENGTH});
    SHA256(reinterpret_cast<const unsigned char*>(der.data()), der.size(), digest);
    d->sha256 = to_hex({reinterpret_cast<const char*>(digest), SHA256_DIGEST_LENGTH});
    std::memcpy(&d->hash, digest, sizeof d->hash);
    d->subject = to_string(f.subject);
    d->issuer = to_string(f.issuer);
    d->folded_subject = folded(f.subject);
    d->folded_issuer = folded(f.issuer);
    d->public_key_digest = key_digest(x.get());
    d->self_issued = f.subject == f.issuer;
    d->x509 = std::move(x);
    certificate out;
    out.data_ = std::move(d);
    return result::ok(std::move(out));
}

const certificate_fields& certificate::fields() const {
    return data_->fields;
}
const std::string& certificate::der() const {
    return data_->der;
}
const std::string& certificate::thumbprint() const {
    return data_->thumbprint;
}
const std::string& certificate::sha256_fingerprint() const {
    return data_->sha256;
}
const std::string& certificate::subject() const {
    return data_->subject;
}
const std::string& certificate::issuer() const {
    return data_->issuer;
}
x509_st* certificate::native() const {
    return data_->x509.get();
}

bool certificate::is_self_issued() const {
    return data_->self_issued;
}
const std::string& certificate::folded_subject() const {
    return data_->folded_subject;
}
const std::string& certificate::folded_issuer() const {
    return data_->folded_issuer;
}
const std::string& certificate::public_key_digest() const {
    return data_->public_key_digest;
}

std::string certificate::subject_der() const {
    unsigned char* encoded = nullptr;
    const int size = i2d_X509_NAME(X509_get_subject_name(native()), &encoded);
    std::string out(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(std::max(size, 0)));
    OPENSSL_free(encoded);
    return out;
}

std::string certificate::public_key_bits() const {
    const auto* bits = X509_get0_pubkey_bitstr(native());
    return bits == nullptr ? std::string{} : bytes_of(bits);
}

std::size_t certificate::hash() const {
    return data_->hash;
}

std::vector<std::string> certificate::domains() const {
    std::vector<std::string> out;
    const auto add = [&](const std::string& name) {
        const bool known =
            std::any_of(out.begin(), out.end(), [&](const auto& n) { return ascii_iequal(n, name); });
        if (!known)
            out.push_back(name);
    };
    for (const auto& name : data_->fields.subject.common_names())
        if (looks_like_host(name))
            add(name);
    for (const auto& name : data_->fields.dns_names)
        add(name);
    return out;
}

bool certificate::signed_by(const certificate& issuer) const {
    const errors_forgotten guard;
    auto* key = X509_get0_pubkey(issuer.native());
    return key != nullptr && X509_verify(native(), key) == 1;
}

bool certificate::signed_by(const certificate& issuer, const certificate& parameters) const {
    const errors_forgotten guard;
    const auto key = completed_key(issuer.native(), parameters.native());
    return key && X509_verify(native(), key.get()) == 1;
}

bool operator==(const certificate& a, const certificate& b) {
    if (a.data_ == b.data_)
        return true;
    return a.data_ != nullptr && b.data_ != nullptr && a.der() == b.der();
}

namespace {

using certificates = parsed<std::vector<certificate>>;

/// One certificate, or a PKCS #7 bundle.
certificates read_der(std::string_view der) {
    std::vector<certificate> out;
    auto one = certificate::from_der(der);
    if (one) {
        out.push_back(std::move(*one));
        return certificates::ok(std::move(out));
    }
    for (const auto& bytes : certificates_in_pkcs7(der))
        if (auto next = certificate::from_der(bytes))
            out.push_back(std::move(*next));
    return out.empty() ? certificates::fail(one.error) : certificates::ok(std::move(out));
}

bool holds_certificates(const std::string& kind) {
    return kind == PEM_STRING_X509 || kind == PEM_STRING_X509_OLD || kind == PEM_STRING_PKCS7;
}

} // namespace

parsed<std::vector<certificate>> read_certificates(std::string_view pem_or_der) {
    if (!looks_like_pem(pem_or_der)) {
        auto read = read_der(pem_or_der);
        return read ? std::move(read) : certificates::fail("neither PEM nor DER: " + read.error);
    }
    std::vector<certificate> out;
    for (const auto& block : read_pem(pem_or_der)) {
        if (!holds_certificates(block.kind))
            continue; // a key or a CRL beside it
        const auto some = read_der(block.der);
        if (!some)
            return certificates::fail("certificate " + std::to_string(out.size() + 1) +
                                      " of the PEM text: " + some.error);
        out.insert(out.end(), some->begin(), some->end());
    }
    return out.empty() ? certificates::fail("the PEM text holds no certificate that can be read")
                       : certificates::ok(std::move(out));
}

std::string to_pem(const certificate& c) {
    const bio_handle bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), c.native());
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

} // namespace connlab::certs
