// The catalogue: every rule that a decision of this library names. Statements are the lab's words.
#include "sim/exchange/deciding.hpp"
#include "sim/exchange/decisions.hpp"

namespace connlab::exchange {

namespace {

using trace::rule;
constexpr auto documented = trace::confidence::documented;
constexpr auto observed = trace::confidence::observed;
constexpr auto assumed = trace::confidence::assumed;

constexpr const char* set_send = "Set-SendConnector";
constexpr const char* set_receive = "Set-ReceiveConnector";
constexpr const char* receive_article = "Receive connectors (Exchange Server)";
constexpr const char* send_article = "Send connectors (Exchange Server)";
constexpr const char* inbound_starttls = "Inbound STARTTLS certificates selection";
constexpr const char* inbound_anonymous = "Inbound anonymous TLS certificates selection";
constexpr const char* hybrid_certificates =
    "TLS Certificates in Exchange Hybrid - Common Issues & How to Fix Them";
constexpr const char* terminology = "TLS functionality and related terminology (Exchange 2013)";
constexpr const char* transport_config_page = "Set-TransportConfig";
constexpr const char* event_12014 = "Event 12014 (MSExchangeTransport)";
constexpr const char* tls_starttls_kb = "Microsoft support article 2989382";
constexpr const char* tls_version_kb = "Microsoft support article 3675849885";
constexpr const char* postfix_tls = "Postfix TLS_README";
constexpr const char* lab = "a decision of this lab";

std::vector<rule> connector_rules() {
    return {
        {"exchange.receive-connector.most-specific-range",
         "Among the enabled Receive connectors whose Bindings cover the local address and port and whose "
         "RemoteIPRanges hold the client, the one with the smallest range takes the connection.",
         receive_article, documented},
        {"exchange.receive-connector.none",
         "Without a Receive connector whose Bindings and RemoteIPRanges fit, the connection is not served.",
         receive_article, documented},
        {"exchange.receive-connector.equal-ranges",
         "Two connectors with the same binding and ranges of the same size cannot be configured; should they "
         "be, the first by name takes the connection.",
         lab, assumed},
        {"exchange.send-connector.longest-match",
         "The Send connector with the longest matching address space takes the recipient: the domain itself "
         "before *.domain, that before *.",
         send_article, documented},
        {"exchange.send-connector.cost", "Between address spaces that match alike, the lower cost wins.",
         send_article, documented},
        {"exchange.send-connector.tie",
         "Between address spaces of the same match and cost, the first connector by name is taken; what "
         "Exchange does is not documented.",
         lab, assumed},
        {"exchange.send-connector.none",
         "A recipient that no enabled Send connector of this server covers cannot be routed.", send_article,
         documented},
    };
}

std::vector<rule> certificate_rules() {
    return {
        {"exchange.certificate.by-tls-certificate-name",
         "TlsCertificateName names the certificate by issuer and subject; the thumbprint is no part of it.",
         inbound_starttls, documented},
        {"exchange.certificate.by-connector-fqdn",
         "Without TlsCertificateName the certificate is searched by the connector's Fqdn, in Subject and "
         "SAN.",
         event_12014, documented},
        {"exchange.certificate.by-server-fqdn",
         "Without TlsCertificateName and Fqdn the certificate is searched by the server's own FQDN, in "
         "Subject and SAN.",
         event_12014, documented},
        {"exchange.certificate.newest-first",
         "Of several certificates that answer to the name, the newest by its Valid-from date wins.",
         inbound_starttls, documented},
        {"exchange.certificate.order-conflict",
         "Newest means the latest NotBefore, then the latest NotAfter; another Microsoft text says the "
         "latest expiry (switch CertificateOrder).",
         hybrid_certificates, assumed},
        {"exchange.certificate.pki-before-self-signed",
         "A valid certificate of a CA wins over any self-signed one, even a newer one.", inbound_starttls,
         documented},
        {"exchange.certificate.expired-gives-way",
         "An expired certificate gives way to one that is valid, even to a self-signed one; whether expired "
         "counts as invalid in the selection is open (switch ExpiredPkiAgainstValidSelfSigned).",
         lab, assumed},
        {"exchange.certificate.broken-chain-by-name",
         "A CA certificate found by domain name whose own chain is broken is no candidate; what Exchange "
         "does is open.",
         lab, assumed},
        {"exchange.certificate.binding-filters",
         "A certificate that is not enabled for SMTP is no candidate (switch SmtpBindingFiltersSelection).",
         inbound_starttls, assumed},
        {"exchange.certificate.name-comparison",
         "<I>…<S>… is compared with issuer and subject as text, case ignored; another spelling of the same "
         "name does not match (switch TlsCertificateNameComparison).",
         lab, assumed},
        {"exchange.starttls-certificate.auth-mechanism-without-tls",
         "A Receive connector without Tls in AuthMechanism loads no certificate and does not advertise "
         "STARTTLS.",
         inbound_starttls, documented},
        {"exchange.starttls-certificate.not-found",
         "When no certificate answers to the name, STARTTLS is not advertised and event 12014 is written.",
         inbound_starttls, documented},
        {"exchange.starttls-certificate.no-private-key",
         "A certificate without private key is no candidate; when none is left, STARTTLS is not advertised "
         "(12014).",
         inbound_starttls, documented},
        {"exchange.starttls-certificate.broken-chain",
         "A certificate named by TlsCertificateName whose own chain is broken leads to an EHLO reply without "
         "STARTTLS.",
         hybrid_certificates, documented},
        {"exchange.starttls-certificate.expired-still-served",
         "STARTTLS is advertised with an expired certificate too; event 12016 is written.", inbound_starttls,
         documented},
        {"exchange.starttls-certificate.not-bound-to-smtp",
         "A matching certificate that is not enabled for SMTP can still be chosen; STARTTLS is advertised "
         "and the handshake fails.",
         inbound_starttls, documented},
        {"exchange.starttls-certificate.not-bound-error",
         "Receiving, a certificate without SMTP binding fails as UnknownCredentials; the name is observed on "
         "the sending side.",
         "Microsoft support article 4495258", assumed},
        {"exchange.client-certificate.resolved",
         "A Send connector whose TlsCertificateName is unset or finds a usable certificate may open "
         "sessions.",
         set_send, documented},
        {"exchange.client-certificate.not-found",
         "A Send connector's TlsCertificateName that matches no certificate is not replaced by another "
         "certificate.",
         hybrid_certificates, documented},
        {"exchange.client-certificate.broken-chain",
         "A certificate named by a Send connector's TlsCertificateName whose own chain is broken counts as "
         "not found.",
         hybrid_certificates, documented},
        {"exchange.client-certificate.unresolvable",
         "When TlsCertificateName of the Send connector finds nothing usable, nothing is sent: 454 4.7.5.",
         hybrid_certificates, documented},
        {"exchange.client-certificate.none",
         "When no certificate answers to the Send connector's Fqdn, the session goes on without a client "
         "certificate; event 12014 is written.",
         event_12014, assumed},
        {"exchange.client-certificate.same-order",
         "Client certificates are put in the same order as those for STARTTLS.", lab, assumed},
        {"exchange.client-certificate.expired-still-offered",
         "An expired client certificate is still offered; event 12016 is written.", lab, assumed},
        {"exchange.client-certificate.no-private-key",
         "A chosen client certificate without private key ends the session with NoCredentials.",
         "supertekboy.com: TLS negotiation failed with error NoCredentials", observed},
        {"exchange.client-certificate.not-bound-to-smtp",
         "A chosen client certificate that is not enabled for SMTP ends the session with UnknownCredentials.",
         "Microsoft support article 4495258", documented},
        {"exchange.client-certificate.unusable-extent",
         "An unusable client certificate fails every session, also when the peer asks for none and when it "
         "was chosen by Fqdn.",
         lab, assumed},
        {"exchange.internal-certificate.by-thumbprint",
         "X-ANONYMOUSTLS is served with the certificate whose thumbprint is the server's internal transport "
         "certificate.",
         inbound_anonymous, documented},
        {"exchange.internal-certificate.unset",
         "Without an internal transport certificate X-ANONYMOUSTLS is not advertised; event 12012 at the "
         "start of the service.",
         inbound_anonymous, documented},
        {"exchange.internal-certificate.not-in-store",
         "When the internal transport certificate is not in the store, X-ANONYMOUSTLS is not advertised; "
         "event 12013.",
         inbound_anonymous, documented},
        {"exchange.internal-certificate.ephemeral",
         "Whether newer builds serve an ephemeral certificate instead (event 12024) is open (switch "
         "InternalCertificateMissing).",
         "Event 12024 (MSExchangeTransport)", assumed},
        {"exchange.internal-certificate.expired-still-used",
         "An expired internal transport certificate is still used; event 12015.", inbound_anonymous,
         documented},
    };
}

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
         tls_starttls_kb, documented},
        {"exchange.starttls.required-by-domain-security",
         "Domain Security and a peer without STARTTLS: treated like RequireTLS; the real text is not known.",
         terminology, assumed},
        {"exchange.starttls.required-by-basic-auth",
         "BasicAuthRequireTLS and a smart host without STARTTLS: treated like RequireTLS; the real text is "
         "not known.",
         send_article, assumed},
        {"exchange.starttls.refused",
         "A peer that refuses the STARTTLS it offered gets the message in clear text on the same session, "
         "when nothing demands TLS (switch StarttlsRefused).",
         lab, assumed},
        {"exchange.starttls.refused-required",
         "A refused STARTTLS counts as one that is not offered when TLS is demanded.", lab, assumed},
    };
}

