// SHA-256 of bytes, for everything above that has to say "these are the bytes".
#pragma once

#include <string>
#include <string_view>

namespace connlab::certs {

/// 64 upper-case hex digits.
std::string sha256_hex(std::string_view bytes);

} // namespace connlab::certs
