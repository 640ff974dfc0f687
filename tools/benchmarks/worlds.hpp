// The scenarios that the benchmark plays: one for each kind of handshake.
#pragma once

#include <string_view>

namespace connlab::benchmarks {

/// Exchange (TLS 1.2, RSA-2048 on both sides) to a plain SMTP server that asks for a client certificate; the
/// chain and the name are validated.
inline constexpr std::string_view tls12_rsa = R"(Title: TLS 1.2, RSA-2048, client certificate
Clock: 2024-06-03T09:00:00Z
CertificationAuthorities:
  Root: {TrustedBy: everyone}
  Issuing: {Issuer: Root}
Organizations:
  Varunagroup:
    AcceptedDomains: [varunagroup.de]
    Servers:
      TESTMS05:
        Role: Mailbox
        Version: Exchange2019 CU12
        WindowsServer: 2019
        Fqdn: testms05.varunagroup.de
        IPAddress: 192.168.10.5
        Certificates:
          - {Name: own, Subject: CN=testms05.varunagroup.de, Dns: [testms05.varunagroup.de], Issuer: Issuing, Services: [SMTP]}
    SendConnectors:
      To Contoso: {AddressSpaces: ["SMTP:contoso.com;1"], RequireTLS: true, TlsAuthLevel: DomainValidation, TlsDomain: mail.contoso.com}
  Contoso:
    AcceptedDomains: [contoso.com]
    Servers:
      MX:
        Role: Smtp
        Fqdn: mail.contoso.com
        IPAddress: 203.0.113.9
        AskClientCertificate: Ask
        Certificates:
          - {Name: mail, Subject: CN=mail.contoso.com, Dns: [mail.contoso.com], Issuer: Issuing}
Steps:
  - Send: {From: anna@varunagroup.de, To: bob@contoso.com}
)";

/// Two plain SMTP servers, TLS 1.3, P-256; the sender validates chain and name.
inline constexpr std::string_view tls13_p256 = R"(Title: TLS 1.3, P-256
Clock: 2024-06-03T09:00:00Z
CertificationAuthorities:
  Root: {TrustedBy: everyone, Key: P-256}
  Issuing: {Issuer: Root, Key: P-256}
Organizations:
  Fabrikam:
    AcceptedDomains: [fabrikam.com]
    Servers:
      OUT:
        Role: Smtp
        Fqdn: out.fabrikam.com
        IPAddress: 198.51.100.7
        TlsLevel: Secure
        Certificates:
          - {Name: own, Subject: CN=out.fabrikam.com, Dns: [out.fabrikam.com], Issuer: Issuing, Key: P-256}
  Contoso:
    AcceptedDomains: [contoso.com]
    Servers:
      MX:
        Role: Smtp
        Fqdn: mail.contoso.com
        IPAddress: 203.0.113.9
        Certificates:
          - {Name: mail, Subject: CN=mail.contoso.com, Dns: [mail.contoso.com, contoso.com], Issuer: Issuing, Key: P-256}
Steps:
  - Send: {From: anna@fabrikam.com, To: bob@contoso.com}
)";

/// From a plain SMTP server through Front End and Transport to another site's Transport and into the mailbox:
/// four sessions a message, each with a handshake of its own, RSA-2048 throughout.
inline constexpr std::string_view four_sessions = R"(Title: Four sessions a message
Clock: 2024-06-03T09:00:00Z
CertificationAuthorities:
  Root: {TrustedBy: everyone}
  Issuing: {Issuer: Root}
Organizations:
  Contoso:
    AcceptedDomains: [contoso.com]
    Servers:
      MX: {Role: Smtp, Fqdn: mail.contoso.com, IPAddress: 203.0.113.9}
  Varunagroup:
    AcceptedDomains: [varunagroup.de]
    Servers:
      TESTMS05:
        Role: Mailbox
        Version: Exchange2019 CU12
        Fqdn: testms05.varunagroup.de
        IPAddress: 192.168.10.5
        Site: Berlin
        Certificates:
          - {Name: own, Subject: CN=testms05.varunagroup.de, Dns: [testms05.varunagroup.de], Issuer: Issuing, Services: [SMTP]}
      TESTMS07:
        Role: Mailbox
        Version: Exchange2019 CU12
        Fqdn: testms07.varunagroup.de
        IPAddress: 192.168.20.7
        Site: Bonn
        Mailboxes: [carla@varunagroup.de]
Steps:
  - Send: {From: bob@contoso.com, To: carla@varunagroup.de}
)";

} // namespace connlab::benchmarks
