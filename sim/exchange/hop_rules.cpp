// Hops inside an organization and what happens to a message's header on its way.
#include "sim/exchange/catalogue.hpp"

namespace connlab::exchange::catalogue {

namespace {

constexpr const char* outbound_anonymous = "Outbound anonymous TLS certificates selection";
constexpr const char* firewall = "Header firewall (Exchange 2013)";
constexpr const char* headers_kb = "Microsoft support article 3212872";
constexpr const char* queues = "Queues (Exchange Server)";
constexpr const char* proxy = "Configure Send connectors to proxy outbound mail";

std::vector<rule> route_rules() {
    return {
        {"exchange.route.mailbox",
         "The Transport service hands a message to the Mailbox Transport Delivery service of the server that "
         "holds the mailbox, inside a site; the lab has no databases, the server stands for them.",
         queues, documented},
        {"exchange.route.other-site",
         "A mailbox in another site is reached through the Transport service there.", queues, documented},
        {"exchange.route.edge-without-subscription",
         "An Edge Transport server without an Edge subscription knows no way into the organization.",
         edge_subscriptions, documented,
         "Subscribe the Edge, or give it a Send connector towards a Mailbox server."},
        {"exchange.route.to-edge",
         "A Send connector whose source is a subscribed Edge is reached through that Edge on port 25.",
         queues, documented},
        {"exchange.route.from-edge",
         "A subscribed Edge sends mail for accepted domains by EdgeSync - Inbound to SITE, whose smart hosts "
         "-- are the "
         "Mailbox servers of the site. That they are tried in the order of the scenario is assumed.",
         edge_subscriptions, documented},
        {"exchange.queue.expired",
         "A message that waits longer than MessageExpirationTimeOut goes back to its sender.",
         "Message retry, resubmit, and expiration intervals in Exchange Server", documented,
         "The report names the last error: mend that, then let the sender send again."},
        {"exchange.queue.suspended", "A suspended queue takes new messages and lets none go.",
         "Queue status in Exchange Server", documented, "Resume-Queue lets them go."},
        {"exchange.route.leaves", "A source server of the Send connector opens the session itself.",
         send_article, documented},
        {"exchange.route.front-end-proxy",
         "With FrontendProxyEnabled the Transport service hands the message to the Front End on port 717, "
         "and "
         "the Front End opens the session.",
         proxy, documented},
        {"exchange.route.source-server",
         "A message for a Send connector of other source servers is relayed to one of them first.",
         send_article, documented},
        {"exchange.front-end.passes-on",
         "The Front End keeps no mail: it passes the message to a Transport service and answers what that "
         "one says.",
         receive_article, documented,
         "Look at the session behind: the Transport service refused or could not be reached."},
        {"exchange.front-end.own-server",
         "Of several Mailbox servers the Front End takes the Transport service of its own.", lab, assumed},
        {"exchange.front-end.proxy-failed",
         "What the outer session of an outbound proxy comes to is told to the Transport service as 450 "
         "4.4.101.",
         tls_starttls_kb, documented,
         "The real cause stands in the Front End's send log: look at the session behind."},
        {"exchange.front-end.wraps-own-refusals",
         "450 4.4.101 has the same form when the Front End gives up before it has opened the outer session.",
         "Microsoft support article 2989382; for a refusal without a session assumed", assumed},
    };
}

std::vector<rule> authentication_rules() {
    return {
        {"exchange.anonymous-tls.offered",
         "Between Exchange servers X-ANONYMOUSTLS goes before STARTTLS; no chain is checked, the channel "
         "only "
         "encrypts.",
         outbound_anonymous, documented},
        {"exchange.anonymous-tls.not-offered",
         "Without X-ANONYMOUSTLS in the EHLO reply Exchange Server authentication cannot be reached.",
         "Microsoft support article 979175", documented,
         "See which Receive connector of the peer took the connection and why it does not offer "
         "X-ANONYMOUSTLS: "
         "AuthMechanism without ExchangeServer, RemoteIPRanges that include Exchange servers, an internal "
         "transport certificate that is missing, a firewall that inspects SMTP."},
        {"exchange.direct-trust.known",
         "Between Edge and Mailbox servers a certificate is good if the directory has the very same one; "
         "chain, names and "
         "who issued it do not matter.",
         terminology, documented},
        {"exchange.direct-trust.unknown",
         "A certificate that the directory does not have fails direct trust: events 1036 and 2018. That the "
         "receiver goes on without X-EXPS, so that the sender cannot achieve authentication, is assumed.",
         terminology, assumed,
         "Subscribe the Edge again: the internal transport certificate was changed after the subscription, "
         "or the server "
         "came later (New-EdgeSubscription, Start-EdgeSynchronization)."},
        {"exchange.anonymous-tls.no-own-certificate",
         "A sender whose internal transport certificate cannot be loaded uses no anonymous TLS, and so "
         "cannot "
         "authenticate.",
         outbound_anonymous, documented,
         "Restore the certificate that InternalTransportCertificateThumbprint names, or create a new one "
         "with "
         "New-ExchangeCertificate and let it overwrite the default one."},
        {"exchange.anonymous-tls.downgraded",
         "With UseDowngradedExchangeServerAuth a server authenticates by GSSAPI without TLS where "
         "X-ANONYMOUSTLS is suppressed.",
         "Disable TLS between Active Directory sites (Exchange 2013)", documented},
        {"exchange.exchange-authentication.offered",
         "Inside TLS the servers authenticate by X-EXPS. The keywords after X-ANONYMOUSTLS are those of a "
         "Hub of "
         "Exchange 2010.",
         "SmtpSend protocol log between servers of one organization, 2019", observed},
        {"exchange.exchange-authentication.not-offered",
         "Without X-EXPS in the EHLO reply Exchange Server authentication cannot be reached.",
         "Microsoft support article 979175", documented,
         "Let AuthMechanism of the peer's Receive connector contain ExchangeServer, or keep Exchange servers "
         "out of its RemoteIPRanges; at a smart host that is no server of the organization choose "
         "SmartHostAuthMechanism None or BasicAuth."},
        {"exchange.exchange-authentication.at-smart-host",
         "A Send connector with SmartHostAuthMechanism ExchangeServer authenticates by X-EXPS to its smart "
         "host; a Mailbox server needs no X-ANONYMOUSTLS for it.",
         "Outbound anonymous TLS certificates: only an Edge uses them for a Send connector; that the "
         "mechanism is then GSSAPI is assumed",
         assumed, "Where the smart host is no server of the organization choose None or BasicAuth."},
        {"exchange.exchange-authentication.accepted",
         "A session that X-EXPS let in is that of an Exchange server.", receive_article, documented},
        {"exchange.exchange-authentication.refused",
         "A peer that does not recognize the server leaves the message in the queue, with event 2017.",
         "SmtpSend protocol log between servers of one organization, 2019", observed,
         "Look for the cause in Kerberos: time, service principal names, domain controllers; the receiver's "
         "event "
         "1035 names the client."},
        {"exchange.exchange-authentication.not-performed",
         "Kerberos is not simulated: an Exchange server of the same organization is recognized unless the "
         "scenario "
         "says that it fails.",
         "Receive connector authentication mechanisms (Exchange 2013)", documented},
        {"exchange.exchange-authentication.fails",
         "A failed X-EXPS is answered with 454 4.7.0 and leaves event 1035.",
         "Event 1035 (MSExchangeTransport)", observed,
         "Look for the cause in Kerberos: time, service principal names, domain controllers; the sender's "
         "event 2017 "
         "names the target."},
        {"exchange.mail-from.exchange-server",
         "Authenticated Exchange servers may submit where ExchangeServers may.", receive_article, documented},
    };
}

std::vector<rule> basic_authentication_rules() {
    return {
        {"exchange.basic-auth.inside-tls",
         "BasicAuthRequireTLS, and BasicAuth where TLS stands, log on by AUTH LOGIN inside TLS.",
         send_article, documented},
        {"exchange.basic-auth.in-clear", "BasicAuth without TLS sends name and password in clear text.",
         send_article, documented},
        {"exchange.basic-auth.not-offered",
         "A smart host that does not offer AUTH LOGIN keeps the message in the queue; what Exchange writes "
         "is not public.",
         lab, assumed,
         "Look at the EHLO reply of the smart host: many offer AUTH inside TLS alone, and then RequireTLS or "
         "BasicAuthRequireTLS is needed."},
        {"exchange.basic-auth.accepted", "235 lets the session in.", send_article, documented},
        {"exchange.basic-auth.refused",
         "A refused logon leaves event 2003 and keeps the message in the queue, although the reply is a "
         "permanent one.",
         "Event 2003 (MSExchangeTransport)", observed,
         "Set AuthenticationCredential anew: name, password, or the smart host's opinion of them has "
         "changed."},
        {"exchange.user.logon",
         "Who may log on is the scenario's word; a refusal is answered with 535 5.7.3 after "
         "AuthTarpitInterval and leaves "
         "event 1035.",
         receive_article, observed,
         "Check name, password and lock-out of the account; the receiver's log names the user."},
        {"exchange.mail-from.user", "Authenticated users may submit where ExchangeUsers may.",
         receive_article, documented},
    };
}

std::vector<rule> header_rules() {
    return {
        {"exchange.headers.received",
         "A session without the permission to bring organization and forest headers has them taken off; "
         "anonymous "
         "ones keep routing headers.",
         firewall, documented},
        {"exchange.headers.sent",
         "Organization and forest headers leave only towards Exchange servers; cross-premises headers only "
         "with "
         "CloudServicesMailEnabled.",
         firewall, documented},
        {"exchange.headers.cross-premises",
         "CloudServicesMailEnabled sends organization headers as cross-premises headers, and "
         "X-OrganizationHeadersPreserved names the server that turned them.",
         set_send, documented},
        {"exchange.headers.filtered-by-send-connector",
         "A Send connector without CloudServicesMailEnabled takes organization and cross-premises headers "
         "off, and X-CrossPremisesHeadersFilteredBySendConnector names the server.",
         headers_kb, documented,
         "Set CloudServicesMailEnabled on the connector that leads to the other premises, or see why the "
         "message did not leave by the hybrid connector."},
        {"exchange.headers.meant-to-cross",
         "The mark of a Send connector that takes headers off is written when the message carries "
         "cross-premises headers, or its recipient is of the other premises: by TargetDeliveryDomain or "
         "TrustedMailOutboundEnabled of the remote domain, in Exchange Online also by an accepted domain of "
         "the tenant. Mail for strangers gets none.",
         lab, assumed},
        {"exchange.headers.promoted",
         "A session with AcceptCloudServicesMail has its cross-premises headers promoted; they replace "
         "existing ones, and X-CrossPremisesHeadersPromoted names the server.",
         set_send, documented},
        {"exchange.headers.filtered",
         "Cross-premises headers of a session that may not bring them are taken off, and "
         "X-CrossPremisesHeadersFiltered names the server: the message counts as one from outside.",
         headers_kb, documented,
         "See which capability the Receive connector grants to the client's certificate "
         "(TlsDomainCapabilities), and whether the remote domain of the sending organization has "
         "TrustedMailInboundEnabled."},
        {"exchange.headers.originator-trusted",
         "Cross-premises headers are believed of an organization whose domain is accepted, or a remote "
         "domain with TrustedMailInboundEnabled. The organization is the one that XOORG names, else "
         "X-OriginatorOrg, else the sender's domain.",
         "Set-RemoteDomain: TrustedMailInboundEnabled", assumed},
        {"exchange.headers.originator-not-trusted",
         "Without TrustedMailInboundEnabled of its remote domain nothing is believed that a message of "
         "another organization says of itself: it is accepted, and anonymous.",
         "Set-RemoteDomain: TrustedMailInboundEnabled", assumed,
         "Set TrustedMailInboundEnabled on the remote domain that holds the sending organization's domain "
         "(the hybrid wizard does it for TENANT.onmicrosoft.com)."},
        {"exchange.headers.edge",
         "An Edge neither promotes nor demotes headers, subscribed or not: the Mailbox role turns "
         "organization "
         "headers into cross-premises ones and back over direct trust, and the Edge passes them on as they "
         "are.",
         "Replacing IIS SMTP virtual server: questions and answers (Exchange Team Blog)", documented,
         "What a standalone Edge sends is anonymous for Exchange Online: TreatMessagesAsInternal on its "
         "connector, with an accepted sender domain, is the only remedy."},
        {"exchange.headers.delivered",
         "Mailbox Transport Delivery leaves routing headers and seven of the organization.", firewall,
         documented},
    };
}

} // namespace

std::vector<rule> hop_rules() {
    auto all = route_rules();
    for (auto part : {authentication_rules(), basic_authentication_rules(), header_rules()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace connlab::exchange::catalogue
