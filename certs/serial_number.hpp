// Serial numbers between their text (certificate_fields::serial) and DER.
#pragma once

#include "sim/base/parsed.hpp"

#include <string>
#include <string_view>

namespace connlab::certs {

/// A DER INTEGER of hexadecimal digits, a minus before a negative number. The error names what is no serial
/// number.
parsed<std::string> serial_number_der(std::string_view text);

} // namespace connlab::certs
