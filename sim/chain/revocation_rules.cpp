#include "sim/chain/rule_tables.hpp"

namespace connlab::chain {

namespace {

using trace::confidence;

constexpr const char* semantics = "Crypt32 certificate revocation list (CRL) semantics (Windows)";
constexpr const char* status_page = "CERT_TRUST_STATUS structure (Windows SDK)";
constexpr const char* how_it_works = "How Certificate Revocation Works";
constexpr const char* reach =
    "Open the way from this server to the distribution point (proxy: netsh winhttp), "
    "or have the CA publish the CRL where the server reaches it.";
constexpr const char* complete = "Have the CA publish a complete CRL for all certificates and reasons.";
constexpr const char* republish = "Have the CA publish a new CRL, and see that the copy at the distribution "
                                  "point is the new one.";

std::vector<trace::rule> result_rules() {
    using enum confidence;
    return {
        {"chain.revocation.good",
         "The first source that may be used settles the matter: stapled OCSP response, cache, CRL in the CA "
         "store, OCSP responders, distribution points in the order of the certificate. What was fetched is "
         "used "
         "until its nextUpdate: a list published before that has no effect.",
         semantics, documented,
         "To have a newer list looked at: certutil -urlcache * delete, and restart the service."},
        {"chain.revocation.revoked", "The certificate has been revoked by its issuer. One on hold is too.",
         status_page, documented, "Use another certificate; ask its issuer why this one was revoked."},
        {"chain.revocation.offline",
         "A source is named and none could be used: the status is unknown, and revocation offline.",
         status_page, documented, reach},
        {"chain.revocation.remembered-failure",
         "A URL that could not be fetched is not tried again for 60 s, twice as long each further time "
         "(switch FailedUrlsRemembered).",
         "how long Windows remembers a failure is not public", assumed,
         "Wait, or certutil -urlcache * delete on this server."},
        {"chain.revocation.no-distribution-point",
         "A certificate without a distribution point has an unknown revocation status, and that alone does "
         "not fail (switch NoDistributionPoint).",
         "by analogy with private CAs, whose mail flows", assumed,
         "Have the CA name a distribution point before it issues the next certificate."},
        {"chain.revocation.assumed-good",
         "Nothing is fetched here: a certificate that names a distribution point counts as not revoked.",
         "limit of the lab", assumed, "Give connlab verify the list or the response (--crl, --ocsp)."},
        {"chain.revocation.cache-only",
         "Nothing was to be fetched (CERT_CHAIN_REVOCATION_CHECK_CACHE_ONLY), and nothing was cached: the "
         "status is unknown, and not offline.",
         "CertGetCertificateChain function (Windows SDK); the bits are assumed", assumed,
         "Let the caller fetch, or import the list into the CA store (certutil -addstore CA FILE)."},
        {"chain.revocation.stale",
         "A CRL or an OCSP response past its nextUpdate counts as offline. Without nextUpdate it never is.",
         semantics, documented, republish},
        {"chain.revocation.not-yet-valid",
         "A CRL or an OCSP response before its thisUpdate is not used, and counts as offline.",
         "RFC 5280 section 6.3.3; the status bits are assumed", assumed,
         "Compare the clocks of the CA and of this server."},
        {"chain.revocation.wrong-content",
         "What came back is no CRL or no OCSP response, or is cut off: the next source is asked.",
         "RFC 5280 section 4.2.1.13; the status bits are assumed", assumed,
         "Fetch the URL by hand: a login page of a proxy, or an error page, is a usual answer."},
        {"chain.revocation.https",
         "A distribution point or responder with an https URL is not followed: its own certificate would "
         "have to be checked first.",
         "by the recursion it would lead to", assumed, "Name http URLs in certificates."},
    };
}

std::vector<trace::rule> list_rules() {
    using enum confidence;
    return {
        {"chain.revocation.crl.signer",
         "A CRL is signed by the CA that issued the certificate, with the key that signed the certificate. "
         "A CA with a renewed key needs one CRL for each key.",
         semantics, assumed, republish},
        {"chain.revocation.crl.key-usage", "A CRL's issuer whose key usage lacks cRLSign signs no CRL.",
         "RFC 5280 section 6.3.3 (f); the status bits are assumed", assumed,
         "The CA's certificate has to be issued anew with cRLSign in its key usage."},
        {"chain.revocation.crl.indirect", "Indirect CRLs are ignored.", semantics, documented, complete},
        {"chain.revocation.crl.reasons", "CRLs for some reasons only are ignored.", semantics, documented,
         complete},
        {"chain.revocation.crl.scope",
         "A CRL for user certificates, CA certificates or attribute certificates speaks of these alone.",
         semantics, documented, complete},
        {"chain.revocation.crl.distribution-point",
         "A CRL that names its distribution point is used when one of its URLs equals one of the "
         "certificate's, without regard to case. Points with reasons or a CRL issuer are skipped; names "
         "other than URLs equal nothing.",
         semantics, documented, republish},
        {"chain.revocation.crl.critical-extension",
         "A CRL or OCSP response with a critical extension that is not processed, or a malformed one, is not "
         "used.",
         "RFC 5280 section 5.2; the status bits are assumed", assumed,
         "Have the CA publish without the extension, or not critical."},
        {"chain.revocation.crl.profile",
         "Nothing else is asked of a CRL: what RFC 5280 tells CAs to write (a CRL number, and which "
         "extensions are critical) is no condition.",
         "by the list of conditions in Crypt32 certificate revocation list (CRL) semantics", assumed,
         "Have the CA number its lists: other programs refuse those without."},
        {"chain.revocation.crl.delta",
         "A delta CRL counts together with a complete CRL of the same scope whose number is not below its "
         "base. Alone it stands for nothing.",
         "RFC 5280 section 5.2.4", documented, republish},
        {"chain.revocation.crl.delta-offline",
         "A complete CRL that names a delta CRL (freshestCRL) leaves the status offline when the delta "
         "cannot be had.",
         "Crypt32 certificate revocation list (CRL) semantics; the strictness is assumed", assumed,
         "See that the delta CRL can be fetched; IIS refuses the plus sign of its name unless double "
         "escaping is allowed."},
    };
}

std::vector<trace::rule> responder_rules() {
    using enum confidence;
    return {
        {"chain.revocation.ocsp.signer",
         "An OCSP response is signed by the CA itself, or by a certificate that the CA issued for that usage "
         "(OCSPSigning).",
         "RFC 6960 section 4.2.2.2", documented,
         "Renew the responder's signing certificate: from the CA itself, with the usage OCSP Signing."},
        {"chain.revocation.ocsp.refused",
         "A responder that answers with an error (tryLater, unauthorized …) is as good as none: the next "
         "source is asked.",
         "RFC 6960 section 2.3; the status bits are assumed", assumed,
         "Look at the responder's configuration for this CA; tryLater passes by itself."},
        {"chain.revocation.ocsp.other-certificate",
         "An OCSP response that speaks of other certificates is not used.", "RFC 6960 section 3.2",
         documented, "Look at what stands between: a cache that answers every request alike does this."},
        {"chain.revocation.ocsp.unknown",
         "A responder that does not know the certificate settles nothing. If no other source does, the "
         "status is unknown, and not offline.",
         "CRYPT_E_NOT_IN_REVOCATION_DATABASE; the status bits are assumed", assumed,
         "Ask the CA whether it has issued the certificate, and whether its responder knows."},
        {"chain.revocation.ocsp.many-responses",
         "After 50 cached OCSP responses of one responder the CRL is asked for first.", how_it_works, assumed,
         "Keep the distribution point reachable, although there is a responder."},
    };
}

} // namespace

std::vector<trace::rule> revocation_rules() {
    std::vector<trace::rule> all;
    for (auto& part : {result_rules(), list_rules(), responder_rules()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace connlab::chain
