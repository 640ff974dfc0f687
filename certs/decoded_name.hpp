// X509_NAME → x500_name.
#pragma once

#include "certs/x500_name.hpp"

struct X509_name_st;
struct asn1_object_st;

namespace connlab::certs {

x500_name decoded_name(const X509_name_st* name);
std::string dotted(const asn1_object_st* object);

} // namespace connlab::certs
