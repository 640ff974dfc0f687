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

namespace {

/// Bytes that are no text in their declared type still tell names apart: each stands for the character of its
/// number.
std::string as_latin1(const ASN1_STRING* s) {
    std::string out;
    const auto* bytes = ASN1_STRING_get0_data(s);
    for (int i = 0; i < ASN1_STRING_length(s); ++i) {
        const unsigned c = bytes[i];
        if (c < 0x80U) {
            out += static_cast<char>(c);
        } else {
            out += static_cast<char>(0xC0U | (c >> 6U));
            out += static_cast<char>(0x80U | (c & 0x3FU));
        }
    }
    return out;
}

} // namespace

std::string utf8_of(const asn1_string_st* text) {
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, text);
    if (size < 0)
        return as_latin1(text);
    std::string out(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
    OPENSSL_free(utf8);
    return out;
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
        out.rdns.back().push_back(
            {dotted(X509_NAME_ENTRY_get_object(entry)), utf8_of(X509_NAME_ENTRY_get_data(entry))});
    }
    return out;
}

} // namespace connlab::certs
