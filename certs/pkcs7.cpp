#include "certs/pkcs7.hpp"

#include "certs/openssl_handle.hpp"

#include <openssl/pkcs7.h>

namespace connlab::certs {

std::vector<std::string> certificates_in_pkcs7(std::string_view der) {
    const errors_forgotten guard;
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const std::unique_ptr<PKCS7, freed_by<PKCS7_free>> bundle(
        d2i_PKCS7(nullptr, &at, static_cast<long>(der.size())));
    std::vector<std::string> out;
    if (!bundle || !PKCS7_type_is_signed(bundle.get()) || bundle->d.sign == nullptr)
        return out;
    const auto* certs = bundle->d.sign->cert;
    for (int i = 0; i < sk_X509_num(certs); ++i) {
        unsigned char* bytes = nullptr;
        const int size = i2d_X509(sk_X509_value(certs, i), &bytes);
        if (size > 0)
            out.emplace_back(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
        OPENSSL_free(bytes);
    }
    return out;
}

} // namespace connlab::certs
