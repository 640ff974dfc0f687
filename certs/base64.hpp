// Base64 as PEM and JSON carry certificates.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace connlab::certs {

/// The bytes; white space is skipped. Nothing for anything that is not base64 with its padding.
std::optional<std::string> base64_decoded(std::string_view text);

/// On one line, with padding.
std::string base64_encoded(std::string_view bytes);

} // namespace connlab::certs
