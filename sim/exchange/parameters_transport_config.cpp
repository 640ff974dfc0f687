// Set-TransportConfig: the lists of Domain Security (on-premises sheet 4.1), and what scenarios may carry
// along.
#include "sim/exchange/inert_parameters.hpp"

namespace connlab::exchange {

namespace {

using rows = parameter_rows<transport_config>;
using row = rows::row;

std::vector<row> whole_table() {
    std::vector<row> all{
        rows::texts("TLSSendDomainSecureList", &transport_config::tls_send_domain_secure_list,
                    "Recipient domains that need mutual TLS; no wildcards", read_smtp_domain),
        rows::texts("TLSReceiveDomainSecureList", &transport_config::tls_receive_domain_secure_list,
                    "Sender domains that need mutual TLS; no wildcards", read_smtp_domain),
        rows::boolean("InternalDelayDsnEnabled", &transport_config::internal_delay_dsn_enabled,
                      "Senders of the organization are told that a message is delayed"),
        rows::boolean("ExternalDelayDsnEnabled", &transport_config::external_delay_dsn_enabled,
                      "Senders outside are told that a message is delayed"),
    };
    add_inert(all, inert_of_transport_config());
    return all;
}

} // namespace

const std::vector<parameter<transport_config>>& transport_config_parameters() {
    static const std::vector<row> table = whole_table();
    return table;
}

} // namespace connlab::exchange
