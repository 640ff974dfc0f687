// X509_NAME → x500_name.
#pragma once

#include "certs/x500_name.hpp"

struct X509_name_st;
struct asn1_object_st;
struct asn1_string_st;

namespace connlab::certs {

x500_name decoded_name(const X509_name_st* name);
/// Any ASN.1 string; bytes that break its type are read as Latin-1.
std::string utf8_of(const asn1_string_st* text);
std::string dotted(const asn1_object_st* object);

} // namespace connlab::certs
