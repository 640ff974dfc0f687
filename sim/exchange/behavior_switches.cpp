// The table of the contested rules. Where the default depends on who decides, its word says on what:
// ByProduct, ByVersion, ByTenant.
#include "sim/exchange/behavior.hpp"

namespace connlab::exchange {

const std::vector<behavior_switch>& behavior_switches() {
    static const std::vector<behavior_switch> all{
        {"CleartextRetryAfterTlsFailure",
         {"ByProduct", "Never", "NextAttempt"},
         "Whether a host is tried in clear text after a failed handshake. ByProduct: never by Exchange "
         "on-premises; by "
         "Exchange Online without TlsSettings at the next attempt."},
        {"StarttlsRefused",
         {"Clear", "Queue"},
         "What follows when a peer refuses the STARTTLS it offered and nothing demands TLS: the message goes "
         "in clear text, "
         "or it stays queued."},
        {"CertificateOrder",
         {"NotBefore", "NotAfter"},
         "Which of several CA certificates of one name wins: the one with the latest NotBefore (then "
         "NotAfter), or the one "
         "that ends last."},
        {"ExpiredPkiAgainstValidSelfSigned",
         {"ValidFirst", "PkiFirst"},
         "Whether a valid self-signed certificate wins over an expired one of a CA."},
        {"SmtpBindingFiltersSelection",
         {"false", "true"},
         "Whether a certificate that is not enabled for SMTP is left out of the selection (12014) instead of "
         "failing in the "
         "handshake."},
        {"TlsCertificateNameComparison",
         {"TextIgnoringCase", "ParsedName"},
         "How <I>…<S>… is compared with a certificate's issuer and subject: as text, or as X.500 names."},
        {"InternalCertificateMissing",
         {"NoAnonymousTls", "Ephemeral"},
         "What a server does whose internal transport certificate is not in the store: no X-ANONYMOUSTLS "
         "(12013), or an "
         "ephemeral certificate (12024)."},
        {"RevocationOffline",
         {"Fail", "Ignore"},
         "Whether a distribution point that cannot be reached makes a certificate fail."},
        {"NoDistributionPoint",
         {"Pass", "Fail"},
         "Whether a certificate that names no distribution point passes the revocation check."},
        {"FailedUrlsRemembered",
         {"false", "true"},
         "Whether Windows remembers that a URL could not be fetched, for 60 s and twice as long each further "
         "time, and does not try it meanwhile."},
        {"DownloadGoesOnAfterTimeout",
         {"false", "true"},
         "Whether a download that Windows no longer waits for goes on for up to 60 s, so that the next "
         "attempt "
         "finds it in the cache."},
        {"CryptnetPrefetch",
         {"true", "false"},
         "Whether CryptSvc fetches a revocation list anew before it ends, so that nobody waits for it."},
        {"CapabilityCheckRevocation",
         {"Ignore", "Check"},
         "Whether the check for TlsDomainCapabilities minds the revocation of the client certificate."},
        {"StaleCapabilityKey",
         {"Anonymous", "TemporaryError"},
         "What a client is told whose certificate has the subject of a key <I>…<S>… in TlsDomainCapabilities "
         "and another issuer: nothing, its mail is anonymous, or 451 4.7.0 … PRX5."},
        {"UntrustedServerCertificate",
         {"ValidationFailure", "StarttlsRequired"},
         "What an Exchange server that does not trust the root of its peer shows: 454 4.7.5 Certificate "
         "validation failure, or 451 5.7.3 STARTTLS is required, 5.7.0 Must issue a STARTTLS command first."},
        {"TlsDomainWildcardDepth",
         {"OneLabel", "AnyDepth", "AnyDepthAndApex"},
         "Which names TlsDomain *.contoso.com matches: those one label below, those at any depth, or "
         "contoso.com too."},
        {"CnMatchesBesideSan",
         {"true", "false"},
         "Whether the subject's CN is compared although the certificate has alternative names."},
        {"ServerCertificateUsage",
         {"Check", "Ignore"},
         "Whether a sending server demands server authentication of the peer's certificate from "
         "CertificateValidation on."},
        {"ClientAuthEku",
         {"ByProduct", "Ignore", "Require"},
         "Whether a client certificate must allow client authentication. ByProduct: Exchange and Exchange "
         "Online do not ask, "
         "a plain SMTP server does."},
        {"ValidationReasonSuffix",
         {"true", "false"},
         "Whether `, Reason:…` follows 454 4.7.5 Certificate validation failure; older builds leave it out."},
        {"LastErrorWrapper",
         {"ByVersion", "Primary440", "Target44395", "Bare"},
         "What stands around a peer's reply in LastError. ByVersion: 451 4.4.0 in Exchange 2013 and 2016, "
         "451 4.4.395 in "
         "2019 and SE."},
        {"ProtocolLogCertificateStyle",
         {"ByVersion", "OneRow", "RowPerAttribute"},
         "How the protocol log shows a certificate. ByVersion: in one row from Exchange 2019 on, before in a "
         "row for each "
         "attribute."},
        {"DomainSecureRefusal",
         {"Refuse", "AcceptUnauthenticated"},
         "What becomes of mail from a domain-secured domain that is not authenticated: refused with a "
         "temporary reply of the "
         "lab's wording, or accepted as ordinary mail."},
        {"SenderCertificateNotAccepted",
         {"ByTenant", "FallBackToSender", "Refuse"},
         "What Exchange Online does with a client certificate that a connector names by a name which "
         "corresponds to no accepted domain. ByTenant: it goes by the sender's domain, and refuses where the "
         "tenant has a restrictive Partner connector."},
        {"SenderCertificateWildcardDepth",
         {"AnyDepthAndApex", "AnyDepth", "OneLabel"},
         "Which names of a certificate a wildcard of Exchange Online's connectors (*.contoso.com) matches: "
         "at "
         "any depth and contoso.com too, at any depth, or one label below."},
        {"PartialChainReason",
         {"UntrustedRoot", "ChainIncomplete"},
         "The word after `Reason:` for a chain that reaches no root."},
        {"SmtpNamesVersions",
         {"false", "true"},
         "Whether the transport names the protocol versions it wants to Schannel; then DisabledByDefault "
         "does "
         "not bind it."},
        {"SmtpTls13",
         {"false", "true"},
         "Whether Exchange on-premises can speak TLS 1.3 on SMTP, on a Windows that has it."},
        {"StrictMultiSz",
         {"false", "true"},
         "Whether a list of suites joined by commas counts for nothing in the local key, which is a list of "
         "texts."},
        {"SetupSuiteList",
         {"PolicyKey", "LocalKey"},
         "Which key Exchange 2019 setup writes its cipher suites and curves into."},
        {"Kb2973337",
         {"Installed", "Missing"},
         "Whether Windows Server 2012 R2 has the update that lets it take SHA-512 signatures in TLS 1.2."},
        {"ProtocolLogKeyExchange",
         {"ByVersion", "CALG_ECDHE", "CALG_ECDH_EPHEM"},
         "How the protocol log calls the key exchange on a curve. ByVersion: CALG_ECDHE before Exchange 2016 "
         "CU16 and 2019 CU5, CALG_ECDH_EPHEM from there."},
        {"DomainSecureWithoutClientCertificateRequest",
         {"Deliver", "Queue"},
         "What a sending server does for a domain-secured domain whose server asks for no client "
         "certificate."},
    };
    return all;
}

} // namespace connlab::exchange
