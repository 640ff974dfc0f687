// What an authority publishes, encoded and signed; and what it should not be, by the faults of a scenario.
#pragma once

#include "certs/ocsp.hpp"
#include "sim/lab/certification_authority.hpp"

#include <map>
#include <string>

namespace connlab::lab {

/// What was signed already: the same list is the same bytes. Not shared between threads.
using signed_bytes = std::map<std::string, std::string>;

/// The recipe of the list at `now`, without faults.
certs::crl_recipe list_recipe(const certification_authority& a, instant now);

/// The list at `now` (DER). `url`: where it is fetched from; `other`: a key that is not the authority's.
std::string crl_bytes(const certification_authority& a, scenario::responder_fault_kind fault,
                      const std::string& url, const certs::private_key& other, instant now);

/// The delta list at `now` (DER); likewise.
std::string delta_bytes(const certification_authority& a, scenario::responder_fault_kind fault,
                        const std::string& url, const certs::private_key& other, instant now);

/// The response to an OCSPRequest (DER).
std::string ocsp_bytes(const certification_authority& a, scenario::responder_fault_kind fault,
                       const std::string& request, const certs::private_key& other, instant now);

} // namespace connlab::lab
