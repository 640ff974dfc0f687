// X509_NAME → x500_name; names out of DER that nobody has decoded yet.
#pragma once

#include "certs/x500_name.hpp"

#include <optional>
#include <string_view>

struct X509_name_st;
struct asn1_object_st;
struct asn1_string_st;

namespace connlab::certs {

x500_name decoded_name(const X509_name_st* name);
/// Any ASN.1 string; bytes that break its type are read as Latin-1.
std::string utf8_of(const asn1_string_st* text);
std::string dotted(const asn1_object_st* object);

/// A DER Name; nothing for bytes that are none, or that are followed by others.
std::optional<x500_name> name_from_der(std::string_view der);
/// The subject of a DER certificate of which nothing else is asked; nothing when the way to it is damaged.
std::optional<x500_name> subject_from_der(std::string_view certificate);

} // namespace connlab::certs
