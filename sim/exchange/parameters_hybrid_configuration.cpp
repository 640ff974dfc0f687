// Set-HybridConfiguration (reference of the cmdlet; what the wizard makes of it: Exchange Online sheet 3.1,
// 3.2).
#include "sim/exchange/parameter_fields.hpp"

namespace connlab::exchange {

namespace {

using rows = parameter_rows<hybrid_configuration>;

parsed<std::string> read_server(std::string_view text) {
    return text.empty() ? parsed<std::string>::fail("a server has a name")
                        : parsed<std::string>::ok(std::string(text));
}

const flag_table features{
    {"None", 0},
    {"FreeBusy", feature_free_busy},
    {"MoveMailbox", feature_move_mailbox},
    {"Mailtips", feature_mailtips},
    {"MessageTracking", feature_message_tracking},
    {"OwaRedirection", feature_owa_redirection},
    {"OnlineArchive", feature_online_archive},
    {"SecureMail", feature_secure_mail},
    {"CentralizedTransport", feature_centralized_transport},
    {"Photos", feature_photos},
};

} // namespace

const std::vector<parameter<hybrid_configuration>>& hybrid_configuration_parameters() {
    static const std::vector<parameter<hybrid_configuration>> table{
        rows::texts("Domains", &hybrid_configuration::domains, "Mail domains that both sides share",
                    read_smtp_domain),
        rows::texts("ReceivingTransportServers", &hybrid_configuration::receiving_transport_servers,
                    "Mailbox servers that take mail from Exchange Online", read_server),
        rows::texts("SendingTransportServers", &hybrid_configuration::sending_transport_servers,
                    "Mailbox servers that send mail to Exchange Online", read_server),
        rows::texts("EdgeTransportServers", &hybrid_configuration::edge_transport_servers,
                    "Subscribed Edge servers on the way; then the two others stay empty", read_server),
        rows::text_or_null("TlsCertificateName", &hybrid_configuration::tls_certificate_name,
                           "Certificate of hybrid mail flow: <I>issuer<S>subject",
                           read_certificate_identifier),
        rows::text_or_null("OnPremisesSmartHost", &hybrid_configuration::on_premises_smart_host,
                           "Host that Exchange Online connects to", read_fqdn),
        rows::flags("Features", &hybrid_configuration::features,
                    "What is set up: mail flow knows SecureMail and CentralizedTransport", features),
        rows::kept("ExternalIPAddresses", value_kind::list, "{}", "Addresses of the servers (Exchange 2010)"),
        rows::kept("ClientAccessServers", value_kind::list, "{}",
                   "Servers of the web services (Exchange 2010)"),
        rows::kept("ServiceInstance", value_kind::number, "0", "Which cloud the tenant is in"),
        rows::kept("Name", value_kind::text, "HybridConfiguration", "Name of the object"),
    };
    return table;
}

} // namespace connlab::exchange
