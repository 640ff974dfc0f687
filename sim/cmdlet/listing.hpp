// What Get- cmdlets find: objects of the organization as views. Internal.
#pragma once

#include "sim/cmdlet/object_work.hpp"

namespace connlab::cmdlet {

/// One Get- cmdlet at work.
struct query {
    const statement& text;
    const shell& in;
    const plain_arguments& given;
    error_list& errors;

    void fail_at(std::string_view name, std::string message, std::string hint = {}) const;
};

extern const std::vector<plain_parameter> no_parameters;
extern const std::vector<plain_parameter> identity_parameter;
extern const std::vector<plain_parameter> identity_and_server;

/// By identity or name, wildcards allowed; nothing wanted is everything.
bool is_meant(const std::string& wanted, const std::string& identity, const std::string& name);

/// The Exchange servers that -Server names, or all of them. None and said so: there is no such server.
std::vector<const exchange::server*> servers_asked(const query& q);

view send_connectors(const query& q);
view receive_connectors(const query& q);
view transport_config(const query& q);
/// Empty: the wizard has never run.
view hybrid_configuration(const query& q);
view transport_services(const query& q);
view frontend_transport_services(const query& q);
view mailbox_transport_services(const query& q);
view accepted_domains(const query& q);
view remote_domains(const query& q);

/// The certificates with a private key of one server, and the requests that wait; with -DomainName in the
/// order in which Exchange would choose for a connector of that FQDN.
view certificates(const query& q);
extern const std::vector<plain_parameter> certificate_parameters;

view queues(const query& q);
extern const std::vector<plain_parameter> queue_listing_parameters;
void check_queue_listing(const plain_arguments& given, error_list& errors);

} // namespace connlab::cmdlet
