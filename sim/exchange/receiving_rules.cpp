// What the receiving side decides, Exchange and plain SMTP partners.
#include "sim/exchange/catalogue.hpp"

namespace connlab::exchange::catalogue {

std::vector<rule> inbound_rules() {
    return {
        {"exchange.mail-from.must-issue-starttls",
         "A Receive connector with RequireTLS answers MAIL in clear text with 451 5.7.3.", tls_version_kb,
         documented,
         "The sender has to use STARTTLS: see whether this connector offers it, and whether the sender "
         "ignores it (IgnoreSTARTTLS, a device in between). Senders without TLS need a Receive connector of "
         "their own without RequireTLS."},
        {"exchange.mail-from.anonymous",
         "A session without authentication may send where AnonymousUsers may submit.", receive_article,
         documented},
        {"exchange.mail-from.not-permitted",
         "Without the permission SMTP-Submit, MAIL is answered with 530 5.7.57.", receive_article, observed,
         "Add AnonymousUsers to PermissionGroups, or let another connector with narrower RemoteIPRanges take "
         "the client."},
        {"exchange.mail-from.externally-secured",
         "A connector with ExternalAuthoritative and ExchangeServers treats its clients as trusted; that "
         "their mail counts as Internal is assumed.",
         set_receive, assumed},
        {"exchange.recipient.accepted-domain",
         "Recipients in accepted domains are taken from anyone who may submit.", receive_article, documented},
        {"exchange.recipient.any-recipient",
         "Externally secured clients hold SMTP-Accept-Any-Recipient: they may relay.", receive_article,
         documented},
        {"exchange.recipient.cloud-relay",
         "A session with AcceptCloudServicesMail may send to recipients in any domain: centralized mail "
         "transport of Exchange Online rests on it.",
         "Transport routing in Exchange hybrid deployments", documented},
        {"exchange.recipient.cloud-relay-edge",
         "On an Edge AcceptOorgProtocol, the word of Exchange 2010 for the same, permits relaying as well.",
         lab, assumed},
        {"exchange.recipient.relay-denied",
         "Without SMTP-Accept-Any-Recipient, recipients in other domains are refused with 550 5.7.54, or the "
         "older 550 5.7.1.",
         receive_article, observed,
         "Add the domain to the accepted domains if it is the organization's own; to let a host relay, give "
         "it a connector of its own with narrow RemoteIPRanges and SMTP-Accept-Any-Recipient. To let "
         "Exchange Online relay (centralized mail transport), set TlsDomainCapabilities of the connector to "
         "mail.protection.outlook.com:AcceptCloudServicesMail; where it is set, see why the service's "
         "certificate did not earn it."},
        {"exchange.recipient.relay-text",
         "Exchange 2013 refuses relaying in the older words, 550 5.7.1 Unable to relay; which level changed "
         "them is not public.",
         lab, assumed},
        {"exchange.client-chain.empty", "A client that sends no certificate is logged as EmptyCertificate.",
         "SmtpReceive protocol log of 2023", observed},
        {"exchange.client-chain.evaluated",
         "The chain and the revocation of a client's certificate are judged after the handshake.",
         "How to Enable PKI on the Edge Transport Server Role for Domain Security", documented},
        {"exchange.client-chain.usage",
         "Client authentication may be demanded of a client's certificate (switch ClientAuthEku).", lab,
         assumed},
    };
}

constexpr const char* stale_key_notice =
    "Exchange team notice of April 2016 on TlsDomainCapabilities and a changed certificate";

std::vector<rule> capability_rules() {
    return {
        {"exchange.mail-from.not-as-this-sender",
         "Anonymous mail with a sender in an accepted domain needs the right "
         "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender, which AnonymousUsers has until somebody takes it "
         "away; else 550 5.7.60.",
         "Replacing the IIS SMTP virtual server with Edge Transport", documented,
         "Let the program log on or come by a connector of its own; or give the right back: Add-ADPermission "
         "CONNECTOR -User \"NT AUTHORITY\\ANONYMOUS LOGON\" -ExtendedRights "
         "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender."},
        {"exchange.capabilities.granted",
         "A client whose certificate is valid and holds a domain of TlsDomainCapabilities gets that domain's "
         "capabilities.",
         set_receive, documented},
        {"exchange.capabilities.validation-failed",
         "A certificate that holds the domain and is not valid grants nothing: event 11022, and the mail "
         "counts as "
         "anonymous.",
         "Event 11022 (MSExchangeTransport)", documented,
         "The status names what is wrong with the client's chain: install the root that is missing, or let "
         "the "
         "sender renew its certificate."},
        {"exchange.capabilities.no-certificate",
         "A client without certificate is logged as NoRemoteCertificate.", "SmtpReceive protocol log of 2023",
         observed},
        {"exchange.capabilities.no-matching-domain", "Capabilities belong to the domains of the list alone.",
         set_receive, documented},
        {"exchange.capabilities.stale-key",
         "A key of the form <I>issuer<S>subject names one certificate: when its issuer changes, the key "
         "matches no more, and mail is anonymous.",
         stale_key_notice, documented,
         "Write the domain form instead: mail.protection.outlook.com:AcceptCloudServicesMail."},
        {"exchange.capabilities.stale-key-reply",
         "With keys that no longer matched, mail was taken as anonymous, and some was answered with 451 "
         "4.7.0 "
         "… PRX5; when, is not public (switch StaleCapabilityKey).",
         stale_key_notice, assumed,
         "Write the key of TlsDomainCapabilities as a domain: mail.protection.outlook.com:…"},
        {"exchange.capabilities.without-tls", "Without TLS only the pseudo-domain NO-TLS has capabilities.",
         set_receive, documented},
        {"exchange.capabilities.revocation",
         "Whether revocation is looked at for capabilities (switch CapabilityCheckRevocation): not since "
         "2013.",
         "Microsoft support article 3212877", assumed},
    };
}

std::vector<rule> partner_rules() {
    return {
        {"exchange.smtp-partner.certificate",
         "A plain SMTP server presents the certificate it is configured with: its first one that has a key.",
         postfix_tls, documented},
        {"exchange.smtp-partner.client-certificate",
         "A plain SMTP server presents a client certificate only where one is configured for its client.",
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
         postfix_tls, documented,
         "Offer STARTTLS: a usable certificate for the connector's name (event 12014 names the missing one) "
         "and Tls in AuthMechanism."},
        {"exchange.smtp-partner.handshake-failed",
         "A plain SMTP server defers mail when the handshake fails; at TlsLevel May it tries the host in "
         "clear text.",
         postfix_tls, documented,
         "Compare the TLS lines of both logs: versions, suites, and whether the key of the certificate "
         "offered is usable."},
        {"exchange.smtp-partner.nothing-checked", "Up to TlsLevel Encrypt any certificate is good.",
         postfix_tls, documented},
        {"exchange.smtp-partner.chain-refused", "From TlsLevel Verify on an untrusted chain defers the mail.",
         postfix_tls, documented,
         "Serve a certificate that the partner's roots reach, with its intermediates installed on this "
         "server, so that they are sent along."},
        {"exchange.smtp-partner.name-refused",
         "From TlsLevel Verify on a certificate of another name defers the mail.", postfix_tls, documented,
         "Serve a certificate that lists the name the partner looks for (its MX host, or the mail domain at "
         "Secure)."},
        {"exchange.smtp-partner.certificate-accepted", "The certificate's chain and name are good.",
         postfix_tls, documented},
        {"exchange.smtp-partner.mail-accepted", "A plain SMTP server takes mail from anyone.",
         "Postfix SMTPD_ACCESS_README", documented},
        {"exchange.smtp-partner.must-issue-starttls",
         "A plain SMTP server that demands TLS answers MAIL in clear text with 530 5.7.0.",
         "RFC 3207, section 4", documented,
         "The partner demands TLS: clear IgnoreSTARTTLS and ForceHELO on the Send connector, and look for a "
         "device that strips STARTTLS."},
        {"exchange.smtp-partner.recipient-accepted", "A plain SMTP server takes mail for its own domains.",
         "Postfix SMTPD_ACCESS_README", documented},
        {"exchange.smtp-partner.relay-denied", "A plain SMTP server refuses recipients in other domains.",
         "Postfix SMTPD_ACCESS_README", documented,
         "The MX record points to a server that does not take mail for this domain; correct the record or "
         "the partner's configuration."},
    };
}

} // namespace connlab::exchange::catalogue
