// HybridConfiguration, the object that the Hybrid Configuration Wizard keeps in Active Directory: what the
// administrator answered it, in the words of Set-HybridConfiguration.
#pragma once

#include "sim/exchange/connector_values.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace connlab::exchange {

/// What the wizard is asked to set up. Mail flow knows two of them: SecureMail makes the connectors,
/// CentralizedTransport leads all mail of the tenant over the own servers.
enum hybrid_feature : std::uint32_t {
    feature_free_busy = 1,
    feature_move_mailbox = 2,
    feature_mailtips = 4,
    feature_message_tracking = 8,
    feature_owa_redirection = 16,
    feature_online_archive = 32,
    feature_secure_mail = 64,
    feature_centralized_transport = 128,
    feature_photos = 256,
};

struct hybrid_configuration {
    source_mark mark; // unknown: there is none
    located<std::vector<std::string>>
        domains; // that both sides share; the tenant that accepts them is the other one
    located<std::vector<std::string>> receiving_transport_servers;
    located<std::vector<std::string>> sending_transport_servers;
    located<std::vector<std::string>> edge_transport_servers;
    located<std::string> tls_certificate_name; // <I>…<S>…
    located<std::string> on_premises_smart_host;
    located<std::uint32_t> features{feature_secure_mail};
    kept_parameters without_effect;

    bool exists() const { return mark.known(); }
    bool by_edge() const { return !edge_transport_servers->empty(); }
    bool centralized() const { return (*features & feature_centralized_transport) != 0; }
};

/// `smtp365.varunagroup.de`: the CN of the subject in `<I>…<S>…`; empty when there is none.
std::string certificate_domain(std::string_view tls_certificate_name);

} // namespace connlab::exchange