std::vector<rule> session_rules() {
    return {
        {"exchange.connection.refused", "A refused connection shows as 421 4.2.1 Unable to connect.",
         "supertekboy.com: queue LastError", observed},
        {"exchange.connection.timed-out",
         "A connection that is never answered shows as 421 4.4.1 Connection timed out.",
         "supertekboy.com: queue LastError", observed},
        {"exchange.connection.dropped",
         "A connection that the peer drops shows as 421 4.4.2 Connection dropped due to SocketError.",
         tls_version_kb, assumed},
        {"exchange.handshake.no-common-version",
         "Without a common TLS version the handshake fails; the message stays queued with 421 4.4.2, nothing "
         "goes in clear.",
         tls_version_kb, observed},
        {"exchange.handshake.no-common-suite",
         "Without a common cipher suite the handshake fails like one without a common version.",
         tls_version_kb, assumed},
        {"exchange.handshake.bad-record",
         "A peer that answers the ClientHello with something that is not TLS ends the session; the text is "
         "assumed.",
         "postal issue 829 (SmtpSend log)", assumed},
        {"exchange.handshake.connection-reset",
         "A peer that resets the connection in the handshake ends the session like a missing common version.",
         tls_version_kb, assumed},
        {"exchange.handshake.silence",
         "A peer that never answers in the handshake shows as 421 4.4.1 Connection timed out.", lab, assumed},
        {"exchange.handshake.no-credentials",
         "An own certificate without private key ends the session; the queue shows 421 4.2.1 Unable to "
         "connect.",
         "supertekboy.com: TLS negotiation failed with error NoCredentials", assumed},
        {"exchange.handshake.unknown-credentials",
         "An own certificate that is not enabled for SMTP ends the session; the queue shows 421 4.4.1 "
         "Connection timed out.",
         "Microsoft support article 4495258", assumed},
        {"exchange.handshake.refused-by-peer",
         "A peer that refuses our certificate in the handshake shows as a dropped connection.", lab, assumed},
        {"exchange.handshake.other", "Any other failure of the handshake shows as a dropped connection.", lab,
         assumed},
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
         "Microsoft Q&A 1556853", observed},
        {"exchange.chain.incomplete",
         "From CertificateValidation on, a chain that does not reach a root is refused.", set_send,
         documented},
        {"exchange.chain.expired",
         "From CertificateValidation on, a chain with a certificate outside its validity is refused.",
         set_send, documented},
        {"exchange.chain.signature-invalid",
         "From CertificateValidation on, a chain with a signature that does not verify is refused.", set_send,
         documented},
        {"exchange.chain.weak-cryptography",
         "From CertificateValidation on, a chain that Windows counts as weak cryptography is refused.",
         "Windows Enforcement of SHA1 Certificates", assumed},
        {"exchange.chain.revoked",
         "From CertificateValidation on, a revoked certificate in the chain is refused.", set_send,
         documented},
        {"exchange.chain.revocation-unknown",
         "Revocation that nobody can answer: without a distribution point the chain passes (switch "
         "NoDistributionPoint), with one that cannot be reached it fails (switch RevocationOffline).",
         "Event 11022 (MSExchangeTransport)", assumed},
        {"exchange.chain.wrong-usage",
         "From CertificateValidation on, a chain that is not good for server authentication is refused.", lab,
         assumed},
        {"exchange.chain.server-usage",
         "Server authentication is demanded of the peer's certificate (switch ServerCertificateUsage).", lab,
         assumed},
        {"exchange.chain.constraint-violated",
         "From CertificateValidation on, a chain that breaks a constraint (CA flag, path length, names, "
         "policy, unknown critical extension) is refused.",
         set_send, documented},
        {"exchange.chain.no-certificate",
         "From CertificateValidation on, a server that shows no certificate at all is refused.", set_send,
         documented},
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
        {"exchange.name.domain-validation-mismatch",
         "DomainValidation refuses a good chain without the name looked for; that the text reads "
         "SubjectMismatch is by analogy.",
         set_send, assumed},
        {"exchange.name.domain-security-mismatch",
         "Domain Security refuses a certificate without the mail domain itself; the host's name is not "
         "enough.",
         terminology, assumed},
        {"exchange.name.smart-host-mismatch",
         "BasicAuthRequireTLS refuses a certificate without the exact FQDN of the smart host; the text is "
         "the lab's.",
         send_article, assumed},
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
         "Event 11012 (MSExchangeTransport)", documented},
        {"exchange.domain-security.inbound-no-certificate",
         "Mail from a domain-secured domain without a client certificate is not authenticated; the event's "
         "id is not known.",
         terminology, documented},
        {"exchange.domain-security.inbound-chain",
         "Mail from a domain-secured domain with a client certificate whose chain is bad is not "
         "authenticated; the event's id is not known.",
         terminology, documented},
        {"exchange.domain-security.inbound-mismatch",
         "Mail from a domain-secured domain with a client certificate that does not contain the domain is "
         "not authenticated: event 11015.",
         "Event 11015 (MSExchangeTransport)", documented},
        {"exchange.domain-security.inbound-refusal",
         "What is not authenticated is refused at MAIL FROM with a temporary reply of the lab's wording "
         "(switch DomainSecureRefusal).",
         lab, assumed},
        {"exchange.domain-security.inbound-accepted",
         "A good client certificate that contains the sender's domain makes the session a Partner's.",
         "Header firewall (Exchange 2013)", documented},
    };
}

