// One question to the chain engine as people and JSON lines put it: certificates as text, a name, an instant,
// a usage.
#pragma once

#include "tools/connlab/verify_evidence.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace connlab::command {

/// A chain::question that owns its stores.
struct verify_case {
    certs::certificate leaf;
    std::vector<certs::certificate> presented;
    chain::store stores;
    std::string name; // empty: not asked
    instant at{};
    std::string usage;          // OID; empty: not asked
    std::optional<instant> now; // of the revocation check; absent: `at`
    chain::policy_inputs policies;
    chain::revocation_flags revocation;
    std::string stapled; // OCSP response (DER)
    verify_evidence evidence;
};

/// Decodes certificates and remembers them: the same roots stand in thousands of cases.
class certificate_reader {
  public:
    /// PEM (one or more), or base64 of one DER certificate.
    parsed<std::vector<certs::certificate>> read(const std::string& text);

  private:
    std::unordered_map<std::string, parsed<std::vector<certs::certificate>>> known_;
};

/// What a case of the JSON lines takes from the command line when it does not say it itself.
struct verify_defaults {
    instant at{};
    std::string usage;
    std::vector<chain::trusted_root> roots; // beside the case's own
    std::vector<certs::certificate> intermediates;
    std::vector<certs::certificate> disallowed;
    std::vector<certs::crl> crls;
    verify_evidence evidence;
    std::optional<chain::revocation_flags> revocation; // absent: checked where something tells of it
};

struct verify_line {
    std::string id; // as JSON text; `null` when there is none
    parsed<verify_case> asked;
};

/// One line: an object with the members that `connlab verify --help` lists. Other members are left alone, but
/// for those that look like one of these misspelt.
verify_line read_verify_line(const std::string& line, const verify_defaults& defaults,
                             certificate_reader& reader);

} // namespace connlab::command
