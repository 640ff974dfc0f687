#include "sim/exchange/configuration_rules.hpp"
#include "sim/exchange/best_practice.hpp"
#include "sim/exchange/catalogue.hpp"

namespace connlab::exchange {

namespace {

using namespace catalogue;

std::vector<rule> send_connector_rules() {
    return {
        {"V1", "RequireTLS $true demands IgnoreSTARTTLS $false.", set_send, documented},
        {"V2", "A TlsAuthLevel demands RequireTLS $true and IgnoreSTARTTLS $false.", set_send, documented},
        {"V3", "TlsAuthLevel DomainValidation without DNS routing demands TlsDomain.", set_send, documented},
        {"V4", "TlsDomain can be set with TlsAuthLevel DomainValidation only; the text is Exchange's.",
         "Exchange Management Shell, Set-SendConnector (error text)", observed},
        {"V5",
         "SmartHosts demands DNSRoutingEnabled $false, and DNSRoutingEnabled $false demands SmartHosts.",
         set_send, documented},
        {"V6", "A SmartHostAuthMechanism demands a smart host and DNSRoutingEnabled $false.", set_send,
         documented},
        {"V7", "BasicAuth and BasicAuthRequireTLS demand AuthenticationCredential.", set_send, documented},
        {"V8",
         "DomainSecureEnabled has effect with DNSRoutingEnabled $true and IgnoreSTARTTLS $false only. "
         "Whether Exchange refuses other values is open; here it is a finding (check.domain-secure-half).",
         set_send, assumed},
        {"V9",
         "Address spaces of an Edge Transport server are SMTP, and -- is for Edge alone. A connector of the "
         "organization may name an Edge server in SourceTransportServers.",
         set_send, documented},
        {"V10",
         "The cost of an address space is 1 to 100, Port 0 to 65535, ConnectionInactivityTimeOut 00:00:01 to "
         "1.00:00:00.",
         set_send, documented},
        {"V11", "An address space of another type than SMTP demands a smart host.", set_send, documented},
        {"V12",
         "TlsAuthLevel beside DomainSecureEnabled: no public rule forbids it; both checks apply "
         "(check.level-beside-domain-secure).",
         lab, assumed},
        {"V13", "SourceIPAddress is for Edge Transport servers only.", set_send, documented},
    };
}

std::vector<rule> receive_connector_rules() {
    return {
        {"R1", "AuthMechanism None and PermissionGroups None stand alone.", set_receive, documented},
        {"R2", "AuthMechanism BasicAuthRequireTLS demands BasicAuth and Tls.", set_receive, documented},
        {"R3", "AuthMechanism ExternalAuthoritative can be combined with Tls only.", set_receive, documented},
        {"R4", "AuthMechanism ExternalAuthoritative demands ExchangeServers in PermissionGroups.",
         set_receive, documented},
        {"R5", "RequireTLS $true demands Tls in AuthMechanism.", set_receive, documented},
        {"R6", "DomainSecureEnabled $true demands Tls in AuthMechanism and forbids ExternalAuthoritative.",
         set_receive, documented},
        {"R7",
         "With ExchangeServer in AuthMechanism the Fqdn of a Mailbox server's connector is the server's "
         "FQDN, its "
         "NetBIOS name or $null; the text is Exchange's. On an Edge the article on hybrid deployments sets "
         "another name.",
         "networksteve.com: Set-ReceiveConnector (error text)", assumed},
        {"R8",
         "Two connectors of one server cannot have the same binding and the same remote range; where ranges "
         "overlap, one lies inside the other.",
         receive_article, documented},
        {"R9",
         "Connectors of different TransportRole on one server have unique bindings, whatever their remote "
         "ranges; the text is Exchange's.",
         "Microsoft Q&A: Receive connectors assigned to different Transport roles", assumed},
        {"R10", "ConnectionInactivityTimeout is shorter than ConnectionTimeout.", set_receive, documented},
        {"R11",
         "SuppressXAnonymousTls demands UseDowngradedExchangeServerAuth on the transport service; whether "
         "Exchange enforces it is open, here it is a finding.",
         set_receive, assumed},
        {"R12", "A Receive connector is created with Bindings, RemoteIPRanges or both, by its usage.",
         receive_article, documented},
        {"R13", "The permission group ExchangeLegacyServers is not for Edge Transport servers.",
         receive_article, documented},
        {"R14", "BinaryMimeEnabled $true demands ChunkingEnabled $true.", set_receive, documented},
    };
}

/// Which of them Exchange Online refuses itself is public for I2 and I4 alone, whose statements the page has.
std::vector<rule> tenant_rules() {
    return {
        {"I1", "An inbound connector has SenderDomains.", new_inbound, documented},
        {"I2",
         "RestrictDomainsToIPAddresses and RestrictDomainsToCertificate are for connectors of type Partner.",
         new_inbound, documented},
        {"I3", "A restriction needs the addresses or the certificate name that it restricts to.", lab,
         assumed},
        {"I4",
         "TreatMessagesAsInternal is for connectors of type OnPremises with CloudServicesMailEnabled $false, "
         "and not for the hybrid wizard's.",
         new_inbound, documented},
        {"I5", "A connector of type OnPremises names a certificate or addresses.", lab, assumed},
        {"I6", "Addresses and certificate are restricted by two connectors, not by one.",
         "Configure mail flow using connectors in Exchange Online", documented},
        {"O1", "The name of an outbound connector has at most 64 characters.", new_outbound, documented},
        {"O2", "UseMXRecord $false demands SmartHosts, and SmartHosts demands UseMXRecord $false.",
         new_outbound, documented},
        {"O3", "AllAcceptedDomains and RouteAllMessagesViaOnPremises are for connectors of type OnPremises.",
         new_outbound, documented},
        {"O4", "TlsDomain and TlsSettings DomainValidation need each other.", new_outbound, assumed},
        {"O5", "An outbound connector names the domains it is for, or a transport rule uses it.", lab,
         assumed},
        {"N1", "A domain is an accepted domain of one tenant.", lab, assumed},
        {"N2", "Recipients of a tenant are in its accepted domains.", lab, assumed},
        {"N3", "AssociatedAcceptedDomains are accepted domains of the tenant.", new_inbound, assumed},
    };
}

std::vector<rule> whole_catalogue() {
    std::vector<rule> all;
    for (auto part :
         {send_connector_rules(), receive_connector_rules(), tenant_rules(), best_practice_rules()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace

const std::vector<trace::rule>& configuration_rules() {
    static const std::vector<trace::rule> catalogue = whole_catalogue();
    return catalogue;
}

} // namespace connlab::exchange
