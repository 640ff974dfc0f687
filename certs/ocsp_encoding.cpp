#include "certs/ocsp_encoding.hpp"

#include "certs/der.hpp"
#include "certs/serial_number.hpp"

#include <fmt/format.h>

#include <array>

namespace connlab::certs {

namespace {

struct hash_oid {
    std::string_view name;
    std::string_view oid;
};
constexpr std::array<hash_oid, 4> hashes{{{"SHA1", "1.3.14.3.2.26"},
                                          {"SHA256", "2.16.840.1.101.3.4.2.1"},
                                          {"SHA384", "2.16.840.1.101.3.4.2.2"},
                                          {"SHA512", "2.16.840.1.101.3.4.2.3"}}};

} // namespace

parsed<std::string> encode_certificate_id(const ocsp_certificate_id& id) {
    std::string algorithm;
    for (const auto& h : hashes)
        if (h.name == id.hash)
            algorithm = der::sequence(der::object_identifier(h.oid) + der::null());
    if (algorithm.empty())
        return parsed<std::string>::fail(
            fmt::format("'{}' is no hash of a CertID; SHA1, SHA256, SHA384 and SHA512 are.", id.hash));
    const auto serial = serial_number_der(id.serial);
    if (!serial)
        return serial;
    return parsed<std::string>::ok(der::sequence(algorithm + der::octet_string(id.issuer_name_hash) +
                                                 der::octet_string(id.issuer_key_hash) + *serial));
}

std::string encode_request(std::string_view certificate_id) {
    const auto request = der::sequence(certificate_id);
    return der::sequence(der::sequence(der::sequence(request)));
}

} // namespace connlab::certs
