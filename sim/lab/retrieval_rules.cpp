#include "sim/lab/retriever.hpp"

namespace connlab::lab {

const std::vector<trace::rule>& retrieval_rules() {
    using enum trace::confidence;
    static const std::vector<trace::rule> table = {
        {"lab.retrieval.http",
         "Windows fetches http URLs of certificates over WinHTTP: 15 s for a URL, 20 s for all that tells of "
         "the revocation of one chain, of which each URL gets half of what is left.",
         "CERT_CHAIN_PARA structure (Windows SDK); Certificate Revocation and Status Checking", documented,
         "Make the host of the URL reachable from this server, and what it serves right."},
        {"lab.retrieval.proxy",
         "The machine-wide WinHTTP proxy carries these requests; the proxy of a user or of "
         "Set-ExchangeServer "
         "-InternetWebProxy does not.",
         "Configuring Exchange servers without Internet access; Understanding proxying and WinHTTP "
         "(netsh winhttp set proxy)",
         documented, "Correct the proxy with netsh winhttp set proxy, or let it through without a logon."},
        {"lab.retrieval.no-way-out",
         "A request that the firewall drops, or that is for a host inside another network, is not answered: "
         "the time-out passes.",
         "Configuring Exchange servers without Internet access", documented,
         "Set the WinHTTP proxy (netsh winhttp set proxy HOST:PORT), or open the firewall to the URL."},
        {"lab.retrieval.ldap",
         "An LDAP URL without a host is answered by a domain controller of the server's own domain, from its "
         "configuration partition.",
         "AD CS: default CDP and AIA extensions of an enterprise CA", documented,
         "Add an http distribution point to the CA before it issues certificates."},
        {"lab.retrieval.no-domain",
         "A server that is in no domain has no domain controller to ask for an LDAP URL without a host; it "
         "knows so at once.",
         "by the form of the URL; that no time passes is assumed", assumed,
         "Add an http distribution point to the CA and renew the certificate."},
        {"lab.retrieval.other-schemes",
         "file URLs are not followed, nor is a redirection to anything but http.",
         "the lab has no file servers; https would have to be judged itself", assumed},
        {"lab.retrieval.size-limit",
         "More than 100 MB of a revocation list or response, or 100,000 bytes of an issuer, are not taken.",
         "wincrypt.h of the SDK: CERT_CHAIN_MAX_URL_RETRIEVAL_BYTE_COUNT_DEFAULT, "
         "CERT_CHAIN_MAX_AIA_URL_RETRIEVAL_BYTE_COUNT_DEFAULT",
         documented},
        {"lab.retrieval.redirects", "Ten redirections are followed, within the time for the URL.",
         "WinHttpSetOption: WINHTTP_OPTION_MAX_HTTP_AUTOMATIC_REDIRECTS", documented},
        {"lab.retrieval.exchange-online-no-issuers",
         "Exchange Online fetches no issuers: a server has to present its intermediates.",
         "Fix NDR error code 450 4.4.317 (untrusted root) in Exchange Online", documented,
         "Let the server present the whole chain but the root."},
        {"lab.retrieval.goes-on",
         "A download that Windows has given up waiting for goes on for up to 60 s: the first message fails, "
         "and the retry finds the answer in the cache (switch DownloadGoesOnAfterTimeout).",
         "KB 842735 of Windows XP; that later systems do so is assumed", assumed,
         "Make the distribution point answer within the time-out."},
        {"lab.retrieval.prefetch",
         "CryptSvc fetches a revocation list anew at a moment between a tenth of the overlap after Next CRL "
         "Publish and a twentieth of it before NextUpdate (switch CryptnetPrefetch).",
         "Certificate Revocation and Status Checking; that the overlap is meant, and every list, is assumed",
         assumed},
        {"lab.retrieval.max-age",
         "CryptSvc honours ETag and Cache-Control: max-age: when the time is over it asks the responder, "
         "with "
         "If-None-Match, whether there is a newer list (switch CryptnetPrefetch).",
         "Certificate Revocation and Status Checking; that it asks at once when the time is over, and hourly "
         "at most, is assumed",
         assumed, "Send max-age with the lists, so that a revocation is seen before the cached list ends."},
        {"lab.retrieval.in-the-background",
         "What Exchange fetches to judge its own certificates delays no session.",
         "how often Exchange judges them is not public", assumed},
    };
    return table;
}

} // namespace connlab::lab
