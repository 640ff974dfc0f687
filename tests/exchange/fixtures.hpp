// What the tests of decisions share: a small PKI from the forge, a server and connectors of the talk's
// organization.
#pragma once

#include "certs/forge.hpp"
#include "sim/exchange/decisions.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace fixtures {

using namespace connlab;

instant at(std::string_view iso); // 2024-06-03, …
inline const char* const noon = "2024-06-03T12:00:00Z";

ip_address ip(std::string_view text);
endpoint where(std::string_view text);
ip_range range(std::string_view text);

/// Certificates issued by the forge: `Public` (member of the programme), `Private` (trusted by the server
/// only), `Unknown` (trusted by nobody) are roots, `Issuing` an intermediate below Public.
class pki {
  public:
    pki();
    /// CN, then dNSNames, `2024-01-01` to `2025-01-01` unless said otherwise.
    certs::certificate_recipe& leaf(const std::string& id, const std::string& issuer,
                                    const std::string& subject, std::vector<std::string> dns_names = {});
    certs::certificate_recipe& self_signed(const std::string& id, const std::string& cn,
                                           std::vector<std::string> dns_names);
    void issue();

    const certs::certificate& cert(const std::string& id) const;
    const certs::issued& issued(const std::string& id) const;
    /// The leaf and what issued it, as a server presents them.
    std::vector<certs::certificate> chain(const std::string& id) const;
    exchange::stored_certificate stored(const std::string& id,
                                        std::uint32_t services = exchange::service_smtp,
                                        bool with_key = true) const;
    chain::store trusting_public_and_private() const;

  private:
    std::vector<certs::certificate_recipe> recipes_;
    certs::forged forged_;
};

/// TESTMS05.varunagroup.de, Exchange 2019, no certificates.
exchange::server testms05();
/// partner: mail.contoso.com, Role Smtp.
exchange::server contoso_mx();
exchange::organization varunagroup();
exchange::send_connector sending_to(std::string name, std::vector<exchange::address_space> spaces);
exchange::send_connector to_contoso();
/// All addresses, all ranges, port 25, Tls and AnonymousUsers.
exchange::receive_connector internet_connector(std::string name = "Default Frontend TESTMS05");

/// Holds for every decision: rule and assumptions are in a catalogue, question and answer are there, a rule
/// of confidence assumed stands among the assumptions.
void is_complete(const trace::decision& d);
bool rests_on(const trace::decision& d, std::string_view rule);
/// Why a candidate lost, or "chosen"; "not considered" when it is not among them.
std::string fate(const trace::decision& d, std::string_view candidate);
std::vector<int> ids(const std::vector<exchange::event>& events);

} // namespace fixtures
