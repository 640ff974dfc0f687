#include "certs/certificate.hpp"
#include "certs/openssl_handle.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <fmt/format.h>

namespace connlab::certs {
namespace {

using bio_handle = std::unique_ptr<BIO, freed_by<BIO_free_all>>;

EVP_PKEY* pkey(const private_key& key) {
    return static_cast<EVP_PKEY*>(key.native());
}

/// OpenSSL would ask on the terminal; an encrypted key is simply not readable here.
int no_password(char*, int, int, void*) {
    return -1;
}

const char* group_of(int bits) {
    switch (bits) {
    case 256:
        return "P-256";
    case 384:
        return "P-384";
    case 521:
        return "P-521";
    }
    return nullptr;
}

} // namespace

private_key private_key::adopt(void* evp_pkey) {
    private_key out;
    out.key_ = std::shared_ptr<void>(evp_pkey, [](void* p) { EVP_PKEY_free(static_cast<EVP_PKEY*>(p)); });
    return out;
}

parsed<private_key> private_key::from_pem(std::string_view pem) {
    const bio_handle bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    pkey_handle key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
    ERR_clear_error();
    if (!key)
        return parsed<private_key>::fail("The text holds no private key in PEM without a password.");
    return parsed<private_key>::ok(adopt(key.release()));
}

parsed<private_key> private_key::generate(key_kind kind, int bits) {
    pkey_handle key;
    if (kind == key_kind::rsa && bits >= 512 && bits <= 8192)
        key.reset(EVP_RSA_gen(static_cast<unsigned int>(bits)));
    else if (const char* group = group_of(bits); kind == key_kind::ec && group != nullptr)
        key.reset(EVP_EC_gen(group));
    else
        return parsed<private_key>::fail(fmt::format(
            "No key of {} bits of this kind can be made: RSA has 512 to 8192 bits, EC 256, 384 or 521.",
            bits));
    if (!key)
        return parsed<private_key>::fail(fmt::format("OpenSSL made no key of {} bits.", bits));
    return parsed<private_key>::ok(adopt(key.release()));
}

key_kind private_key::kind() const {
    if (!key_)
        return key_kind::other;
    switch (EVP_PKEY_get_base_id(pkey(*this))) {
    case EVP_PKEY_RSA:
        return key_kind::rsa;
    case EVP_PKEY_EC:
        return key_kind::ec;
    case EVP_PKEY_ED25519:
        return key_kind::ed25519;
    case EVP_PKEY_DSA:
        return key_kind::dsa;
    }
    return key_kind::other;
}

int private_key::bits() const {
    return key_ ? EVP_PKEY_get_bits(pkey(*this)) : 0;
}

std::string private_key::to_pem() const {
    if (!key_)
        return {};
    const bio_handle bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), pkey(*this), nullptr, nullptr, 0, nullptr, nullptr);
    const char* text = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

} // namespace connlab::certs