std::vector<rule> inbound_rules() {
    return {
        {"exchange.mail-from.must-issue-starttls",
         "A Receive connector with RequireTLS answers MAIL in clear text with 451 5.7.3.", tls_version_kb,
         documented},
        {"exchange.mail-from.anonymous",
         "A session without authentication may send where AnonymousUsers may submit.", receive_article,
         documented},
        {"exchange.mail-from.not-permitted",
         "Without the permission SMTP-Submit, MAIL is answered with 530 5.7.57.", receive_article, observed},
        {"exchange.mail-from.externally-secured",
         "A connector with ExternalAuthoritative and ExchangeServers treats its clients as trusted; that "
         "their mail counts as Internal is assumed.",
         set_receive, assumed},
        {"exchange.recipient.accepted-domain",
         "Recipients in accepted domains are taken from anyone who may submit.", receive_article, documented},
        {"exchange.recipient.any-recipient",
         "Externally secured clients hold SMTP-Accept-Any-Recipient: they may relay.", receive_article,
         documented},
        {"exchange.recipient.relay-denied",
         "Without SMTP-Accept-Any-Recipient, recipients in other domains are refused with 550 5.7.54.",
         receive_article, observed},
        {"exchange.client-chain.empty", "A client that sends no certificate is logged as EmptyCertificate.",
         "SmtpReceive protocol log of 2023", observed},
        {"exchange.client-chain.evaluated",
         "The chain and the revocation of a client's certificate are judged after the handshake, its usage "
         "is not.",
         "How to Enable PKI on the Edge Transport Server Role for Domain Security", documented},
        {"exchange.client-chain.usage",
         "Client authentication may be demanded of a client's certificate (switch ClientAuthEku).", lab,
         assumed},
    };
}

