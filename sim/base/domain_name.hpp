// Host and mail domain names: well-formedness, wildcards, the parts of a mail address.
#pragma once

#include <string>
#include <string_view>

namespace connlab {

/// True for dot-separated labels of letters, digits, hyphen, underscore; each 1-63 bytes, 253 in all (RFC
/// 1035 2.3.4). No trailing dot, no wildcard.
bool is_domain_name(std::string_view text);

/// True for `*.` followed by a domain name (Exchange's SmtpDomainWithSubdomains with subdomains).
bool is_wildcard_name(std::string_view text);

bool same_domain(std::string_view a, std::string_view b); // case ignored; one trailing dot ignored

/// `*.contoso.com` covers exactly one label: mail.contoso.com, not contoso.com, not a.b.contoso.com. A
/// pattern without wildcard covers itself. Source: "Digital certificates and encryption in Exchange Server".
bool covers(std::string_view pattern, std::string_view name);

/// True if `name` lies below `parent` at any depth (not the parent itself).
bool is_subdomain(std::string_view name, std::string_view parent);

/// The part behind the last `@`, in lower case; empty for `<>` and for a bare local part.
std::string mail_domain(std::string_view address);

} // namespace connlab
