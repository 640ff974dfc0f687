#include "certs/request.hpp"

#include "certs/base64.hpp"
#include "certs/der.hpp"
#include "certs/extensions.hpp"
#include "certs/name_encoding.hpp"
#include "certs/signing.hpp"

namespace connlab::certs {

namespace {

constexpr std::string_view extension_request = "1.2.840.113549.1.9.14";

/// CertificationRequestInfo (RFC 2986 4.1).
parsed<std::string> request_info(const certificate_recipe& recipe, const public_key_info& own) {
    const auto subject = encode_name(recipe.subject);
    const auto extensions = encode_extensions(recipe, own.key_id, {});
    if (!subject || !extensions)
        return subject ? extensions : subject;
    const auto attribute =
        extensions->empty()
            ? std::string{}
            : der::sequence(der::object_identifier(extension_request) + der::set_of({*extensions}));
    return parsed<std::string>::ok(
        der::sequence(der::integer(0) + *subject + own.der + der::constructed(0, attribute)));
}

/// With the older of the two labels, which Windows writes.
std::string as_pem(const std::string& der) {
    constexpr std::size_t line = 64;
    const auto text = base64_encoded(der);
    std::string out = "-----BEGIN NEW CERTIFICATE REQUEST-----\n";
    for (std::size_t at = 0; at < text.size(); at += line)
        out += text.substr(at, line) + "\n";
    return out + "-----END NEW CERTIFICATE REQUEST-----\n";
}

} // namespace

parsed<std::string> certification_request(const certificate_recipe& recipe, const private_key& key) {
    const auto info = request_info(recipe, public_key_of(key));
    if (!info)
        return info;
    const auto algorithm = signature_algorithm(key, recipe.hash);
    const auto signature = algorithm ? sign(key, recipe.hash, *info) : algorithm;
    if (!signature)
        return signature;
    return parsed<std::string>::ok(as_pem(der::sequence(*info + *algorithm + der::bit_string(*signature))));
}

} // namespace connlab::certs
