#include "certs/der.hpp"
#include "certs/extensions.hpp"
#include "certs/forge.hpp"
#include "certs/signing.hpp"

#include <openssl/x509.h>

#include <fmt/format.h>

namespace connlab::certs {
namespace {

/// The issuer's subject as it is encoded: names chain by their bytes first.
std::string subject_of(const certificate& c) {
    unsigned char* encoded = nullptr;
    const int size = i2d_X509_NAME(X509_get_subject_name(c.native()), &encoded);
    std::string out(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
    OPENSSL_free(encoded);
    return out;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

parsed<std::string> serial_bytes(std::string_view hex) {
    std::string out;
    const std::string padded = (hex.size() % 2 != 0 ? "0" : "") + std::string(hex);
    for (std::size_t i = 0; i < padded.size(); i += 2) {
        const int high = hex_digit(padded[i]);
        const int low = hex_digit(padded[i + 1]);
        if (high < 0 || low < 0)
            return parsed<std::string>::fail(
                fmt::format("'{}' is no serial number in hexadecimal digits.", hex));
        out.push_back(static_cast<char>(static_cast<unsigned char>(high * 16 + low)));
    }
    return hex.empty() ? parsed<std::string>::fail("A revoked serial number is empty.")
                       : parsed<std::string>::ok(std::move(out));
}

parsed<std::string> revoked_entries(const crl_recipe& recipe) {
    std::string entries;
    for (const auto& serial : recipe.revoked_serials) {
        auto bytes = serial_bytes(serial);
        if (!bytes)
            return bytes;
        entries += der::sequence(der::unsigned_integer(*bytes) + der::time(recipe.this_update));
    }
    // An empty list is left away, not empty (RFC 5280 5.1.2.6).
    return parsed<std::string>::ok(entries.empty() ? entries : der::sequence(entries));
}

} // namespace

parsed<std::string> forge_crl(const crl_recipe& recipe, const issued& issuer) {
    const auto algorithm = signature_algorithm(issuer.key, recipe.hash);
    const auto revoked = revoked_entries(recipe);
    if (!algorithm || !revoked)
        return algorithm ? revoked : algorithm;
    std::string extensions;
    if (const auto& key_id = issuer.cert.fields().subject_key_id; !key_id.empty())
        extensions += authority_key_identifier_extension(key_id);
    extensions += extension("2.5.29.20", false, der::integer(recipe.number));
    const auto tbs = der::sequence(der::integer(1) + *algorithm + subject_of(issuer.cert) +
                                   der::time(recipe.this_update) + der::time(recipe.next_update) + *revoked +
                                   der::constructed(0, der::sequence(extensions)));
    auto signature = sign(issuer.key, recipe.hash, tbs);
    if (!signature)
        return signature;
    return parsed<std::string>::ok(der::sequence(tbs + *algorithm + der::bit_string(*signature)));
}

} // namespace connlab::certs
