// What a server sends to a certification authority: the request for a certificate.
#pragma once

#include "certs/recipe.hpp"

namespace connlab::certs {

/// PEM of a PKCS #10 request (RFC 2986) for the certificate that `recipe` describes, signed by `key`; the
/// extensions stand in the attribute extensionRequest (RFC 2985 5.4.2). Issuer and validity are not the
/// subject's to say. Errors: a name or an extension that cannot be encoded, a hash the key cannot sign with.
parsed<std::string> certification_request(const certificate_recipe& recipe, const private_key& key);

} // namespace connlab::certs
