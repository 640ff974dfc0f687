#include "certs/decoded_name.hpp"

#include <openssl/objects.h>
#include <openssl/x509.h>

namespace connlab::certs {

std::string dotted(const asn1_object_st* object) {
    char text[128];
    const int length = OBJ_obj2txt(text, sizeof text, object, 1);
    return length > 0
               ? std::string(text, std::min<std::size_t>(static_cast<std::size_t>(length), sizeof text - 1))
               : std::string{};
}

x500_name decoded_name(const X509_name_st* name) {
    x500_name out;
    int current = -1;
    for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
        const auto* entry = X509_NAME_get_entry(name, i);
        if (X509_NAME_ENTRY_set(entry) != current) {
            current = X509_NAME_ENTRY_set(entry);
            out.rdns.emplace_back();
        }
        unsigned char* utf8 = nullptr;
        const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(entry));
        std::string value;
        if (size >= 0) {
            value.assign(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
            OPENSSL_free(utf8);
        }
        out.rdns.back().push_back({dotted(X509_NAME_ENTRY_get_object(entry)), std::move(value)});
    }
    return out;
}

} // namespace connlab::certs
