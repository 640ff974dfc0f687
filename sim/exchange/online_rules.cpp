// What Exchange Online decides (Exchange Online sheet 1.3-1.10).
#include "sim/exchange/catalogue.hpp"

namespace connlab::exchange::catalogue {

namespace {

constexpr const char* attribution_post = "Office 365 Message Attribution";
constexpr const char* relay_article = "Updated requirements for SMTP relay through Exchange Online";
constexpr const char* direct_send_post = "Introducing more control over Direct Send in Exchange Online";
constexpr const char* connectors_article = "Configure mail flow using connectors in Exchange Online";
constexpr const char* enforcement_article = "Throttling and blocking email from unpatched Exchange servers";
constexpr const char* outbound_article =
    "Set up connectors to route mail between Microsoft 365 and your own servers";
constexpr const char* online_tls_article = "How Exchange Online uses TLS to secure email connections";
constexpr const char* submission_article =
    "How to set up a multifunction device or application to send email using Microsoft 365";
constexpr const char* blocking_article = "Use Directory-Based Edge Blocking to reject messages";

std::vector<rule> evidence_rules() {
    return {
        {"exchange.online.certificate.counts",
         "A client certificate counts for attribution when its chain leads to a root that Exchange Online "
         "trusts.",
         attribution_post, documented},
        {"exchange.online.certificate.does-not-count",
         "A client certificate whose chain is not good, also for want of an intermediate that was not sent, "
         "is taken as not presented: TLS succeeds, and the message is attributed by address or recipient.",
         "Microsoft support article 3212877; " + std::string(hybrid_certificates), documented,
         "Send the whole chain but the root: install the intermediates on the sending server. Use a "
         "certificate of a public authority that is valid and not revoked."},
        {"exchange.online.certificate.none",
         "Without TLS or without a client certificate, address, sender and recipient are all there is.",
         attribution_post, documented},
        {"exchange.online.certificate.usage",
         "Whether the client's certificate must allow client authentication (switch ClientAuthEku) is not "
         "public; by default it is not looked at.",
         lab, assumed},
        {"exchange.online.certificate-name.wildcard",
         "Which names TlsSenderCertificateName *.contoso.com matches beside those one label below (switch "
         "SenderCertificateWildcardDepth) is not public.",
         lab, assumed},
        {"exchange.online.certificate-not-accepted",
         "What a matching certificate is worth whose TlsSenderCertificateName corresponds to no accepted "
         "domain (switch SenderCertificateNotAccepted): Microsoft's texts differ.",
         hybrid_certificates, assumed},
    };
}

std::vector<rule> hybrid_rules() {
    return {
        {"exchange.hybrid.inbound-certificate-name",
         "The Hybrid Configuration Wizard writes the certificate's domain into TlsSenderCertificateName of "
         "the "
         "inbound connector when it is an accepted domain of the tenant, else *. and the accepted domain "
         "above "
         "it, so that both the certificate and the accepted domain match. It does so at every run.",
         attribution_post, documented,
         "After every run of the wizard look at TlsSenderCertificateName of the inbound connector; add the "
         "certificate's domain as an accepted domain to have the literal name kept."},
    };
}

std::vector<rule> attribution_rules() {
    return {
        {"exchange.online.attribution.certificate",
         "A message is the tenant's own when the client's certificate matches an OnPremises connector whose "
         "TlsSenderCertificateName corresponds to an accepted domain; the most exact match wins.",
         attribution_post, documented},
        {"exchange.online.attribution.sender",
         "When the certificate matches a connector whose name corresponds to no accepted domain, an accepted "
         "domain in MAIL FROM makes the message the tenant's own.",
         attribution_post, documented},
        {"exchange.online.attribution.address",
         "Without a certificate, a message is the tenant's own when the address is in SenderIPAddresses of "
         "an OnPremises connector and the domain in MAIL FROM is accepted by that tenant.",
         attribution_post, documented},
        {"exchange.online.attribution.address-beside-certificate",
         "That the address is looked at too when a good certificate matches no connector is assumed.", lab,
         assumed},
        {"exchange.online.attribution.tie",
         "Which of two connectors wins that match the same certificate or address as exactly is not public; "
         "here the first one.",
         lab, assumed, "Give each tenant a certificate and a Send connector of its own."},
        {"exchange.online.attribution.recipient",
         "A message that no connector proves to be a tenant's own is incoming to the tenant that accepts the "
         "recipient's domain.",
         attribution_post, documented},
        {"exchange.online.attribution.nobody",
         "A message that no connector proves to be a tenant's own, for a domain that no tenant accepts, is "
         "nobody's.",
         attribution_post, documented,
         "See which certificate the sending server presents and whether its chain is whole; compare it with "
         "TlsSenderCertificateName, and that name and the sender's domain with the accepted domains."},
    };
}

std::vector<rule> partner_connector_rules() {
    return {
        {"exchange.online.partner.certificate",
         "A Partner connector takes the message when its TlsSenderCertificateName is on the client's "
         "certificate and the sender's domain is in SenderDomains.",
         new_inbound, documented},
        {"exchange.online.partner.address",
         "A Partner connector with RestrictDomainsToIPAddresses takes mail of its SenderDomains that comes "
         "from SenderIPAddresses.",
         new_inbound, documented},
        {"exchange.online.partner.restricted",
         "Connectors with restrictions come before one that merely allows a sender's domain: mail of their "
         "SenderDomains that does not meet the restriction is refused.",
         connectors_article, documented,
         "Let the sender present the certificate, or come from the addresses, that the Partner connector "
         "names; a host that cannot needs a connector of its own with its own proof."},
        {"exchange.online.partner.order",
         "Which of several Partner connectors takes a message that meets the same kind of proof for equal "
         "SenderDomains is not public; here the first one.",
         lab, assumed, "Give each partner one connector for its domains."},
        {"exchange.online.partner.domain",
         "A Partner connector that asks for no proof takes mail of its SenderDomains.", new_inbound,
         documented},
        {"exchange.online.partner.none",
         "Incoming mail that no Partner connector takes goes through the default connector: anonymous, TLS "
         "when it is offered.",
         connectors_article, documented},
    };
}

std::vector<rule> recipient_rules() {
    return {
        {"exchange.online.recipient.relay-denied",
         "A message is relayed for a tenant that a connector proves to be its sender, with the certificate's "
         "or the sender's domain accepted; else 550 5.7.64.",
         relay_article, documented,
         "The certificate's name or the domain in MAIL FROM must be an accepted domain, and certificate or "
         "address must match an OnPremises connector. Mail with an empty MAIL FROM, or forwarded with a "
         "foreign one, needs the certificate."},
        {"exchange.online.recipient.relayed", "Mail of a tenant's own servers for other domains is relayed.",
         relay_article, documented},
        {"exchange.online.recipient.restricted",
         "A Partner connector's restriction that is not met is answered with 550 5.7.51.",
         hybrid_certificates, documented,
         "The connector named above refuses. See which certificate or address the sender comes with."},
        {"exchange.online.recipient.tls-required",
         "A Partner connector with RequireTls refuses mail of its scope that came without TLS; the reply is "
         "not public, the lab uses that of a Receive connector.",
         lab, assumed, "Let the sender use STARTTLS, or set RequireTls of the connector to false."},
        {"exchange.online.recipient.direct-send",
         "With RejectDirectSend, mail that no connector takes and whose MAIL FROM is in an accepted domain "
         "of "
         "the tenant is refused with 550 5.7.68.",
         direct_send_post, documented,
         "Give the device or service a Partner inbound connector, by certificate or address."},
        {"exchange.online.recipient.unknown",
         "In an Authoritative domain a recipient that is not in the directory is refused with 550 5.4.1.",
         blocking_article, documented,
         "Create or synchronize the recipient; where mailboxes are on-premises too, set the domain to "
         "InternalRelay."},
        {"exchange.online.recipient.known", "Recipients in the directory are taken.", blocking_article,
         documented},
        {"exchange.online.recipient.relay-domain", "Recipients of InternalRelay domains are not looked up.",
         blocking_article, documented},
    };
}

std::vector<rule> submission_rules() {
    return {
        {"exchange.online.recipient.other-region",
         "Mail for a tenant that lives in another region than the front end is refused with 451 4.4.62. That "
         "its own mail is refused alike is assumed.",
         "Non-delivery reports in Exchange Online", documented,
         "The MX record, or the smart host of a Send connector, leads to another region's host: use the name "
         "that the tenant's admin center shows for the domain."},
        {"exchange.online.submission.version-accepted", "Client submission takes TLS 1.2 and later.",
         submission_article, documented},
        {"exchange.online.submission.old-version",
         "A client of port 587 that has negotiated TLS 1.0 or 1.1 is told so: 421 4.7.66, and the connection "
         "ends. At which command is not public: here at AUTH or MAIL FROM.",
         "SMTP transcripts of clients of smtp.office365.com", observed,
         "Let the device or program use TLS 1.2: enable it in its Windows (SCHANNEL, .NET), or renew it."},
        {"exchange.online.submission.anonymous",
         "Client submission is for those who log on: MAIL FROM without AUTH is refused with 5.7.57. The code "
         "in front is that of RFC 4954.",
         "Non-delivery reports in Exchange Online", documented,
         "Let the device log on, or send to the MX host on port 25 by a connector for its certificate or "
         "address."},
        {"exchange.online.submission.logged-on", "Whoever has logged on may submit.", submission_article,
         documented},
        {"exchange.online.submission.tenant",
         "A submitted message is the tenant's that accepts the sender's domain; the lab looks up no users.",
         lab, assumed, "Send as the user who logs on."},
        {"exchange.online.internal.submitted", "A message that a user has submitted is internal.",
         submission_article, documented},
    };
}

std::vector<rule> stage_rules() {
    return {
        {"exchange.online.enforcement.passed",
         "Mail on OnPremises connectors shows in its Received field which build hands it over.",
         enforcement_article, documented},
        {"exchange.online.enforcement.throttled",
         "Thirty days after the tenant was told, an outdated server is throttled for some minutes of each "
         "hour, with 450 4.7.230; the minutes grow every ten days. Which minutes of the hour they are is "
         "not public.",
         enforcement_article, documented,
         "Update the server; enforcement can be paused for ninety days a year."},
        {"exchange.online.enforcement.blocked",
         "After sixty days mail of an outdated server is refused for some minutes of each hour with 550 "
         "5.7.230, after ninety days for good.",
         enforcement_article, documented, "Update the server."},
        {"exchange.online.recipient.reputation",
         "What reputation, DMARC and blocks answer is the scenario's word.", lab, assumed,
         "Follow what the reply names."},
        {"exchange.online.passes.counted", "Exchange Online counts how often a message has come by.",
         "Non-delivery reports in Exchange Online", documented},
        {"exchange.online.passes.exceeded",
         "A message that Exchange Online has had twenty times is refused with 554 5.4.14.",
         "Non-delivery reports in Exchange Online", documented,
         "Two systems send the message to each other: see the DomainType of the domain on both sides, and "
         "whether the recipient is known on either."},
        {"exchange.online.stage.mailbox",
         "Mail for a recipient of a tenant, and for any address of an Authoritative domain, stays in the "
         "service.",
         connectors_article, documented},
        {"exchange.online.stage.central",
         "With RouteAllMessagesViaOnPremises, what a mailbox of the tenant sends to others goes to the own "
         "servers first; what they have sent does not go back to them.",
         "Transport routing in Exchange hybrid deployments", documented,
         "The own servers have to let Exchange Online relay: AcceptCloudServicesMail for "
         "mail.protection.outlook.com on the Receive connector that takes its sessions."},
        {"exchange.online.stage.central-incoming",
         "With RouteAllMessagesViaOnPremises, mail from outside goes to the own servers first, for all "
         "recipients; they send it back for those whose mailbox is in the tenant. What comes back has to be "
         "attributed as Originating, or it goes round in a loop.",
         "Transport routing in Exchange hybrid deployments", documented,
         "In a loop: see why the own servers' message is Incoming: their certificate, "
         "TlsSenderCertificateName of the inbound connector, and whether its domain is accepted. A connector "
         "by address does not do for senders from outside."},
        {"exchange.online.connector.domain", "A connector that lists the recipient's domain comes first.",
         outbound_article, documented},
        {"exchange.online.connector.all-accepted",
         "A connector for all accepted domains comes after one that lists the domain and before a wildcard.",
         outbound_article, documented},
        {"exchange.online.connector.wildcard", "A connector with a wildcard comes last.", outbound_article,
         documented},
        {"exchange.online.connector.none",
         "Without a connector mail goes by MX records, with TLS when it is offered.", outbound_article,
         documented},
        {"exchange.online.policy.demanded",
         "TlsSettings demands TLS: EncryptionOnly checks nothing, CertificateValidation chain and "
         "revocation, "
         "DomainValidation the name in TlsDomain too.",
         new_outbound, documented},
        {"exchange.online.policy.opportunistic",
         "Without TlsSettings TLS is used when it is offered, and nothing is checked.", online_tls_article,
         documented},
        {"exchange.online.client-certificate",
         "Exchange Online presents its own certificate, CN=mail.protection.outlook.com, to a peer that asks "
         "for one.",
         "Received fields of July 2026", observed},
    };
}

std::vector<rule> sending_rules_online() {
    return {
        {"exchange.online.send.starttls", "STARTTLS is used when the peer offers it.", online_tls_article,
         documented},
        {"exchange.online.send.starttls-required",
         "With TlsSettings, a peer without STARTTLS gets nothing: 450 4.4.317 with Message=451 5.7.3.",
         hybrid_certificates, documented,
         "The receiving server offers no STARTTLS: its certificate is missing or its chain is not good "
         "(event "
         "12014), or a device in between takes the keyword out."},
        {"exchange.online.send.clear", "Without TlsSettings a peer without STARTTLS is sent to in clear.",
         online_tls_article, documented},
        {"exchange.online.send.handshake-failed",
         "A failed handshake shows as 450 4.4.317 with Message=451 4.4.0; a required one is never replaced "
         "by "
         "clear text.",
         "Microsoft Q&A: 450 4.4.317, TLS negotiation failed with error SocketError", observed,
         "Exchange Online speaks TLS 1.2 and 1.3 alone. See the receiving server's protocol versions, its "
         "certificate's key, and devices in between."},
        {"exchange.online.send.clear-retry",
         "Whether Exchange Online without TlsSettings sends in clear after a failed handshake (switch "
         "CleartextRetryAfterTlsFailure) is not public.",
         lab, assumed},
        {"exchange.online.send.chain-refused",
         "CertificateValidation and DomainValidation refuse a server's certificate whose chain is not good; "
         "Exchange Online fetches no intermediates. The words beside UntrustedRoot are assumed.",
         "Fix error code 450 4.4.317 UntrustedRoot", documented,
         "Let the receiving server present its whole chain but the root: install the intermediates, use a "
         "certificate of a public authority, renew an expired one."},
        {"exchange.online.send.name-refused",
         "DomainValidation refuses a certificate without the name in TlsDomain; nothing appears in the "
         "receiving server's logs.",
         hybrid_certificates, documented,
         "Compare TlsDomain with the certificate that the receiving server presents: it may be another one "
         "than meant."},
        {"exchange.online.send.certificate-accepted",
         "A certificate that passes what TlsSettings demands is accepted.", new_outbound, documented},
        {"exchange.online.send.nothing-checked",
         "Without TlsSettings and with EncryptionOnly any certificate will do.", new_outbound, documented},
        {"exchange.online.send.connection-refused",
         "A refused connection shows as 450 4.4.316 with socket error 10061.",
         "Microsoft support: 450 4.4.316 Connection refused", documented,
         "Nothing listens on port 25 of that address, or a firewall refuses the addresses of Exchange "
         "Online."},
        {"exchange.online.send.no-answer", "A peer that does not answer shows as SocketError: TimedOut.", lab,
         assumed, "See whether a firewall lets the addresses of Exchange Online through."},
        {"exchange.online.send.connection-dropped",
         "What a connection that breaks outside the handshake shows is not public; the words are the lab's.",
         lab, assumed, "Look at the receiving server's protocol log."},
    };
}

std::vector<rule> internal_rules() {
    return {
        {"exchange.online.xoorg",
         "XOORG is offered inside TLS to a client whose certificate matches an OnPremises connector with "
         "CloudServicesMailEnabled; no transcript is public.",
         lab, assumed},
        {"exchange.online.internal.promoted",
         "Cross-premises headers that a connector with CloudServicesMailEnabled lets in are promoted: a "
         "message that was internal on-premises stays internal when the tenant accepts the sender's domain "
         "or "
         "trusts mail from it (TrustedMailInboundEnabled). That the domain matters is read out of "
         "Set-RemoteDomain.",
         new_inbound, documented},
        {"exchange.online.internal.promoted-anonymous",
         "Promotion is neutral: a message that was anonymous on-premises is promoted as Anonymous.",
         "Headers of a message of November 2025", observed,
         "See why the message was anonymous on the own servers: it was not submitted by an authenticated "
         "sender."},
        {"exchange.online.internal.unknown-domain",
         "A promoted message whose sender's domain is neither accepted nor trusted counts as anonymous.",
         "Set-RemoteDomain: TrustedMailInboundEnabled", assumed,
         "Add the sender's domain to the tenant's accepted domains, or trust it by a remote domain."},
        {"exchange.online.internal.no-headers",
         "Without cross-premises headers there is nothing to promote: the message is anonymous.",
         "Microsoft support article 3212872", documented,
         "Set CloudServicesMailEnabled on the Send connector that the message left by, and see whether a "
         "device in between removed the headers."},
        {"exchange.online.internal.headers-removed",
         "A connector without CloudServicesMailEnabled removes cross-premises headers.", new_inbound,
         documented,
         "Set CloudServicesMailEnabled of the inbound connector (run the hybrid wizard), or "
         "TreatMessagesAsInternal where no hybrid is set up."},
        {"exchange.online.internal.treated",
         "TreatMessagesAsInternal makes messages internal whose sender's domain the tenant accepts.",
         new_inbound, documented},
        {"exchange.online.internal.not-treated",
         "TreatMessagesAsInternal has no effect for senders of other domains.", new_inbound, documented},
        {"exchange.online.internal.not-originating",
         "A message that is not attributed to the tenant as its own is anonymous, whatever its headers say.",
         attribution_post, documented,
         "Attribution went wrong before: see which certificate came with the message."},
        {"exchange.online.mailbox.taken", "A mailbox takes mail unless its restrictions forbid it.",
         "Non-delivery reports in Exchange Online", documented},
        {"exchange.online.mailbox.unknown-recipient",
         "Mail from within the service for an address of an Authoritative domain that is no recipient of the "
         "tenant goes back with 550 5.1.1; so does mail for mailboxes that are on-premises alone while the "
         "hybrid domain is Authoritative.",
         "Non-delivery reports in Exchange Online", documented,
         "Set the domain to InternalRelay while it has mailboxes on-premises, with an outbound connector to "
         "them; or synchronize the recipient into the tenant."},
        {"exchange.online.mailbox.authenticated-senders-only",
         "A recipient that requires authenticated senders takes no anonymous message: what users see when "
         "hybrid mail has lost its internal status.",
         "Non-delivery reports in Exchange Online", documented,
         "Find out why the message was anonymous; or let the recipient take mail from outside."},
    };
}

} // namespace

std::vector<rule> online_rules() {
    std::vector<rule> all;
    for (auto part :
         {evidence_rules(), hybrid_rules(), attribution_rules(), partner_connector_rules(), recipient_rules(),
          submission_rules(), internal_rules(), stage_rules(), sending_rules_online()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace connlab::exchange::catalogue
