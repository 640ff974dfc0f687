// X.500 names as DER.
#pragma once

#include "certs/x500_name.hpp"

namespace connlab::certs {

/// RFC 5280 4.1.2.4 and appendix A.1: country, serialNumber and dnQualifier as PrintableString,
/// domainComponent and emailAddress as IA5String, all others as UTF8String. A value that its string type
/// cannot hold becomes UTF8String. The error names an attribute type that is no OID.
parsed<std::string> encode_name(const x500_name& name);

} // namespace connlab::certs
