#include "sim/exchange/connector_values.hpp"

#include <fmt/format.h>

namespace connlab::exchange {

std::string_view to_string(tls_auth_level l) {
    switch (l) {
    case tls_auth_level::encryption_only:
        return "EncryptionOnly";
    case tls_auth_level::certificate_validation:
        return "CertificateValidation";
    case tls_auth_level::domain_validation:
        return "DomainValidation";
    }
    return {};
}

std::string to_string(const address_space& s) {
    return fmt::format("{}:{};{}", s.type, s.domain, s.cost);
}

} // namespace connlab::exchange
