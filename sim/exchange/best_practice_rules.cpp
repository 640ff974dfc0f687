// The catalogue of the best-practice findings. Statements and remedies are the lab's words.
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/catalogue.hpp"

namespace connlab::exchange {

namespace {

using namespace catalogue;

constexpr const char* talk = "Exchange Server und TLS-Zertifikate (Thomas Stensitzki, Tech Talk 20)";
constexpr const char* health_checker = "CSS-Exchange HealthChecker";
constexpr const char* attribution_post = "Office 365 Message Attribution";
constexpr const char* connectors_article = "Configure mail flow using connectors in Exchange Online";
constexpr const char* enable_certificate = "Enable-ExchangeCertificate";

std::vector<rule> choice_findings() {
    return {
        {"check.stale-certificate-name",
         "A TlsCertificateName that no certificate in the server's store answers to: sending queues the "
         "mail, receiving takes STARTTLS away.",
         hybrid_certificates, documented,
         "Set TlsCertificateName to <I>issuer<S>subject of the certificate that is there, on each connector "
         "that names the old one, and import it on every source server."},
        {"check.own-chain-broken",
         "The certificate that TlsCertificateName names has a chain that this server itself does not trust; "
         "it is not used.",
         hybrid_certificates, documented,
         "Install the root and the intermediates on the server, and see that it reaches the revocation "
         "lists."},
        {"check.fqdn-not-covered",
         "The Fqdn of a connector (or the server's) that no certificate in the store contains: event 12014.",
         event_12014, documented,
         "Get a certificate with that name, set Fqdn to a name that a certificate has, or name a certificate "
         "in TlsCertificateName."},
        {"check.wildcard-does-not-reach",
         "A wildcard certificate covers names exactly one label below its domain: not the domain itself, and "
         "none deeper.",
         "Digital certificates and encryption in Exchange Server", documented,
         "Get a certificate with the name itself among its alternative names."},
        {"check.certificate-unusable",
         "A certificate that a connector looks for but cannot use: without private key, or not enabled for "
         "SMTP.",
         "Microsoft support article 4495258", documented,
         "Import the certificate with its private key; run Enable-ExchangeCertificate -Services SMTP."},
    };
}

std::vector<rule> lifetime_findings() {
    return {
        {"check.certificate-expired",
         "A certificate in the store is outside its validity. Exchange goes on using an expired one: event "
         "12015 for the internal transport certificate, 12016 for one of a connector.",
         inbound_starttls, documented, "Renew it, or remove it where nothing uses it."},
        {"check.certificate-expires-soon",
         "A certificate in the store ends within 30 days: event 12017 for the internal transport "
         "certificate, 12018 for one of a connector. When Exchange begins to warn is not documented.",
         lab, assumed, "Renew it before it ends."},
        {"check.certificate-expires-in-two-months",
         "A certificate in the store ends within 60 days; Exchange says nothing yet.", health_checker,
         documented, "Order the next one."},
        {"check.weak-certificate",
         "A certificate with an RSA key below 2048 bits or a SHA-1 or MD5 signature.", health_checker,
         documented, "Renew it with 2048 bits and SHA-256."},
    };
}

std::vector<rule> internal_findings() {
    return {
        {"check.internal-certificate",
         "Exchange's own connections need the internal transport certificate: set, in the store, and with "
         "its private key (events 12012, 12013).",
         inbound_anonymous, documented,
         "Restore it, or make one with New-ExchangeCertificate and let it become the default SMTP "
         "certificate."},
        {"check.default-certificate-deleted",
         "The self-signed certificate that setup makes is gone; Exchange Back End and the connections "
         "between Exchange servers rest on it.",
         "Digital certificates and encryption in Exchange Server", documented,
         "Make a new one with New-ExchangeCertificate and bind it to Exchange Back End."},
        {"check.internal-certificate-names",
         "The internal transport certificate does not contain the server's name. Direct trust does not look "
         "at names; the practice is a certificate with the computer names.",
         talk, assumed, "Use a certificate with the NetBIOS name and the FQDN of the server."},
        {"check.internal-certificates-differ",
         "The Mailbox servers of an organization have different internal transport certificates, as setup "
         "leaves them; the practice for an Edge subscription is one for all servers of the AD site.",
         talk, assumed, "Give the servers of the site one certificate, then subscribe the Edge server."},
        {"check.edge-subscription-outdated",
         "The default certificate of an Edge or Mailbox server is another one than when the Edge was "
         "subscribed: EdgeSync stops, and direct trust fails.",
         edge_subscriptions, documented,
         "Put the old certificate back as the default one, or subscribe the Edge anew."},
        {"check.edge-subscription-incomplete",
         "A Mailbox server that came to the site after the Edge subscription is not known to the Edge.",
         edge_subscriptions, documented, "Subscribe the Edge anew."},
    };
}

std::vector<rule> duty_findings() {
    return {
        {"check.one-certificate-for-everything",
         "One certificate of a CA serves several of: the web services, hybrid mail flow, Exchange's own "
         "connections. Each renewal touches all of them; as default SMTP certificate it breaks an Edge "
         "subscription each time.",
         enable_certificate, documented,
         "Use a dedicated certificate for hybrid mail flow, and the self-signed one as the default SMTP "
         "certificate."},
        {"check.certificate-unused",
         "A certificate enabled for SMTP alone that no connector chooses: as few certificates as possible, "
         "as many as needed.",
         talk, assumed, "Remove it, or give its name to a connector."},
    };
}

std::vector<rule> tenant_findings() {
    return {
        {"check.shared-certificate-name",
         "OnPremises connectors, of two tenants or of one, that name the same certificate: which of them "
         "takes "
         "a message is not public.",
         attribution_post, documented,
         "Give each tenant a client certificate and a Send connector of its own."},
        {"check.shared-address",
         "OnPremises connectors that name the same address: the sender's domain alone tells tenants apart.",
         attribution_post, documented,
         "Give each tenant a client certificate and a Send connector of its own."},
        {"check.exception-from-lock",
         "A Partner connector that merely allows a sender's domain is no exception from one that restricts "
         "it: "
         "restrictions come first.",
         connectors_article, documented, "Name the certificate or the addresses of the exception."},
        {"check.two-kinds-of-evidence", "Addresses and a certificate do not belong in one Partner connector.",
         connectors_article, documented, "Make two connectors."},
        {"check.certificate-name-not-accepted",
         "A TlsSenderCertificateName that corresponds to no accepted domain proves a tenant only together "
         "with "
         "an accepted sender.",
         hybrid_certificates, documented,
         "Add the name as an accepted domain, or name a certificate for a domain that is one."},
        {"check.associated-domains", "AssociatedAcceptedDomains is advised against but for tests.",
         connectors_article, documented,
         "Clear it: Set-InboundConnector NAME -AssociatedAcceptedDomains $null."},
        {"check.capabilities-by-issuer",
         "A key <I>issuer<S>subject in TlsDomainCapabilities ends with the next issuer of the certificate.",
         "Trust DigiCert Global Root G2 for Exchange Online mail flow", documented, "Write the domain form."},
    };
}

std::vector<rule> hybrid_findings() {
    return {
        {"check.hybrid-connector",
         "A Send connector to Exchange Online that lacks what the hybrid wizard sets: TlsCertificateName, "
         "CloudServicesMailEnabled, a TlsAuthLevel that validates, TlsDomain mail.protection.outlook.com.",
         health_checker, documented, "Run the hybrid wizard again, or set the value."},
        {"check.hybrid-wildcard",
         "A hybrid connector names a wildcard certificate: Exchange Online's inbound connector then knows "
         "every host of the domain, and a wildcard there against a host name here is no match.",
         talk, assumed,
         "Use a dedicated certificate; after every run of the wizard set TlsSenderCertificateName of the "
         "inbound connector to its name."},
        {"check.certificate-name-too-long",
         "AD LDS of an Edge server holds 256 characters of TlsCertificateName; a longer one stops EdgeSync "
         "of the connector, and mail arrives as external.",
         "Microsoft support article 4052493", documented,
         "Set Fqdn and clear TlsCertificateName, or use a certificate with shorter names."},
        {"check.capabilities-elsewhere",
         "TlsDomainCapabilities for Exchange Online on a Receive connector that does not take its "
         "connections: cross-premises mail is treated as anonymous.",
         "granikos.eu (field report)", assumed,
         "Move the value to the connector that takes the connections."},
    };
}

std::vector<rule> send_findings() {
    return {
        {"check.require-tls-without-level",
         "RequireTLS without TlsAuthLevel encrypts mail to an external host without knowing who the host is.",
         set_send, documented, "Set TlsAuthLevel to CertificateValidation or DomainValidation."},
        {"check.level-without-name",
         "CertificateValidation with DNS routing checks the chain of whatever host the MX record names, and "
         "no name.",
         set_send, documented, "Set TlsAuthLevel to DomainValidation with TlsDomain."},
        {"check.tls-domain-unset",
         "DomainValidation without TlsDomain looks for the recipient's domain in the certificate, not for "
         "the host's name.",
         set_send, documented, "Set TlsDomain to a name on the peer's certificate."},
        {"check.tls-domain-unmatched",
         "The peer that the connector leads to has no certificate with a name that TlsDomain matches.",
         set_send, documented, "Set TlsDomain to a name on the peer's certificate."},
        {"check.certificate-name-needless",
         "TlsCertificateName on a Send connector whose peers ask for no client certificate: it is needed "
         "only "
         "where the target demands one, and stops the mail when it is stale.",
         talk, assumed, "Clear TlsCertificateName."},
        {"check.level-beside-domain-secure",
         "TlsAuthLevel beside DomainSecureEnabled: that both checks apply is assumed, no public text says "
         "so.",
         lab, assumed, "Use one of the two."},
    };
}

std::vector<rule> receive_findings() {
    return {
        {"check.default-connector-changed",
         "A default Receive connector serves Exchange's own mail flow; a connector of one's own is the safer "
         "place for changes.",
         receive_article, documented,
         "Put the value back, and make a connector of your own for the hosts that need another."},
        {"check.default-connector-deleted", "A Receive connector that setup makes is gone.", receive_article,
         documented, "Make it again with the values that setup gives it."},
        {"check.relay-captures-exchange",
         "A connector without ExchangeServer in AuthMechanism whose ranges hold other Exchange servers takes "
         "their connections and cannot authenticate them.",
         "frankysweb.de: 451 5.7.3 Cannot achieve Exchange Server authentication", assumed,
         "Take the addresses of Exchange servers out of RemoteIPRanges."},
        {"check.own-connector-in-hub",
         "A Receive connector of one's own in the Transport service stands beside the one that Exchange's "
         "own mail "
         "flow uses.",
         talk, documented, "Make it in the Front End Transport service."},
        {"check.externally-secured-for-everyone",
         "ExternalAuthoritative says that something else secures these connections; every client of the "
         "connector may "
         "then relay and send in anybody's name.",
         receive_article, documented, "Let RemoteIPRanges hold the secured hosts alone."},
        {"check.password-in-clear",
         "SmartHostAuthMechanism BasicAuth sends name and password whether or not the session has TLS.",
         "Set-SendConnector", documented, "Choose BasicAuthRequireTLS."},
        {"check.relay-requires-tls",
         "An anonymous connector for the own network with RequireTLS: devices and applications that know no "
         "STARTTLS cannot send.",
         lab, assumed, "Give those a connector of their own, by address, without RequireTLS."},
    };
}

std::vector<rule> domain_security_findings() {
    return {
        {"check.domain-secure-half",
         "Domain Security needs all of its settings: D1 TLSSendDomainSecureList, D2 the Send connector, D3 "
         "TLSReceiveDomainSecureList, D4 the Receive connector, D5 the domain in both lists, D6 certificates "
         "that the other side finds valid, D7 with the mail domain, D9 the connectors of Edge as EdgeSync "
         "made them; D8 is check.front-end-proxy-domain-secure.",
         transport_config_page, documented, "Set what is missing, or take the domain out of the lists."},
        {"check.front-end-proxy-domain-secure",
         "Domain Security is not supported when outbound mail passes the Front End Transport service (D8).",
         terminology, documented,
         "Set FrontendProxyEnabled to false on a connector for the domain-secured domains."},
    };
}

std::vector<rule> schannel_findings() {
    return {
        {"check.tls-sides-differ",
         "A protocol version is set differently for Client and Server; one Exchange server is both.",
         health_checker, documented, "Set Enabled and DisabledByDefault alike under Client and Server."},
        {"check.tls-half-disabled",
         "Enabled and DisabledByDefault contradict each other: programs read such a version differently.",
         health_checker, documented,
         "Enabled 1 with DisabledByDefault 0 turns a version on, 0 with 1 turns it off; nothing between."},
        {"check.tls-1-2-disabled", "TLS 1.2 is disabled: SMTP of Exchange on-premises has nothing better.",
         health_checker, documented, "Enable TLS 1.2 on both sides."},
        {"check.tls-1-3-not-there", "TLS 1.3 is enabled on a Windows that does not have it.", health_checker,
         documented, "Take the key away: TLS 1.3 comes with Windows Server 2022."},
        {"check.old-tls-enabled", "TLS 1.0 or 1.1 is enabled by a value in the registry.", health_checker,
         documented, "Disable it once every partner and every client speaks TLS 1.2."},
        {"check.unread-registry-key",
         "A key below SCHANNEL whose name is not exactly one that Windows reads; it has no effect.",
         "Restrict cryptographic algorithms and protocols", documented, "Spell the name as Windows does."},
        {"check.windows-too-old", "Exchange 2019 and SE run on Windows Server 2019 and later.",
         "Exchange Server supportability matrix", documented,
         "Correct WindowsServer or Version: what such a server would do is nothing the lab can know."},
        {"check.registry-value-not-modelled",
         "Windows reads the value, and nothing in the lab depends on it.", lab, documented,
         "Try what depends on it on a real server."},
        {"check.unread-registry-value",
         "A value of another name, type or place than Windows reads: a misspelt Enabled, a REG_SZ where a "
         "REG_DWORD is read, values at TLS 1.2 instead of its Client and Server, a user's hive; a cipher "
         "suite "
         "or curve in a list that this Windows does not know.",
         "TLS registry settings; that another type is passed over is assumed", assumed,
         "Spell the name as Windows does, as REG_DWORD, below HKLM and below Client and Server."},
    };
}

} // namespace

std::vector<rule> best_practice_rules() {
    std::vector<rule> all;
    for (auto part : {choice_findings(), lifetime_findings(), internal_findings(), duty_findings(),
                      hybrid_findings(), tenant_findings(), send_findings(), receive_findings(),
                      domain_security_findings(), schannel_findings()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace connlab::exchange
