#include "certs/inherited_parameters.hpp"

namespace connlab::certs {

pkey_handle completed_key(const X509* bare, const X509* parameters) {
    const unsigned char* bits = nullptr;
    int size = 0;
    X509_ALGOR* algorithm = nullptr;
    if (X509_PUBKEY_get0_param(nullptr, &bits, &size, nullptr, X509_get_X509_PUBKEY(bare)) != 1 ||
        X509_PUBKEY_get0_param(nullptr, nullptr, nullptr, &algorithm, X509_get_X509_PUBKEY(parameters)) != 1)
        return {};
    const ASN1_OBJECT* oid = nullptr;
    int type = V_ASN1_UNDEF;
    const void* value = nullptr;
    X509_ALGOR_get0(&oid, &type, &value, algorithm);
    if (type != V_ASN1_SEQUENCE)
        return {};
    std::unique_ptr<X509_PUBKEY, freed_by<X509_PUBKEY_free>> whole(X509_PUBKEY_new());
    auto* copied_bits = static_cast<unsigned char*>(OPENSSL_memdup(bits, static_cast<std::size_t>(size)));
    auto* copied_value = ASN1_STRING_dup(static_cast<const ASN1_STRING*>(value));
    if (X509_PUBKEY_set0_param(whole.get(), OBJ_dup(oid), type, copied_value, copied_bits, size) != 1)
        return {}; // out of memory only
    unsigned char* der = nullptr;
    const int length = i2d_X509_PUBKEY(whole.get(), &der);
    const auto* at = static_cast<const unsigned char*>(der);
    pkey_handle key(length > 0 ? d2i_PUBKEY(nullptr, &at, length) : nullptr);
    OPENSSL_free(der);
    return key;
}

} // namespace connlab::certs
