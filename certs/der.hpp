// A writer for the few DER forms that certificates and CRLs are made of (X.690). Each function returns one
// complete element; an element is put together from the texts of its parts.
#pragma once

#include "sim/base/instant.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::certs::der {

/// Tag, length and content.
std::string element(std::uint8_t tag, std::string_view content);

std::string sequence(std::string_view content);
/// SET OF: the elements are put in the order that DER demands (X.690 11.6).
std::string set_of(std::vector<std::string> elements);
std::string boolean(bool value);
std::string integer(std::int64_t value);
/// A non-negative INTEGER from its big-endian bytes.
std::string unsigned_integer(std::string_view bytes);
std::string enumerated(std::int64_t value);
std::string null();
/// The dotted form; empty when it is none.
std::string object_identifier(std::string_view dotted);
std::string octet_string(std::string_view bytes);
std::string bit_string(std::string_view bytes);
/// A named bit list: bit 0 of `bits` is the first one, trailing zero bits are left away (X.690 11.2.2).
std::string named_bits(std::uint16_t bits);
std::string utf8_string(std::string_view text);
std::string printable_string(std::string_view text);
std::string ia5_string(std::string_view text);
/// UTCTime through 2049, GeneralizedTime after it and before 1950 (RFC 5280 4.1.2.5); whole seconds, rounded
/// down.
std::string time(instant at);
/// GeneralizedTime for every year, as OCSP wants it.
std::string generalized_time(instant at);
/// [number] with other elements inside, and [number] IMPLICIT on a primitive type.
std::string constructed(int number, std::string_view content);
std::string primitive(int number, std::string_view content);

} // namespace connlab::certs::der
