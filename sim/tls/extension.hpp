// The extensions of a message, each as one detail (RFC 5246 7.4.1.4, RFC 8446 4.2, RFC 6066).
#pragma once

#include "sim/tls/octets.hpp"
#include "sim/trace/run_record.hpp"

#include <vector>

namespace connlab::tls {

/// The same extension looks different from message to message.
enum class extended_message {
    client_hello,
    server_hello,
    hello_retry_request,
    encrypted_extensions,
    certificate,
    certificate_request,
    new_session_ticket,
};

/// In order. An extension that breaks its format says `damaged`; those after it are still read.
std::vector<trace::tls_detail> decode_extensions(octets& from, extended_message where);

/// X.500 names of a list of authorities, as Windows prints them: `DistinguishedName authorities<…>`.
trace::tls_detail decode_authorities(octets& from);

/// `OCSP response, 1483 bytes` of a CertificateStatus (RFC 6066, section 8).
trace::tls_detail decode_stapled_response(octets& from);

/// `empty`, `1 byte`, `32 bytes`.
std::string size_text(std::size_t bytes);

/// The value of a field that is named for whoever reads on.
const trace::tls_detail* find_detail(const std::vector<trace::tls_detail>& all, std::string_view name);

} // namespace connlab::tls
