// Entries of the event log with Exchange's texts (on-premises sheet 1.8, 5.3). Internal.
#pragma once

#include "sim/exchange/decisions.hpp"

namespace connlab::exchange {

event starttls_certificate_not_found(std::string_view name, std::string_view connector); // 12014
event starttls_certificate_expired(std::string_view fqdn);                               // 12016
event starttls_certificate_expires_soon(const certs::certificate& c, instant now);       // 12018
event internal_certificate_unset();                                                      // 12012, our text
event internal_certificate_not_in_store(std::string_view thumbprint);                    // 12013
event internal_certificate_expired(std::string_view thumbprint);                         // 12015
event internal_certificate_expires_soon(const certs::certificate& c, instant now);       // 12017, our text
event ephemeral_certificate_used(std::string_view thumbprint);                           // 12024
event tls_required_failed(std::string_view connector, std::string_view domain, std::string_view host); // 2015
event domain_secure_without_tls(std::string_view domain, std::string_view connector);      // 11012
event domain_secure_subject_mismatch(std::string_view domain, std::string_view connector); // 11015
event smart_host_logon_failed(std::string_view connector, std::string_view smart_host,
                              std::string_view reply);                                     // 2003, our text
event remote_internal_certificate_expired(std::string_view subject);                       // 12019
event inbound_direct_trust_failed(std::string_view thumbprint, const ip_address& client);  // 1036
event outbound_direct_trust_failed(std::string_view thumbprint, const ip_address& target); // 2018
event edge_certificate_mismatch(std::string_view edge_fqdn);                               // 10104
event next_edge_credential_not_validated(std::string_view user_name);                      // 1004, our text
event edge_account_not_renewed(std::string_view user_name, std::string_view why);          // 1006, our text
event capabilities_not_confirmed(std::string_view capabilities, std::string_view connector,
                                 std::string_view status,
                                 std::string_view domain); // 11022
event inbound_authentication_failed(std::string_view error, std::string_view connector,
                                    std::string_view mechanism,
                                    const ip_address& client);                                   // 1035
event too_many_failed_logons(std::string_view connector, int maximum, const ip_address& client); // 1012
event outbound_authentication_failed(std::string_view connector, std::string_view target);       // 2017
/// The real id and text are not known: id 0, our text.
event domain_secure_inbound_failed(std::string_view domain, std::string_view connector,
                                   std::string_view status);
event domain_secure_outbound_failed(std::string_view domain, std::string_view connector,
                                    std::string_view status);

/// A certificate that ends within 30 days is worth a warning. Assumed: the threshold is not public.
bool ends_soon(const certs::certificate& c, instant now);

} // namespace connlab::exchange
