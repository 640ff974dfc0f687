// Whether one name lies within one subtree of a name constraint (RFC 5280 4.2.1.10), by the kind of name.
#pragma once

#include "certs/certificate.hpp"

#include <string_view>

namespace connlab::chain {

/// Text as it stands: `example.com` holds itself and all below it, `.example.com` what lies below. Wildcards
/// and malformed names are compared as text (Schannel sheet 5.7: as OpenSSL does).
bool dns_within(std::string_view name, std::string_view base);
/// `base`: a mailbox, a host (mail at it), or .domain (mail at any host in it).
bool email_within(std::string_view address, std::string_view base);
/// `base`: a host, or .domain (any host in it). A URI without a host lies in none.
bool uri_within(std::string_view uri, std::string_view base);
/// Raw bytes; `base`: address and mask.
bool ip_within(std::string_view address, std::string_view base);
/// `user@domain`; `base`: the domain, with or without a leading @ or dot, or a whole name.
bool upn_within(std::string_view name, std::string_view base);
/// RDNs of `base` begin the name.
bool directory_within(const certs::x500_name& name, const certs::x500_name& base);

/// A base that no name can be compared with: an IP base of another length or with a mask with holes, a
/// mailbox with two `@`.
bool is_malformed(const certs::general_subtree& subtree);

} // namespace connlab::chain
