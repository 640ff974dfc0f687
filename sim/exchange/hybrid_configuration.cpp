#include "sim/exchange/hybrid_configuration.hpp"

#include "certs/x500_name.hpp"

namespace connlab::exchange {

std::string certificate_domain(std::string_view tls_certificate_name) {
    const auto id = certs::parse_certificate_identifier(tls_certificate_name);
    if (!id)
        return {};
    const auto subject = certs::parse_x500_name(id->subject);
    const auto names = subject ? subject->common_names() : std::vector<std::string>{};
    return names.empty() ? std::string{} : names.front();
}

} // namespace connlab::exchange
