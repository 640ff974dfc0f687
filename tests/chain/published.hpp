// What the CAs of a small PKI publish: CRLs and OCSP responses, spoiled where a case wants it.
#pragma once

#include "tests/chain/small_pki.hpp"

namespace connlab::chain::test {

inline constexpr const char* crl_url = "http://pki.example/issuing.crl";
inline constexpr const char* other_crl_url = "http://backup.example/issuing.crl";
inline constexpr const char* delta_url = "http://pki.example/issuing+.crl";
inline constexpr const char* ocsp_url = "http://ocsp.example";

using crl_change = std::function<void(certs::crl_recipe&)>;
using ocsp_change = std::function<void(certs::ocsp_recipe&)>;

/// DER of a CRL of `signer` that revokes nothing, from 2024-06-01 to 2024-06-08, number 7.
std::string crl_of(const small_pki& w, const std::string& signer = "issuing", const crl_change& change = {});
/// The entry for a certificate, revoked 2024-06-02.
certs::revoked_certificate entry_for(const small_pki& w, const std::string& id,
                                     std::optional<certs::revocation_reason> reason = {});
/// DER of a CRL of the issuing CA that lists mx.
std::string crl_revoking(const small_pki& w, std::optional<certs::revocation_reason> reason = {});

/// DER of an OCSP response about mx: good, 2024-06-03 to 2024-06-04.
std::string response_of(const small_pki& w, const std::string& signer = "issuing",
                        const ocsp_change& change = {});

certs::crl decoded(const std::string& der);

/// Answers to what evaluations want, by URL; a URL that is not there is not reached.
using web = std::vector<std::pair<std::string, std::string>>;

struct browsed {
    trace::decided<verdict> decided;
    std::vector<std::string> asked; // URLs in the order in which they were wanted
};
/// Asks with revocation checked until nothing is wanted any more. `change` may set flags, stapled responses,
/// caches and CRLs in the store. Fails the test when the questions do not end.
browsed browse(const small_pki& w, const web& pages, const small_pki::change_of_question& change = {},
               setting s = {});

} // namespace connlab::chain::test
