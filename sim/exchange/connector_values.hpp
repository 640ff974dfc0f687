// Values that connectors on-premises and online have in common.
#pragma once

#include "sim/base/source_mark.hpp"

#include <map>
#include <string>
#include <string_view>

namespace connlab::exchange {

enum class tls_auth_level { encryption_only, certificate_validation, domain_validation };
std::string_view to_string(tls_auth_level l); // EncryptionOnly, …

struct address_space {
    std::string type = "SMTP";
    std::string domain; // contoso.com, *.contoso.com, *, --
    int cost = 1;
    friend bool operator==(const address_space&, const address_space&) = default;
};
std::string to_string(const address_space& s); // SMTP:contoso.com;1

/// Real parameters without effect here, by name: kept and shown.
using kept_parameters = std::map<std::string, located<std::string>>;

} // namespace connlab::exchange
