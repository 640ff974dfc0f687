#include "certs/signing.hpp"

#include "certs/der.hpp"
#include "certs/openssl_handle.hpp"
#include "certs/rfc6979.hpp"

#include <openssl/core_names.h>
#include <openssl/objects.h>
#include <openssl/sha.h>

#include <fmt/format.h>

#include <array>

namespace connlab::certs {
namespace {

struct hash_row {
    std::string_view name;
    std::string_view with_rsa;   // RFC 8017 A.2.4
    std::string_view with_ecdsa; // RFC 5758 3.2; empty: not defined
    const EVP_MD* (*digest)();
};

constexpr std::array<hash_row, 5> hashes{{
    {"SHA256", "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2", EVP_sha256},
    {"SHA384", "1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3", EVP_sha384},
    {"SHA512", "1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4", EVP_sha512},
    {"SHA1", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1", EVP_sha1},
    {"MD5", "1.2.840.113549.1.1.4", "", EVP_md5},
}};

EVP_PKEY* pkey(const private_key& key) {
    return static_cast<EVP_PKEY*>(key.native());
}

/// The table's row, if a key of this kind can sign with that hash.
parsed<const hash_row*> row_for(const private_key& key, std::string_view hash) {
    const auto kind = key.kind();
    if (kind != key_kind::rsa && kind != key_kind::ec)
        return parsed<const hash_row*>::fail("Only RSA and EC keys sign certificates here.");
    for (const auto& row : hashes) {
        if (row.name != hash)
            continue;
        if (kind == key_kind::ec && row.with_ecdsa.empty())
            return parsed<const hash_row*>::fail(fmt::format("ECDSA is not defined with {}.", hash));
        return parsed<const hash_row*>::ok(&row);
    }
    return parsed<const hash_row*>::fail(
        fmt::format("'{}' is no hash of signatures; SHA256, SHA384, SHA512, SHA1 and MD5 are.", hash));
}

parsed<std::string> sign_rsa(EVP_PKEY* key, const hash_row& row, std::string_view message) {
    const digest_context_handle context(EVP_MD_CTX_new());
    const auto* text = reinterpret_cast<const unsigned char*>(message.data());
    std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key));
    std::string out(size, '\0');
    if (EVP_DigestSignInit(context.get(), nullptr, row.digest(), nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, text,
                       message.size()) != 1)
        return parsed<std::string>::fail(
            fmt::format("An RSA key of {} bits cannot sign with {}.", EVP_PKEY_get_bits(key), row.name));
    out.resize(size);
    return parsed<std::string>::ok(std::move(out));
}

parsed<std::string> sign_ecdsa(EVP_PKEY* key, const hash_row& row, std::string_view message) {
    std::array<char, 80> curve{};
    BIGNUM* x = nullptr;
    EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, curve.data(), curve.size(), nullptr);
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &x);
    const number_handle owned(x);
    const group_handle group(EC_GROUP_new_by_curve_name(OBJ_txt2nid(curve.data())));
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (!owned || !group ||
        EVP_Digest(message.data(), message.size(), digest.data(), &size, row.digest(), nullptr) != 1)
        return parsed<std::string>::fail("This EC key cannot sign: its curve is not a named one.");
    return parsed<std::string>::ok(rfc6979_sign(
        group.get(), owned.get(), {reinterpret_cast<const char*>(digest.data()), size}, row.digest()));
}

} // namespace

parsed<std::string> signature_algorithm(const private_key& key, std::string_view hash) {
    const auto row = row_for(key, hash);
    if (!row)
        return parsed<std::string>::fail(row.error);
    // RSA has NULL for parameters, ECDSA none at all (RFC 4055 5, RFC 5758 3.2).
    if (key.kind() == key_kind::rsa)
        return parsed<std::string>::ok(der::sequence(der::object_identifier((*row)->with_rsa) + der::null()));
    return parsed<std::string>::ok(der::sequence(der::object_identifier((*row)->with_ecdsa)));
}

parsed<std::string> sign(const private_key& key, std::string_view hash, std::string_view message) {
    const auto row = row_for(key, hash);
    if (!row)
        return parsed<std::string>::fail(row.error);
    return key.kind() == key_kind::rsa ? sign_rsa(pkey(key), **row, message)
                                       : sign_ecdsa(pkey(key), **row, message);
}

public_key_info public_key_of(const private_key& key) {
    X509_PUBKEY* raw = nullptr;
    if (X509_PUBKEY_set(&raw, pkey(key)) != 1)
        return {};
    const public_key_handle info(raw);
    unsigned char* encoded = nullptr;
    const int size = i2d_X509_PUBKEY(info.get(), &encoded);
    public_key_info out;
    out.der.assign(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
    OPENSSL_free(encoded);
    const unsigned char* bits = nullptr;
    int length = 0;
    X509_PUBKEY_get0_param(nullptr, &bits, &length, nullptr, info.get());
    out.key_id.resize(SHA_DIGEST_LENGTH);
    SHA1(bits, static_cast<std::size_t>(length), reinterpret_cast<unsigned char*>(out.key_id.data()));
    return out;
}

} // namespace connlab::certs
