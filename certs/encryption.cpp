#include "certs/encryption.hpp"

#include "certs/openssl_handle.hpp"

#include <openssl/rsa.h>

#include <fmt/format.h>

#include <array>

namespace connlab::certs {
namespace {

constexpr std::size_t hash_size = 32;

std::string sha256(std::string_view bytes) {
    std::string out(hash_size, '\0');
    EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr,
               EVP_sha256(), nullptr);
    return out;
}

/// MGF1 (RFC 8017 B.2.1), laid over `bytes`.
std::string masked(std::string bytes, const std::string& seed) {
    for (std::size_t block = 0; block * hash_size < bytes.size(); ++block) {
        std::string counted = seed;
        for (const int shift : {24, 16, 8, 0})
            counted += static_cast<char>((block >> shift) & 0xFF);
        const auto mask = sha256(counted);
        for (std::size_t i = 0; i < hash_size && block * hash_size + i < bytes.size(); ++i)
            bytes[block * hash_size + i] = static_cast<char>(bytes[block * hash_size + i] ^ mask[i]);
    }
    return bytes;
}

/// EME-OAEP (RFC 8017 7.1.1, step 2) without a label.
std::string encoded(std::string_view message, std::size_t length, const std::string& seed) {
    std::string block = sha256({});
    block.append(length - message.size() - 2 * hash_size - 2, '\0');
    block += '\x01';
    block += message;
    block = masked(std::move(block), seed);
    return std::string(1, '\0') + masked(seed, block) + block;
}

using transform = int (*)(EVP_PKEY_CTX*, unsigned char*, std::size_t*, const unsigned char*, std::size_t);

/// One RSA operation; empty: it failed.
std::string transformed(EVP_PKEY_CTX* context, transform by, std::string_view bytes, std::size_t room) {
    std::string out(room, '\0');
    std::size_t size = out.size();
    if (by(context, reinterpret_cast<unsigned char*>(out.data()), &size,
           reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()) <= 0)
        return {};
    out.resize(size);
    return out;
}

} // namespace

parsed<std::string> encrypted_for(const certificate& holder, std::string_view message) {
    const errors_forgotten quietly;
    auto* key = X509_get0_pubkey(holder.native());
    if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA)
        return parsed<std::string>::fail(
            fmt::format("The key of the certificate {} is no RSA key: nothing can be encrypted with it.",
                        holder.subject()));
    const auto length = static_cast<std::size_t>(EVP_PKEY_get_size(key));
    if (length < message.size() + 2 * hash_size + 2)
        return parsed<std::string>::fail(
            fmt::format("An RSA key of {} bits is too short to encrypt {} bytes with.",
                        EVP_PKEY_get_bits(key), message.size()));
    const auto seed = sha256(holder.public_key_digest() + std::string(message));
    const pkey_context_handle context(EVP_PKEY_CTX_new(key, nullptr));
    EVP_PKEY_encrypt_init(context.get());
    EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING);
    auto out = transformed(context.get(), EVP_PKEY_encrypt, encoded(message, length, seed), length);
    return out.empty() ? parsed<std::string>::fail("OpenSSL encrypts nothing with this RSA key.")
                       : parsed<std::string>::ok(std::move(out));
}

parsed<std::string> decrypted_with(const private_key& key, std::string_view bytes) {
    const errors_forgotten quietly;
    if (key.kind() != key_kind::rsa)
        return parsed<std::string>::fail("There is no private RSA key to decrypt with.");
    auto* native = static_cast<EVP_PKEY*>(key.native());
    const pkey_context_handle context(EVP_PKEY_CTX_new(native, nullptr));
    EVP_PKEY_decrypt_init(context.get());
    EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING);
    EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), EVP_sha256());
    EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), EVP_sha256());
    auto out = transformed(context.get(), EVP_PKEY_decrypt, bytes,
                           static_cast<std::size_t>(EVP_PKEY_get_size(native)));
    return out.empty() ? parsed<std::string>::fail("The bytes were not encrypted for this private key.")
                       : parsed<std::string>::ok(std::move(out));
}

} // namespace connlab::certs
