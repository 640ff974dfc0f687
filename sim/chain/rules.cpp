#include "sim/chain/rule_tables.hpp"

namespace connlab::chain {

namespace {

using trace::confidence;

/// CERT_TRUST_STATUS: the SDK's page of the status bits; BetterTLS: results recorded on Windows 10 version
/// 1607.
constexpr const char* status_page = "CERT_TRUST_STATUS structure (Windows SDK)";
constexpr const char* bettertls = "BetterTLS results of Edge 14 on Windows 10 version 1607";

std::vector<trace::rule> path_rules() {
    using enum confidence;
    return {
        {"chain.verdict.trusted",
         "A path leads to a self-signed certificate in the Root store and every check passes.",
         "CertGetCertificateChain function (Windows SDK)", documented},
        {"chain.path.all-candidates",
         "Every path that the presented certificates, the CA store and the Root store allow is explored, "
         "each to a self-signed certificate. What the peer sent are hints; their order and duplicates do not "
         "matter.",
         "How Certificate Revocation Works; BetterTLS results of Edge on Windows (81 of 81 path building "
         "cases)",
         documented},
        {"chain.path.issuer",
         "An issuer is a certificate whose subject is the issuer's name. Key identifiers, or issuer and "
         "serial, tell how well it fits; an identifier that differs makes it a worse candidate, not an "
         "impossible one.",
         status_page, assumed},
        {"chain.path.best",
         "Of several paths the one of the best quality is returned: a trusted root, signatures that hold, no "
         "weak algorithm, time or usage error, no error at all; among equals the better match, then the "
         "newer issuer.",
         "How Certificate Revocation Works; the order beyond the trusted root is assumed", documented},
        {"chain.path.partial",
         "No path ends in a self-signed certificate: an issuer was neither presented nor is it in the "
         "stores.",
         status_page, documented},
        {"chain.path.issuer-not-fetched",
         "The certificate says where its issuer can be fetched (AIA). Windows would try; nothing is fetched "
         "here.",
         "limit of the lab", assumed},
        {"chain.root-update",
         "A root of the public programme that the Root store does not hold is fetched from Windows Update "
         "when a chain needs it, unless automatic root update is switched off.",
         "An automatic updater of untrusted certificates is available for Windows; that roots which the peer "
         "does not present are found too is assumed",
         assumed},
        {"chain.path.cyclic", "The only issuers at hand stand in the path already.", status_page, assumed},
        {"chain.path.budget",
         "The search ends after 10,000 links, 500 paths, 2,000 signatures, or 100 certificates in a path. "
         "Windows' own limits are not published.",
         "limit of the lab", assumed},
        {"chain.root.untrusted", "The path ends in a self-signed certificate that is not in the Root store.",
         status_page, documented},
        {"chain.root.distrusted",
         "A certificate of the path, or its key, is in the Disallowed store. It ranks with an untrusted "
         "root.",
         "CERT_TRUST_STATUS structure (Windows SDK); the rank is assumed", documented},
    };
}

std::vector<trace::rule> signature_rules() {
    using enum confidence;
    return {
        {"chain.signature", "A certificate's signature is not made by the key of its issuer.", status_page,
         documented},
        {"chain.signature.algorithm",
         "A signature by an elliptic curve other than P-256, P-384 and P-521, or by Ed25519, cannot be "
         "verified.",
         "Schannel's curves up to Windows Server 2019", assumed},
        {"chain.weak.key",
         "RSA keys below 1024 bits, or below minRSAPubKeyBitLength in the registry, are blocked everywhere "
         "but "
         "at the root. Status: weak signature and "
         "signature not valid; these bits are assumed.",
         "KB2661254: Update for minimum certificate key length", assumed},
        {"chain.weak.digest",
         "SHA-1 and MD5 signatures are blocked under roots of the public programme and pass under private "
         "ones. Status as for a weak key; these bits are assumed.",
         "Disable weak cryptographic algorithms in certificate validation", assumed},
        {"chain.time",
         "A certificate of the path is expired or not yet valid, the root included. Validity periods need "
         "not nest.",
         status_page, documented},
    };
}

std::vector<trace::rule> usage_rules() {
    using enum confidence;
    return {
        {"chain.usage",
         "The certificate's extended key usage must allow the usage asked for; without the extension it "
         "allows all.",
         status_page, documented},
        {"chain.usage.nesting",
         "Extended key usages intersect along the path: an issuer that lists usages, and not this one, takes "
         "it away.",
         "BetterTLS results of Edge 14 on Windows 10 version 1607; CERT_TRUST_STATUS structure", documented},
        {"chain.usage.any", "anyExtendedKeyUsage allows every usage.", "RFC 5280 section 4.2.1.12", assumed},
        {"chain.key-usage.cert-sign",
         "An issuer whose key usage lacks keyCertSign is not valid for its use. The leaf's key usage is not "
         "looked at.",
         "RFC 5280 section 4.2.1.3; the status bit is assumed", assumed},
        {"chain.basic-constraints.missing", "An issuer of version 3 must carry basic constraints.", bettertls,
         observed},
        {"chain.basic-constraints.old-root",
         "A root of version 1 or 2 has no extensions and is taken as a CA; an intermediate of these versions "
         "is not.",
         "RFC 5280 section 6.1.4 (k)", assumed},
        {"chain.basic-constraints.not-a-ca", "An issuer's basic constraints must say that it is a CA.",
         bettertls, observed},
        {"chain.basic-constraints.path-length",
         "Below a CA stand no more CAs than its path length allows; self-issued ones do not count.",
         "RFC 5280 section 4.2.1.9", documented},
        {"chain.critical-extension", "A critical extension of a certificate in the path is not processed.",
         status_page, documented},
        {"chain.extension.malformed",
         "An extension cannot be decoded or occurs twice. It ranks with a critical extension that is not "
         "processed.",
         "CERT_TRUST_STATUS structure (Windows SDK); the rank is assumed", assumed},
        {"chain.profile",
         "Nothing else is asked of a certificate. What RFC 5280 and the CA/Browser Forum tell CAs to write, "
         "and not verifiers to check (criticality, serial numbers, a leaf's version and basic constraints), "
         "is no condition.",
         "by the list of CERT_TRUST_STATUS bits, which has none for it", assumed},
        {"chain.policies",
         "A CA, or who asks, requires an explicit certificate policy and none is left at the leaf. Exchange "
         "and the SSL policy ask for none.",
         "RFC 5280 section 6.1; CERT_TRUST_STATUS structure", documented},
        {"chain.policies.mapping", "A policy is mapped from or to anyPolicy.", "RFC 5280 section 6.1.4 (a)",
         documented},
    };
}

std::vector<trace::rule> name_rules() {
    using enum confidence;
    return {
        {"chain.name-constraints",
         "Names lie within the permitted and outside the excluded subtrees of every CA above, the root "
         "included. A CN counts as a DNS name only where the certificate has no dNSName; a leaf with neither "
         "lies in no permitted DNS subtree. DNS names are compared as text, wildcards included.",
         "BetterTLS results of Edge 14 on Windows 10 version 1607; RFC 5280 section 4.2.1.10", observed},
        {"chain.name-constraints.malformed",
         "Name constraints that cannot be decoded, are empty, or hold a base that no name can be compared "
         "with.",
         status_page, assumed},
        {"chain.name-constraints.unsupported",
         "Name constraints with minimum or maximum, or on names other than DNS, e-mail, URI, IP, directory "
         "and user principal names.",
         status_page, documented},
        {"chain.host-name",
         "The certificate holds the host's name: in a dNSName, or in a CN when it has no dNSName (an "
         "iPAddress alone does not hide the CN). A star stands for one label, or for the rest of the "
         "left-most one, with two labels behind it. Looked at only when the chain itself is good.",
         "KB258858; BetterTLS results of Edge 14 on Windows 10 version 1607", observed},
    };
}

} // namespace

const std::vector<trace::rule>& rules() {
    static const std::vector<trace::rule> table = [] {
        std::vector<trace::rule> all;
        for (auto& part : {path_rules(), signature_rules(), usage_rules(), name_rules(), revocation_rules()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return table;
}

} // namespace connlab::chain
