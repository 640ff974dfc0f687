// The file that New-EdgeSubscription writes on an Edge and reads on a Mailbox server (hybrid sheet 4.2): XML
// with the Edge's certificate and the bootstrap credential, its password in clear.
#pragma once

#include "certs/certificate.hpp"
#include "sim/base/instant.hpp"
#include "sim/base/parsed.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

struct edge_subscription_file {
    std::string server_name; // EdgeServerName
    std::string server_fqdn;
    certs::certificate certificate; // EdgeCertificateBlob
    std::string user_name;          // ESRAUsername
    std::string password;           // ESRAPassword
    instant effective{};            // EffectiveDate
    duration lasts{};               // Duration
    std::uint16_t ssl_port = 0;     // AdamSslPort
    std::string product_id;
    std::string version; // VersionNumber
    std::string serial_number;
};

std::string to_xml(const edge_subscription_file& f);

/// Every element once, each with a value of its kind; a document type is refused. The errors, one sentence
/// each: all that is wrong.
struct read_subscription_file {
    edge_subscription_file value;
    std::vector<std::string> errors;
};
read_subscription_file from_xml(std::string_view text);

} // namespace connlab::exchange
