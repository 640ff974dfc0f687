#include "sim/chain/verdict.hpp"

namespace connlab::chain {

const std::vector<trace::rule>& rules() {
    using enum trace::confidence;
    static const std::vector<trace::rule> table = {
        {"chain.verdict.trusted",
         "A path leads to a self-signed certificate in the Root store and every check passes.",
         "CertGetCertificateChain", documented},
        {"chain.signature", "A certificate's signature is not made by the key of its issuer.",
         "CERT_TRUST_STATUS", documented},
        {"chain.weak-cryptography",
         "RSA keys below 1024 bits are blocked everywhere but at the root; SHA-1 and MD5 signatures are "
         "blocked under roots of "
         "the public programme only. Status: weak signature and signature not valid; the bits are assumed.",
         "KB2661254; Protecting against weak cryptographic algorithms", assumed},
        {"chain.revocation.revoked", "The certificate has been revoked by its issuer.", "CERT_TRUST_STATUS",
         documented},
        {"chain.root.untrusted",
         "The path ends in a self-signed certificate that is not in the Root store, or a certificate of it "
         "is explicitly "
         "distrusted.",
         "CERT_TRUST_STATUS", documented},
        {"chain.path.partial",
         "No path ends in a self-signed certificate: an issuer was neither presented nor is it in the "
         "stores. Issuers are not "
         "fetched (AIA) by this version.",
         "CERT_TRUST_STATUS", documented},
        {"chain.usage",
         "The extended key usages of the whole path must allow the usage asked for (none, or "
         "anyExtendedKeyUsage, allows "
         "all); an issuer whose key usage lacks keyCertSign is not valid for its use.",
         "CERT_TRUST_STATUS; anyExtendedKeyUsage and keyCertSign assumed", documented},
        {"chain.time",
         "A certificate of the path is expired or not yet valid. Validity periods need not nest.",
         "CERT_TRUST_STATUS", documented},
        {"chain.name-constraints",
         "Names must lie within the permitted and outside the excluded subtrees of every CA above; a CN "
         "counts as a DNS name "
         "only where the certificate has no dNSName.",
         "measured on Windows (BetterTLS); RFC 5280 section 4.2.1.10", observed},
        {"chain.policies", "A CA of the path requires an explicit certificate policy and none is left.",
         "RFC 5280 section 6.1", documented},
        {"chain.basic-constraints",
         "An issuer is not a CA, says nothing about it, or its path length is exceeded.",
         "CERT_TRUST_STATUS; measured on Windows (BetterTLS)", documented},
        {"chain.critical-extension", "A critical extension is not understood, or an extension is malformed.",
         "CERT_TRUST_STATUS", assumed},
        {"chain.revocation.offline", "Revocation could not be determined.", "CERT_TRUST_STATUS", documented},
        {"chain.host-name",
         "The certificate does not hold the host's name: dNSName entries, or the CN when there is none; a "
         "star stands for the "
         "rest of the left-most label.",
         "KB258858; measured on Windows (BetterTLS)", observed},
        {"chain.revocation.assumed-good",
         "Revocation is not simulated by this version: a certificate that names a distribution point counts "
         "as not revoked.",
         "limit of the lab", assumed},
        {"chain.revocation.no-distribution-point",
         "A certificate without a distribution point has an unknown revocation status, and that alone does "
         "not fail (switch "
         "NoDistributionPoint).",
         "by analogy with private CAs, whose mail flows", assumed},
    };
    return table;
}

} // namespace connlab::chain
