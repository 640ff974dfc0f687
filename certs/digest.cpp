#include "certs/digest.hpp"

#include "sim/base/ascii.hpp"

#include <openssl/evp.h>

#include <array>

namespace connlab::certs {

namespace {

constexpr std::size_t sha256_bytes = 32;

/// Looked up once a process: OpenSSL's SHA256() searches its providers for each message, which takes longer
/// than the digest of a short one.
const EVP_MD* sha256() {
    static const EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return found;
}

} // namespace

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, sha256_bytes> digest{};
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, sha256(), nullptr);
    return to_hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

} // namespace connlab::certs