std::vector<rule> partner_rules() {
    return {
        {"exchange.smtp-partner.certificate",
         "A plain SMTP server presents the certificate it is configured with: its first one that has a key.",
         postfix_tls, documented},
        {"exchange.smtp-partner.level-none", "TlsLevel None: TLS is never tried.", postfix_tls, documented},
        {"exchange.smtp-partner.level-may",
         "TlsLevel May: TLS when it is offered, nothing checked, clear text when it is not offered or fails.",
         postfix_tls, documented},
        {"exchange.smtp-partner.level-encrypt", "TlsLevel Encrypt: TLS is demanded, nothing checked.",
         postfix_tls, documented},
        {"exchange.smtp-partner.level-verify",
         "TlsLevel Verify: chain and the name of the MX host are checked.", postfix_tls, documented},
        {"exchange.smtp-partner.level-secure",
         "TlsLevel Secure: chain and the recipient's domain, or a name below it, are checked.", postfix_tls,
         documented},
        {"exchange.smtp-partner.starttls-required",
         "A plain SMTP server that demands TLS defers mail when STARTTLS is not offered or is refused.",
         postfix_tls, documented},
        {"exchange.smtp-partner.handshake-failed",
         "A plain SMTP server defers mail when the handshake fails; at TlsLevel May it tries the host in "
         "clear text.",
         postfix_tls, documented},
        {"exchange.smtp-partner.nothing-checked", "Up to TlsLevel Encrypt any certificate is good.",
         postfix_tls, documented},
        {"exchange.smtp-partner.chain-refused", "From TlsLevel Verify on an untrusted chain defers the mail.",
         postfix_tls, documented},
        {"exchange.smtp-partner.name-refused",
         "From TlsLevel Verify on a certificate of another name defers the mail.", postfix_tls, documented},
        {"exchange.smtp-partner.certificate-accepted", "The certificate's chain and name are good.",
         postfix_tls, documented},
        {"exchange.smtp-partner.mail-accepted", "A plain SMTP server takes mail from anyone.",
         "Postfix SMTPD_ACCESS_README", documented},
        {"exchange.smtp-partner.must-issue-starttls",
         "A plain SMTP server that demands TLS answers MAIL in clear text with 530 5.7.0.",
         "RFC 3207, section 4", documented},
        {"exchange.smtp-partner.recipient-accepted", "A plain SMTP server takes mail for its own domains.",
         "Postfix SMTPD_ACCESS_README", documented},
        {"exchange.smtp-partner.relay-denied", "A plain SMTP server refuses recipients in other domains.",
         "Postfix SMTPD_ACCESS_README", documented},
    };
}

std::vector<rule> whole_catalogue() {
    std::vector<rule> all;
    for (auto part : {connector_rules(), certificate_rules(), policy_rules(), session_rules(),
                      verdict_rules(), domain_security_rules(), inbound_rules(), partner_rules()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace

const std::vector<trace::rule>& rules() {
    static const std::vector<trace::rule> catalogue = whole_catalogue();
    return catalogue;
}

const trace::rule* find_rule(std::string_view id) {
    const auto& all = rules();
    const auto found = std::find_if(all.begin(), all.end(), [&](const trace::rule& r) { return r.id == id; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace connlab::exchange
