// The encodings of .reg files and of the texts inside them. Internal.
#pragma once

#include <string>
#include <string_view>

namespace connlab::tls {

/// UTF-16LE, little-endian units, as UTF-8. A unit that stands alone (half a pair, an odd last byte) is
/// U+FFFD.
std::string utf8_of_utf16(std::string_view bytes);

/// A whole file as UTF-8, by its byte order mark: UTF-16LE, UTF-8, or, without one, UTF-8 where it is well
/// formed, else ANSI (taken as ISO 8859-1). NUL bytes are shown as U+FFFD.
std::string registry_text(std::string_view bytes);

} // namespace connlab::tls
