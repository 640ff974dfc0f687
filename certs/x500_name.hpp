// X.500 names as values, printed exactly as Windows prints them (the strings in <I>…<S>… must match).
#pragma once

#include "sim/base/parsed.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::certs {

struct name_attribute {
    std::string oid;   // dotted
    std::string value; // UTF-8
    friend bool operator==(const name_attribute&, const name_attribute&) = default;
};

/// RDNs in the order of the encoding (most general first); each a set of attributes.
struct x500_name {
    std::vector<std::vector<name_attribute>> rdns;

    bool empty() const { return rdns.empty(); }
    /// Values of all commonName attributes, most specific first.
    std::vector<std::string> common_names() const;
    friend bool operator==(const x500_name&, const x500_name&) = default;
};

/// As X509Certificate.Subject prints it: RDNs last to first, `, ` between, ` + ` inside, S= and E=, quotes
/// doubled, no backslash escapes. Source: CertNameToStr (CERT_X500_NAME_STR, reversed).
std::string to_string(const x500_name& name);

/// Reads that form (quotes, ` + `, `OID.1.2=`; ST= and emailAddress= are accepted too). `CN=mail.contoso.com,
/// O=x, C=DE`.
parsed<x500_name> parse_x500_name(std::string_view text);

/// Equal for issuer/subject chaining (RFC 5280 7.1): attribute types equal, values equal after case folding
/// of ASCII and compression of blanks.
bool chains_to(const x500_name& issuer_field, const x500_name& subject_field);

/// One text per name such that names chain exactly when their texts are equal. Not for people.
std::string folded(const x500_name& name);
/// The same for one RDN, and for one value.
std::string folded(const std::vector<name_attribute>& rdn);
std::string folded_value(std::string_view value);

/// `<I>issuer<S>subject`. Tags in any case; both parts must be X.500 names, else the error says which is not.
struct certificate_identifier {
    std::string issuer; // text as written
    std::string subject;
    friend bool operator==(const certificate_identifier&, const certificate_identifier&) = default;
};
parsed<certificate_identifier> parse_certificate_identifier(std::string_view text);
std::string to_string(const certificate_identifier& id);

} // namespace connlab::certs
