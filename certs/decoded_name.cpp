#include "certs/decoded_name.hpp"

#include "certs/openssl_handle.hpp"

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

std::optional<x500_name> name_from_der(std::string_view der) {
    const errors_forgotten quiet;
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const auto* end = at + der.size();
    const name_handle name(d2i_X509_NAME(nullptr, &at, static_cast<long>(der.size())));
    if (!name || at != end)
        return std::nullopt;
    return decoded_name(name.get());
}

namespace {

/// One DER element: its identifier octet, what is inside, and how long it is as a whole.
struct der_element {
    int tag = -1; // V_ASN1_…; -1: no element
    std::string_view inside;
    std::size_t whole = 0;
};

der_element first_element(std::string_view der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const auto* begin = at;
    long length = 0;
    int tag = 0;
    int tag_class = 0;
    const int kind = ASN1_get_object(&at, &length, &tag, &tag_class, static_cast<long>(der.size()));
    if ((kind & 0x81) != 0) // damaged, or without a length
        return {};
    const auto head = static_cast<std::size_t>(at - begin);
    const auto size = static_cast<std::size_t>(length);
    return {tag_class == V_ASN1_UNIVERSAL ? tag : 0, der.substr(head, size), head + size};
}

} // namespace

std::optional<x500_name> subject_from_der(std::string_view certificate) {
    const errors_forgotten quiet;
    auto rest = first_element(first_element(certificate).inside).inside; // of the TBSCertificate
    const auto version = first_element(rest);
    if (version.tag == 0) // [0], which version 1 leaves out
        rest.remove_prefix(version.whole);
    // RFC 5280 4.1: serialNumber, signature, issuer, validity, then the subject
    for (const int expected : {V_ASN1_INTEGER, V_ASN1_SEQUENCE, V_ASN1_SEQUENCE, V_ASN1_SEQUENCE}) {
        const auto passed = first_element(rest);
        if (passed.tag != expected)
            return std::nullopt;
        rest.remove_prefix(passed.whole);
    }
    return name_from_der(rest.substr(0, first_element(rest).whole));
}

} // namespace connlab::certs
