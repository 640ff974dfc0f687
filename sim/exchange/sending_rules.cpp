// What the sending side decides: TLS policy, STARTTLS or clear text, the verdict on the peer.
#include "sim/exchange/catalogue.hpp"

namespace connlab::exchange::catalogue {

std::vector<rule> policy_rules() {
    return {
        {"exchange.policy.opportunistic",
         "A Send connector without RequireTLS uses TLS when the peer offers it, checks nothing, and sends in "
         "clear otherwise.",
         terminology, documented},
        {"exchange.policy.require-tls",
         "RequireTLS: every message goes over TLS; without a level the certificate is not checked.", set_send,
         documented},
        {"exchange.policy.ignore-starttls", "IgnoreSTARTTLS: TLS is never tried.", set_send, documented},
        {"exchange.policy.force-helo", "ForceHELO: HELO announces no extensions, so STARTTLS cannot be used.",
         set_send, assumed},
        {"exchange.policy.basic-auth-require-tls",
         "BasicAuthRequireTLS: STARTTLS comes first, and the smart host's certificate must carry its exact "
         "FQDN.",
         send_article, documented},
        {"exchange.level.encryption-only",
         "TlsAuthLevel EncryptionOnly: the channel is encrypted, nothing is checked.", set_send, documented},
        {"exchange.level.certificate-validation",
         "TlsAuthLevel CertificateValidation: encryption, the chain and revocation are checked, the name is "
         "not.",
         set_send, documented},
        {"exchange.level.domain-validation",
         "TlsAuthLevel DomainValidation: beside the chain, the certificate must contain the name in "
         "TlsDomain.",
         set_send, documented},
        {"exchange.level.domain-validation-recipient",
         "TlsAuthLevel DomainValidation without TlsDomain: the certificate must contain the recipient's "
         "domain, not the host's name.",
         set_send, documented},
        {"exchange.level.nothing-checked",
         "Without a level, and at EncryptionOnly, any certificate is good: self-signed, expired, of another "
         "name.",
         set_send, documented},
        {"exchange.level.certificate-validation-passed",
         "The chain of the server's certificate is good; CertificateValidation asks for no name.", set_send,
         documented},
        {"exchange.level.domain-validation-passed",
         "The chain of the server's certificate is good and one of its names is the one looked for.",
         set_send, documented},
        {"exchange.starttls.offered",
         "STARTTLS is always used when the peer offers it and IgnoreSTARTTLS is not set.", set_send,
         documented},
        {"exchange.starttls.not-offered",
         "When the peer offers no STARTTLS and nothing demands TLS, the message goes in clear text.",
         terminology, documented},
        {"exchange.starttls.not-tried", "A connector that never tries STARTTLS sends in clear text.",
         set_send, documented},
        {"exchange.starttls.required",
         "RequireTLS and a peer without STARTTLS: the message stays queued with 451 5.7.3, event 2015.",
         tls_starttls_kb, documented,
         "Find out why STARTTLS is missing: the peer has no usable certificate (on Exchange, event 12014), "
         "or a device on the path strips the keyword. Only if clear text is acceptable, take RequireTLS and "
         "TlsAuthLevel off the connector."},
        {"exchange.starttls.required-by-domain-security",
         "Domain Security and a peer without STARTTLS: treated like RequireTLS; the real text is not known.",
         terminology, assumed,
         "The partner must offer STARTTLS on this path. To suspend the relation, take the domain out of "
         "TLSSendDomainSecureList on both sides."},
        {"exchange.starttls.required-by-basic-auth",
         "BasicAuthRequireTLS and a smart host without STARTTLS: treated like RequireTLS; the real text is "
         "not known.",
         send_article, assumed,
         "The smart host must offer STARTTLS on this port (many do on 587 alone); BasicAuth without TLS "
         "would send the password in clear."},
        {"exchange.starttls.refused",
         "A peer that refuses the STARTTLS it offered gets the message in clear text on the same session, "
         "when nothing demands TLS (switch StarttlsRefused).",
         lab, assumed,
         "The peer's log says why it refuses STARTTLS; its certificate or key is the usual reason."},
        {"exchange.starttls.refused-required",
         "A refused STARTTLS counts as one that is not offered when TLS is demanded.", lab, assumed,
         "The peer's log says why it refuses STARTTLS; its certificate or key is the usual reason. Only if "
         "clear text is acceptable, take RequireTLS and TlsAuthLevel off the connector."},
    };
}

std::vector<rule> session_rules() {
    return {
        {"exchange.connection.refused", "A refused connection shows as 421 4.2.1 Unable to connect.",
         "supertekboy.com: queue LastError", observed,
         "Check that the peer's service listens on this address and port, and that no firewall answers in "
         "its place (Test-NetConnection HOST -Port 25)."},
        {"exchange.connection.timed-out",
         "A connection that is never answered shows as 421 4.4.1 Connection timed out.",
         "supertekboy.com: queue LastError", observed,
         "Check routing and firewalls to the address, outbound port 25 first (Test-NetConnection HOST -Port "
         "25), and whether the DNS record is still right."},
        {"exchange.connection.dropped",
         "A connection that the peer drops shows as 421 4.4.2 Connection dropped due to SocketError.",
         tls_version_kb, assumed,
         "Compare the protocol logs of both sides at this instant; the side without a last line was cut off "
         "by the other or by a device in between."},
        {"exchange.connection.refused-after-handshake",
         "Under TLS 1.3 a server judges the client's certificate when the client has completed the "
         "handshake: "
         "a refusal comes as an alert in place of the answer to the next command.",
         "RFC 8446, sections 2 and 4.4.2.4", documented,
         "Present a certificate that the server trusts and that is fit for client authentication: the alert "
         "says what was wrong with this one (`connlab explain` shows it), the server's log says more."},
        {"exchange.handshake.no-common-version",
         "Without a common TLS version the handshake fails; the message stays queued with 421 4.4.2, nothing "
         "goes in clear.",
         tls_version_kb, observed,
         "Enable a TLS version that both sides share, as a rule TLS 1.2 (SCHANNEL\\Protocols on Windows, and "
         "the .NET strong-crypto values)."},
        {"exchange.handshake.no-common-suite",
         "Without a common cipher suite the handshake fails like one without a common version.",
         tls_version_kb, assumed,
         "Enable a cipher suite that both sides share and that fits the kind of the server's key "
         "(Get-TlsCipherSuite on Windows)."},
        {"exchange.handshake.key-too-short",
         "A prime or key whose length the own Schannel refuses ends the session like a missing common "
         "version.",
         lab, assumed,
         "Look at ClientMinKeyBitLength and ClientMaxKeyBitLength under SCHANNEL\\KeyExchangeAlgorithms "
         "here, "
         "and at ServerMinKeyBitLength of the peer."},
        {"exchange.handshake.nothing-enabled",
         "A sender whose Schannel has no version or no suite left begins no handshake; the queue shows it "
         "like "
         "a missing common version.",
         tls_version_kb, assumed,
         "Enable TLS 1.2 for the client side (SCHANNEL\\Protocols\\TLS 1.2\\Client) and a list of suites "
         "for it."},
        {"exchange.handshake.not-performed",
         "What Windows would negotiate cannot be performed here: the session goes no further, and the "
         "message "
         "stays where it is.",
         lab, documented, "Enable TLS 1.2 with AES on both sides."},
        {"exchange.handshake.bad-record",
         "A peer that answers the ClientHello with something that is not TLS ends the session; the text is "
         "assumed.",
         "postal issue 829 (SmtpSend log)", assumed,
         "Something on the path answers in place of TLS. Until it is mended, a Send connector of its own for "
         "the domain, with IgnoreSTARTTLS, carries the mail in clear text."},
        {"exchange.handshake.connection-reset",
         "A peer that resets the connection in the handshake ends the session like a missing common version.",
         tls_version_kb, assumed,
         "Ask for the peer's log of this instant. The usual reasons: every protocol version is off under "
         "SCHANNEL\\Protocols of the receiver (its System log has Schannel 36871), its certificate's key "
         "cannot "
         "be used (36870), or a device in between inspects TLS."},
        {"exchange.handshake.silence",
         "A peer that never answers in the handshake shows as 421 4.4.1 Connection timed out.", lab, assumed,
         "The peer, or a device in front of it, swallows the ClientHello; capture the traffic on both "
         "sides."},
        {"exchange.handshake.no-credentials",
         "An own certificate without private key ends the session; the queue shows 421 4.2.1 Unable to "
         "connect.",
         "supertekboy.com: TLS negotiation failed with error NoCredentials", assumed,
         "Bring back the private key of the certificate: import it with its key, or certutil -repairstore my "
         "SERIAL where the key still exists."},
        {"exchange.handshake.unknown-credentials",
         "An own certificate that is not enabled for SMTP ends the session; the queue shows 421 4.4.1 "
         "Connection timed out.",
         "Microsoft support article 4495258", assumed,
         "Enable-ExchangeCertificate THUMBPRINT -Services SMTP gives the service access to the key (answer "
         "No when asked to overwrite the default SMTP certificate)."},
        {"exchange.handshake.refused-by-peer",
         "A peer that refuses our certificate in the handshake shows as a dropped connection.", lab, assumed,
         "The peer refuses our client certificate: it does not trust the issuer, or demands a usage "
         "(clientAuth) or validity that the certificate lacks. Offer another one with TlsCertificateName."},
        {"exchange.handshake.other", "Any other failure of the handshake shows as a dropped connection.", lab,
         assumed, "Compare the TLS lines in the protocol logs of both sides."},
        {"exchange.handshake.clear-retry",
         "Whether a failed handshake is followed by an attempt in clear text is contested; on-premises none "
         "is known (switch CleartextRetryAfterTlsFailure).",
         "postal issue 829 (SmtpSend log)", assumed},
    };
}

std::vector<rule> verdict_rules() {
    return {
        {"exchange.chain.untrusted-root",
         "From CertificateValidation on, a chain that ends in no trusted root (a self-signed certificate "
         "too) is refused.",
         "Microsoft Q&A 1556853", observed,
         "Ask the partner for a certificate of a public CA, or install the root it names in the Trusted Root "
         "store of every sending server. Where only encryption is wanted, EncryptionOnly accepts any "
         "certificate."},
        {"exchange.chain.incomplete",
         "From CertificateValidation on, a chain that does not reach a root is refused.", set_send,
         documented,
         "The chain breaks off at the issuer of its last certificate. If that issuer is an "
         "intermediate, the peer has to send it along; until then install it in the Intermediate "
         "Certification Authorities store of the sending servers. If it is a root, no sending server has it "
         "in its Trusted Root store."},
        {"exchange.chain.expired",
         "From CertificateValidation on, a chain with a certificate outside its validity is refused.",
         set_send, documented,
         "The owner of the certificate has to renew it; check the clock of the sending server first. "
         "EncryptionOnly bridges the time where identity need not be proven."},
        {"exchange.chain.signature-invalid",
         "From CertificateValidation on, a chain with a signature that does not verify is refused.", set_send,
         documented,
         "The certificate was damaged or tampered with on its way: compare its thumbprint with the one its "
         "owner sees, and look for a device that inspects TLS."},
        {"exchange.chain.weak-cryptography",
         "From CertificateValidation on, a chain that Windows counts as weak cryptography is refused.",
         "Windows Enforcement of SHA1 Certificates", assumed,
         "The owner of the certificate has to renew it with SHA-256 and RSA 2048 or better, the whole chain "
         "included."},
        {"exchange.chain.revoked",
         "From CertificateValidation on, a revoked certificate in the chain is refused.", set_send,
         documented,
         "The owner of the certificate has to replace it; a revoked certificate must not be bridged by a "
         "lower level without asking why it was revoked."},
        {"exchange.chain.revocation-unknown",
         "Revocation that nobody can answer: without a distribution point the chain passes (switch "
         "NoDistributionPoint), with one that cannot be reached it fails (switch RevocationOffline).",
         "Event 11022 (MSExchangeTransport)", assumed,
         "Make the CRL or OCSP address reachable from the sending server; it uses the WinHTTP proxy (netsh "
         "winhttp show proxy; certutil -verify -urlfetch FILE)."},
        {"exchange.chain.wrong-usage",
         "From CertificateValidation on, a chain that is not good for server authentication is refused.", lab,
         assumed,
         "The owner has to install a certificate whose extended key usage contains server authentication."},
        {"exchange.chain.server-usage",
         "Server authentication is demanded of the peer's certificate (switch ServerCertificateUsage).", lab,
         assumed},
        {"exchange.chain.constraint-violated",
         "From CertificateValidation on, a chain that breaks a constraint (CA flag, path length, names, "
         "policy, unknown critical extension) is refused.",
         set_send, documented,
         "The issuing CA made a certificate that its own chain forbids; the owner needs one from a CA that "
         "is allowed to issue it. The element above with a status names the certificate at fault."},
        {"exchange.chain.no-certificate",
         "From CertificateValidation on, a server that shows no certificate at all is refused.", set_send,
         documented, "The peer has to present a certificate; anonymous cipher suites carry none."},
        {"exchange.reason.word",
         "Only UntrustedRoot, SubjectMismatch and RevocationOffline are attested after `Reason:`; the other "
         "words are the lab's.",
         lab, assumed},
        {"exchange.reason.partial-chain",
         "A missing intermediate is reported as UntrustedRoot, as Exchange Online does (switch "
         "PartialChainReason).",
         "Exchange Online error 450 4.4.317 UntrustedRoot", assumed},
        {"exchange.reason.precedence",
         "Of several faults one is named, by the order in which Windows lists its policy errors.",
         "CERT_CHAIN_POLICY_STATUS", assumed},
        {"exchange.reason.suffix", "Older builds leave out `, Reason:…` (switch ValidationReasonSuffix).",
         "Microsoft Q&A 1556853", assumed},
        {"exchange.reason.untrusted-server",
         "What an on-premises server shows whose peer leads to a root that is missing: the queue's text is "
         "454 4.7.5, a post on Exchange Online's new root quotes 451 5.7.3 STARTTLS is required (switch "
         "UntrustedServerCertificate).",
         "Trust DigiCert Global Root G2 for Exchange Online mail flow", assumed},
        {"exchange.name.domain-validation-mismatch",
         "DomainValidation refuses a good chain without the name looked for; that the text reads "
         "SubjectMismatch is by analogy.",
         set_send, assumed,
         "If one of the certificate's names proves the right peer, set it: Set-SendConnector NAME -TlsDomain "
         "THAT-NAME. Otherwise the partner needs a certificate with the name looked for."},
        {"exchange.name.domain-security-mismatch",
         "Domain Security refuses a certificate without the mail domain itself; the host's name is not "
         "enough.",
         terminology, assumed,
         "The partner's certificate must list the mail domain itself (New-ExchangeCertificate "
         "-GenerateRequest -IncludeAcceptedDomains); the host's name or a wildcard below the domain is not "
         "enough."},
        {"exchange.name.smart-host-mismatch",
         "BasicAuthRequireTLS refuses a certificate without the exact FQDN of the smart host; the text is "
         "the lab's.",
         send_article, assumed, "Name the smart host on the connector as its certificate does."},
        {"exchange.name.smart-host-accepted",
         "BasicAuthRequireTLS: the smart host's certificate carries its exact FQDN.", send_article,
         documented},
        {"exchange.name.certificate-wildcard",
         "A wildcard name of a certificate covers exactly one label; documented for certificates, assumed "
         "for this comparison.",
         "Digital certificates and encryption in Exchange Server", assumed},
        {"exchange.name.reference-wildcard",
         "TlsDomain *.contoso.com matches names one label below contoso.com and the wildcard itself (switch "
         "TlsDomainWildcardDepth).",
         lab, assumed},
        {"exchange.name.cn-beside-san",
         "The subject's CN is compared even when the certificate has alternative names (switch "
         "CnMatchesBesideSan).",
         inbound_starttls, assumed},
    };
}

std::vector<rule> domain_security_rules() {
    return {
        {"exchange.domain-security.sending",
         "Domain Security is in force when the recipient's domain is in TLSSendDomainSecureList and the Send "
         "connector has DomainSecureEnabled, DNS routing and no IgnoreSTARTTLS: TLS, chain and the domain's "
         "name are demanded.",
         transport_config_page, documented},
        {"exchange.domain-security.ignore-starttls",
         "IgnoreSTARTTLS puts Domain Security out of force; the message goes in clear text.", set_send,
         assumed},
        {"exchange.domain-security.front-end-proxy",
         "Domain Security is not supported when outbound mail passes the Front End; that the connector then "
         "sends as one without DomainSecureEnabled is assumed.",
         terminology, assumed,
         "Set FrontendProxyEnabled to false on a connector for the domain-secured domains."},
        {"exchange.domain-security.with-level",
         "With a TlsAuthLevel beside Domain Security both checks apply; no public text says so.", lab,
         assumed},
        {"exchange.domain-security.failure",
         "A failed check of Domain Security leaves the message queued; its text is taken from the TLS "
         "levels.",
         terminology, assumed},
        {"exchange.domain-security.accepted",
         "The domain-secured domain's server has a good chain and a name that is the domain.", terminology,
         documented},
        {"exchange.domain-security.inbound-no-tls",
         "Mail from a domain-secured domain without TLS is not authenticated: event 11012.",
         "Event 11012 (MSExchangeTransport)", documented,
         "The sender has to use TLS: its TLSSendDomainSecureList and its Send connector's "
         "DomainSecureEnabled come first, then this connector's STARTTLS. To suspend the relation, take the "
         "domain out of TLSReceiveDomainSecureList."},
        {"exchange.domain-security.inbound-no-certificate",
         "Mail from a domain-secured domain without a client certificate is not authenticated; the event's "
         "id is not known.",
         terminology, assumed,
         "The sender has to offer a client certificate with its mail domain (Fqdn or TlsCertificateName of "
         "its Send connector decide which)."},
        {"exchange.domain-security.inbound-chain",
         "Mail from a domain-secured domain with a client certificate whose chain is bad is not "
         "authenticated; the event's id is not known.",
         terminology, assumed,
         "The sender's certificate must chain to a root that this server trusts and be within its validity; "
         "install the root, or ask for a certificate of a public CA."},
        {"exchange.domain-security.inbound-mismatch",
         "Mail from a domain-secured domain with a client certificate that does not contain the domain is "
         "not authenticated: event 11015.",
         "Event 11015 (MSExchangeTransport)", documented,
         "The sender's certificate must list its mail domain itself (New-ExchangeCertificate "
         "-GenerateRequest -IncludeAcceptedDomains)."},
        {"exchange.domain-security.inbound-refusal",
         "What is not authenticated is refused at MAIL FROM with a temporary reply of the lab's wording "
         "(switch DomainSecureRefusal).",
         lab, assumed},
        {"exchange.domain-security.inbound-accepted",
         "A good client certificate that contains the sender's domain makes the session a Partner's.",
         "Header firewall (Exchange 2013)", documented},
    };
}

} // namespace connlab::exchange::catalogue
