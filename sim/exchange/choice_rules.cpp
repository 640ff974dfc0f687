// Which connector and which certificate serve.
#include "sim/exchange/catalogue.hpp"

namespace connlab::exchange::catalogue {

std::vector<rule> connector_rules() {
    return {
        {"exchange.receive-connector.most-specific-range",
         "Among the enabled Receive connectors whose Bindings cover the local address and port and whose "
         "RemoteIPRanges hold the client, the one with the smallest range takes the connection.",
         receive_article, documented},
        {"exchange.receive-connector.none",
         "Without a Receive connector whose Bindings and RemoteIPRanges fit, the connection is not served.",
         receive_article, documented,
         "Give a Receive connector of this server Bindings and RemoteIPRanges that cover the connection "
         "(Get-ReceiveConnector | ft Name, Bindings, RemoteIPRanges)."},
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
         "Between address spaces of the same match and cost, a connector of the server itself goes before "
         "one of "
         "another source server, then the first by name is taken; what Exchange does is not documented.",
         lab, assumed},
        {"exchange.send-connector.none",
         "A recipient that no enabled Send connector of this server covers cannot be routed.", send_article,
         documented,
         "Create or enable a Send connector whose AddressSpaces cover the domain and whose "
         "SourceTransportServers name this server."},
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
        {"exchange.certificate.wildcard-as-good",
         "A newer wildcard certificate wins over an older one with the exact name; whether Exchange prefers "
         "the "
         "exact name is not public.",
         lab, assumed, "Set TlsCertificateName of the connector to the certificate that is meant."},
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
        {"exchange.starttls-certificate.broken-chain-event",
         "A named certificate whose own chain is broken writes event 12014 like one that is missing; the "
         "public text says possibly.",
         hybrid_certificates, assumed},
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
         hybrid_certificates, documented,
         "Compare TlsCertificateName with Get-ExchangeCertificate | fl Issuer, Subject, Status: after a "
         "renewal by another issuer the <I>…<S>… string has to be set again, on every connector that bears "
         "it."},
        {"exchange.client-certificate.none",
         "When no certificate answers to the Send connector's Fqdn, the session goes on without a client "
         "certificate; event 12014 is written.",
         event_12014, assumed},
        {"exchange.client-certificate.same-order",
         "Client certificates are put in the same order as those for STARTTLS.", lab, assumed},
        {"exchange.client-certificate.usage-not-asked",
         "A certificate without the usage client authentication is offered as client certificate all the "
         "same, the default one of setup among them.",
         lab, assumed},
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

} // namespace connlab::exchange::catalogue
