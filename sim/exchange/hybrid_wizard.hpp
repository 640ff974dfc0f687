// What a run of the Hybrid Configuration Wizard leaves behind: connectors, domains and remote domains of both
// sides (Exchange Online sheet 3.1, 3.2). It writes every value again that it is responsible for, so a second
// run takes back what an administrator changed since.
#pragma once

#include "sim/exchange/model.hpp"
#include "sim/trace/decision.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

/// The wizard's page "Update Secure Mail Certificate for Connectors" touches the certificate's name alone.
enum class wizard_scope { everything, certificate };

struct wizard_run {
    std::vector<std::string> changes; // `Send connector Outbound to Office 365 - …: TlsDomain $null → …`
    std::vector<std::string> notes;   // what is left to the administrator
    std::vector<trace::decision> decisions;
};

/// The other side: the tenant of the organization that runs Exchange Online that accepts one of the
/// `Domains`. Null: it has none.
const tenant* hybrid_tenant(const organization& here, const organization& online);

/// Changes both sides as `here.hybrid` says; call it when `wizard_refusals` is empty.
wizard_run run_hybrid_wizard(organization& here, tenant& there, wizard_scope scope);

/// Why the wizard does not run: contradictory or unfit answers, each at its place.
diagnostics wizard_refusals(const organization& here, const tenant& there);

/// The name that the wizard writes into TlsSenderCertificateName of the inbound connector: the certificate's
/// domain when the tenant accepts it, else `*.` and the accepted domain above it (C8).
trace::decided<std::string> inbound_certificate_name(const hybrid_configuration& h, const tenant& t);

/// `Outbound to Office 365 - GUID`, `Inbound from GUID`, `Outbound to GUID`: of the organization.
std::string hybrid_send_connector_name(const organization& o);
std::string hybrid_inbound_connector_name(const organization& o);
std::string hybrid_outbound_connector_name(const organization& o);

} // namespace connlab::exchange
