#include "certs/digest.hpp"

#include "sim/base/ascii.hpp"

#include <openssl/sha.h>

namespace connlab::certs {

std::string sha256_hex(std::string_view bytes) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
    return to_hex({reinterpret_cast<const char*>(digest), sizeof digest});
}

} // namespace connlab::certs
