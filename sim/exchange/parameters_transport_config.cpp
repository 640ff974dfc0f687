// Set-TransportConfig: the lists of Domain Security (on-premises sheet 4.1), and what scenarios may carry
// along.
#include "sim/exchange/parameter_fields.hpp"

namespace connlab::exchange {

namespace {

using rows = parameter_rows<transport_config>;
using row = rows::row;

std::vector<row> whole_table() {
    return {
        rows::texts("TLSSendDomainSecureList", &transport_config::tls_send_domain_secure_list,
                    "Recipient domains that need mutual TLS; no wildcards", read_smtp_domain),
        rows::texts("TLSReceiveDomainSecureList", &transport_config::tls_receive_domain_secure_list,
                    "Sender domains that need mutual TLS; no wildcards", read_smtp_domain),
        rows::boolean("InternalDelayDsnEnabled", &transport_config::internal_delay_dsn_enabled,
                      "Senders of the organization are told that a message is delayed"),
        rows::boolean("ExternalDelayDsnEnabled", &transport_config::external_delay_dsn_enabled,
                      "Senders outside are told that a message is delayed"),
        rows::kept("ExternalDsnDefaultLanguage", value_kind::text, "", "Language of external reports"),
        rows::kept("ExternalDsnReportingAuthority", value_kind::text, "", "Domain in external reports"),
        rows::kept("InternalDsnReportingAuthority", value_kind::text, "", "Domain in internal reports"),
        rows::kept("ExternalPostmasterAddress", value_kind::text, "", "Sender of external delivery reports"),
        rows::kept("InternalSMTPServers", value_kind::list, "{}", "Servers that anti-spam agents skip"),
        rows::kept("MaxReceiveSize", value_kind::size, "36 MB (37,748,736 bytes)",
                   "Largest message received"),
        rows::kept("MaxRecipientEnvelopeLimit", value_kind::number, "500", "Recipients of one message"),
        rows::kept("MaxSendSize", value_kind::size, "35 MB (36,700,160 bytes)", "Largest message sent"),
        rows::kept("HeaderPromotionModeSetting", value_kind::word, "NoCreate",
                   "Promotion of header fields to named properties", {"NoCreate", "MayCreate", "MustCreate"}),
        rows::kept("SafetyNetHoldTime", value_kind::time_span, "2.00:00:00",
                   "How long Safety Net keeps copies"),
        rows::kept("ShadowRedundancyEnabled", value_kind::boolean, "True",
                   "Shadow copies of messages in transit"),
    };
}

} // namespace

const std::vector<parameter<transport_config>>& transport_config_parameters() {
    static const std::vector<row> table = whole_table();
    return table;
}

} // namespace connlab::exchange
