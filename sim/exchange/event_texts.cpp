#include "sim/exchange/event_texts.hpp"

#include <fmt/format.h>

#include <utility>

namespace connlab::exchange {

namespace {

constexpr auto warn_ahead = std::chrono::hours{24 * 30};

event entry(int id, std::string level, std::string category, std::string text) {
    event e;
    e.id = id;
    e.level = std::move(level);
    e.category = std::move(category);
    e.text = std::move(text);
    return e;
}

event ours(event e) {
    e.our_text = true;
    return e;
}

event of_source(std::string source, event e) {
    e.source = std::move(source);
    return e;
}

long long hours_remaining(const certs::certificate& c, instant now) {
    return std::chrono::duration_cast<std::chrono::hours>(c.fields().not_after - now).count();
}

std::string not_in_store_text(std::string_view thumbprint) {
    return fmt::format("Microsoft Exchange could not load the certificate with thumbprint of {0} from the "
                       "personal store on the local "
                       "computer. This certificate was configured for authentication with other Exchange "
                       "servers. Mail flow to other "
                       "Exchange servers could be affected by this error. If the certificate with this "
                       "thumbprint still exists in the "
                       "personal store, run Enable-ExchangeCertificate {0} -Services SMTP to resolve the "
                       "issue. If the certificate does "
                       "not exist in the personal store, restore it from backup by using the "
                       "Import-ExchangeCertificate cmdlet, or "
                       "create a new certificate for the FQDN or the server enabled for SMTP by running the "
                       "following command: "
                       "New-ExchangeCertificate -DomainName serverfqdn -Services SMTP.",
                       thumbprint);
}

} // namespace

bool ends_soon(const certs::certificate& c, instant now) {
    const instant end = c.fields().not_after;
    return end >= now && end - now <= warn_ahead;
}

event starttls_certificate_not_found(std::string_view name, std::string_view connector) {
    return entry(
        12014, "Error", "TransportService",
        fmt::format("Microsoft Exchange could not find a certificate that contains the domain name {0} in "
                    "the personal store on "
                    "the local computer. Therefore, it is unable to support the STARTTLS SMTP verb for the "
                    "connector {1} with a "
                    "FQDN parameter of {0}. If the connector's FQDN is not specified, the computer's FQDN is "
                    "used. Verify the "
                    "connector configuration and the installed certificates to make sure that there is a "
                    "certificate with a "
                    "domain name for that FQDN. If this certificate exists, run Enable-ExchangeCertificate "
                    "-Services SMTP to make "
                    "sure that the Microsoft Exchange Transport service has access to the certificate key.",
                    name, connector));
}

event starttls_certificate_expired(std::string_view fqdn) {
    return entry(
        12016, "Error", "TransportService",
        fmt::format(
            "There is no valid SMTP Transport Layer Security (TLS) certificate for the FQDN of {0}. The "
            "existing certificate for that FQDN has expired. The continued use of that FQDN will cause "
            "mail flow problems. A new certificate that contains the FQDN of {0} should be installed on "
            "this server as soon as possible. You can create a new certificate by using the "
            "New-ExchangeCertificate task.",
            fqdn));
}

event starttls_certificate_expires_soon(const certs::certificate& c, instant now) {
    return entry(
        12018, "Warning", "TransportService",
        fmt::format(
            "The STARTTLS certificate will expire soon: subject: {}, thumbprint: {}, hours remaining: {}. "
            "Run the New-ExchangeCertificate cmdlet to create a new certificate.",
            c.subject(), c.thumbprint(), hours_remaining(c, now)));
}

event internal_certificate_unset() {
    return ours(entry(12012, "Warning", "TransportService",
                      "The internal transport certificate of this server is not set."));
}

event internal_certificate_not_in_store(std::string_view thumbprint) {
    return entry(12013, "Error", "TransportService", not_in_store_text(thumbprint));
}

event internal_certificate_expired(std::string_view thumbprint) {
    return entry(12015, "Error", "TransportService",
                 fmt::format("An internal transport certificate expired. Thumbprint:{}", thumbprint));
}

event internal_certificate_expires_soon(const certs::certificate& c, instant now) {
    return ours(
        entry(12017, "Warning", "TransportService",
              fmt::format("The internal transport certificate will expire soon: subject: {}, thumbprint: {}, "
                          "hours remaining: {}.",
                          c.subject(), c.thumbprint(), hours_remaining(c, now))));
}

event ephemeral_certificate_used(std::string_view thumbprint) {
    // The ephemeral certificate is not made here, so it has no thumbprint.
    return entry(12024, "Error", "TransportService",
                 not_in_store_text(thumbprint) + " Meanwhile, an ephemeral, self-signed certificate with "
                                                 "thumbprint (not simulated) is being used.");
}

event tls_required_failed(std::string_view connector, std::string_view domain, std::string_view host) {
    return entry(
        2015, "Error", "SmtpSend",
        fmt::format(
            "Send connector {} couldn't connect to remote domain {}. The send connector requires "
            "Transport Layer Security (TLS) authentication, but is unable to establish TLS with the "
            "receiving server for the remote domain. Check this connector's authentication setting and "
            "the EHLO response from the remote server {}.",
            connector, domain, host));
}

event domain_secure_without_tls(std::string_view domain, std::string_view connector) {
    return entry(
        11012, "Error", "MessageSecurity",
        fmt::format(
            "A message from domain-secured domain '{0}' on connector '{1}' could not be authenticated "
            "because the server did not use Transport Layer Security (TLS). Contact the administrator for "
            "{0} to resolve the problem, or remove the domain from the domain-secured list.",
            domain, connector));
}

event domain_secure_subject_mismatch(std::string_view domain, std::string_view connector) {
    return entry(
        11015, "Error", "MessageSecurity",
        fmt::format(
            "A message from domain-secured domain '{0}' on connector '{1}' failed to authenticate because "
            "the Transport Layer Security (TLS) certificate does not contain the domain name. Contact the "
            "administrator of {0} to resolve the problem, or remove the domain from the domain-secured "
            "list.",
            domain, connector));
}

event smart_host_logon_failed(std::string_view connector, std::string_view smart_host,
                              std::string_view reply) {
    return ours(entry(2003, "Error", "SmtpSend",
                      fmt::format("Send connector {} could not authenticate with the smart host {}: {}",
                                  connector, smart_host, reply)));
}

event remote_internal_certificate_expired(std::string_view subject) {
    return entry(
        12019, "Warning", "TransportService",
        fmt::format("The remote internal transport certificate expired. Certificate subject: {}.", subject));
}

event inbound_direct_trust_failed(std::string_view thumbprint, const ip_address& client) {
    return entry(
        1036, "Error", "SmtpReceive",
        fmt::format(
            "Inbound direct trust authentication failed for certificate {}. The source IP address of the "
            "server that tried to authenticate to Microsoft Exchange is [{}]. Make sure EdgeSync is "
            "running properly.",
            thumbprint, to_string(client)));
}

event outbound_direct_trust_failed(std::string_view thumbprint, const ip_address& target) {
    return entry(
        2018, "Error", "SmtpSend",
        fmt::format(
            "Outbound direct trust authentication failed for certificate {}. The target IP address of the "
            "Exchange server that Microsoft Exchange tried to authenticate to is [{}]. Make sure EdgeSync "
            "is running properly.",
            thumbprint, to_string(target)));
}

event edge_certificate_mismatch(std::string_view edge_fqdn) {
    return of_source("MSExchange EdgeSync",
                     entry(10104, "Warning", "Synchronization",
                           fmt::format("Microsoft Exchange couldn't match certificate when contacting {}. "
                                       "The connection was stopped.",
                                       edge_fqdn)));
}

event next_edge_credential_not_validated(std::string_view user_name) {
    return of_source("MSExchange EdgeSync",
                     ours(entry(1004, "Warning", "Synchronization",
                                fmt::format("The next EdgeSync credential {} could not be validated. The "
                                            "current one still works.",
                                            user_name))));
}

event edge_account_not_renewed(std::string_view user_name, std::string_view why) {
    return of_source("MSExchange Message Security",
                     ours(entry(1006, "Warning", "EdgeCredentialService",
                                fmt::format("The account {} could not be renewed: {} It is tried again.",
                                            user_name, why))));
}

event capabilities_not_confirmed(std::string_view capabilities, std::string_view connector,
                                 std::string_view status, std::string_view domain) {
    return entry(
        11022, "Error", "MessageSecurity",
        fmt::format("Failed to confirm domain capabilities '{}' on connector '{}' because validation of the "
                    "Transport Layer Security (TLS) certificate failed with status '{}'. Contact the "
                    "administrator of '{}' to resolve the problem, or remove the domain from the "
                    "TlsDomainCapabilities list of the Receive connector.",
                    capabilities, connector, status, domain));
}

event inbound_authentication_failed(std::string_view error, std::string_view connector,
                                    std::string_view mechanism, const ip_address& client) {
    return entry(
        1035, "Warning", "SmtpReceive",
        fmt::format(
            "Inbound authentication failed with error {} for Receive connector {}. The authentication "
            "mechanism is {}. The source IP address of the client who tried to authenticate to "
            "Microsoft Exchange is [{}].",
            error, connector, mechanism, to_string(client)));
}

event too_many_failed_logons(std::string_view connector, int maximum, const ip_address& client) {
    return entry(
        1012, "Warning", "SmtpReceive",
        fmt::format("Receive connector {}: Authentication failures have exceeded the maximum of {} for "
                    "the connection from {}. Disconnecting.",
                    connector, maximum, to_string(client)));
}

event outbound_authentication_failed(std::string_view connector, std::string_view target) {
    return entry(
        2017, "Warning", "SmtpSend",
        fmt::format("Outbound authentication failed with error LogonDenied for Send connector {}. The "
                    "authentication mechanism is ExchangeAuth. The target is SMTPSVC/{}.",
                    connector, target));
}

event domain_secure_inbound_failed(std::string_view domain, std::string_view connector,
                                   std::string_view status) {
    return ours(
        entry(0, "Error", "MessageSecurity",
              fmt::format("Mail from domain-secured domain '{}' on connector '{}' was not authenticated: the "
                          "status of the client certificate is {}.",
                          domain, connector, status)));
}

event domain_secure_outbound_failed(std::string_view domain, std::string_view connector,
                                    std::string_view status) {
    return ours(entry(
        0, "Error", "MessageSecurity",
        fmt::format("Mail to domain-secured domain '{}' on connector '{}' was not sent: the status of the "
                    "secure connection is {}.",
                    domain, connector, status)));
}

} // namespace connlab::exchange
