// Certificates in a PKCS #7 bundle (.p7b, .p7c): one of the forms in which AIA URLs answer (RFC
// 5280 4.2.2.1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace connlab::certs {

/// The DER of each certificate of a SignedData, in order; empty for anything else. Signatures are not looked
/// at: a certs-only bundle has none.
std::vector<std::string> certificates_in_pkcs7(std::string_view der);

} // namespace connlab::certs
