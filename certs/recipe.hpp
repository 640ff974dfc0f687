// What the forge is asked for: a certificate in words. A recipe is data; the same recipe gives the same bytes
// everywhere.
#pragma once

#include "certs/certificate.hpp"
#include "certs/ocsp.hpp"

#include <optional>
#include <string>
#include <vector>

namespace connlab::certs {

struct key_recipe {
    key_kind kind = key_kind::rsa;
    int bits = 2048;     // RSA: 768, 1024, 2048, 3072, 4096; EC: 256, 384, 521
    std::string same_as; // id of another recipe whose key is used (cross-signing, renewal with the same key)
    bool fresh = false;  // generate instead of taking one of the pool (certificates meant for real machines)
    friend bool operator==(const key_recipe&, const key_recipe&) = default;
};

struct certificate_recipe {
    std::string id;     // unique in a world: "DigiCert Global Root G2", "Contoso/MX/1"
    std::string issuer; // id of the issuing certificate's recipe; empty: self-signed
    x500_name subject;
    std::vector<std::string> dns_names;
    std::vector<ip_address> ip_addresses;
    std::vector<std::string> email_addresses;
    instant not_before{};
    instant not_after{};
    key_recipe key;
    std::string hash = "SHA256"; // of the signature: SHA256, SHA384, SHA512, SHA1, MD5
    std::optional<std::uint16_t> key_usage;
    bool key_usage_critical = true;
    std::optional<std::vector<std::string>> extended_key_usage; // OIDs
    std::optional<basic_constraints> basic;
    bool basic_critical = true;
    std::optional<name_constraints> constraints;
    std::vector<std::string> crl_urls;
    std::vector<std::string> issuer_urls;
    std::vector<std::string> ocsp_urls;
    std::vector<std::string> delta_crl_urls; // freshestCRL
    bool ocsp_no_check = false; // id-pkix-ocsp-nocheck: a responder that is not asked about itself
    bool subject_key_identifier = true;
    /// Left away also when self-signed, and when the issuer has no identifier itself.
    bool authority_key_identifier = true;
    std::string unknown_critical_extension; // OID; empty: none
    bool corrupt_signature = false;         // flip the last bit of the signature
    int version = 3;                        // 1: no extensions at all
};

/// A recipe for a CRL of the issuing certificate `issuer`.
struct crl_recipe {
    std::string issuer;
    instant this_update{};
    std::optional<instant> next_update;       // absent: the list never ends
    std::optional<instant> next_publish;      // Microsoft's Next CRL Publish
    std::vector<revoked_certificate> revoked; // serials in hex
    std::optional<int> number = 1;
    std::optional<int> base_number;                               // of a delta CRL
    std::optional<issuing_distribution_point> distribution_point; // named by its URLs alone
    std::vector<std::string> delta_urls;                          // freshestCRL
    std::string unknown_critical_extension;                       // OID; empty: none
    bool corrupt_signature = false;
    std::string hash = "SHA256";
};

/// A recipe for an OCSP response, signed by the CA itself or by a certificate that it issued for that.
struct ocsp_recipe {
    ocsp_status status = ocsp_status::successful; // any other one carries nothing else
    instant produced_at{};
    std::vector<ocsp_answer> answers;
    bool by_name = false;          // the responder is named by its subject, not by its key
    bool with_certificate = false; // the signer's own goes along: needed unless it is the CA's
    bool corrupt_signature = false;
    std::string hash = "SHA256";
};

// ---- recipes for what real software makes ----

certificate_recipe root_ca(std::string id, x500_name subject, instant not_before, instant not_after);
certificate_recipe intermediate_ca(std::string id, std::string issuer, x500_name subject, instant not_before,
                                   instant not_after);
certificate_recipe server_leaf(std::string id, std::string issuer, x500_name subject,
                               std::vector<std::string> dns_names, instant not_before, instant not_after);

/// A delegated signer of OCSP responses: EKU OCSPSigning, id-pkix-ocsp-nocheck.
certificate_recipe ocsp_signer(std::string id, std::string issuer, x500_name subject, instant not_before,
                               instant not_after);

/// "Microsoft Exchange" (talk T13): CN = NetBIOS name, SAN = NetBIOS name and FQDN, RSA 2048, five years, KU
/// digital signature + key encipherment (critical), EKU serverAuth, BC CA:FALSE critical. `sha1`: builds
/// before 2019 CU11 / 2016 CU22.
certificate_recipe exchange_default(std::string id, const std::string& netbios, const std::string& fqdn,
                                    instant made, bool sha1);
/// "Microsoft Exchange Server Auth Certificate" (T14): 1,800 days, no SAN; the rest as above.
certificate_recipe exchange_auth(std::string id, instant made, bool sha1);
/// "WMSVC-SHA2" (T15): CN=WMSvc-SHA2-NETBIOS, ten years, KU data encipherment too and not critical, no BC.
certificate_recipe wmsvc(std::string id, const std::string& netbios, instant made);
/// "Exchange Delegation Federation" (T16): CN=Federation, five years; the rest as "Microsoft Exchange"
/// (assumed), no SAN.
certificate_recipe federation(std::string id, instant made);

} // namespace connlab::certs
