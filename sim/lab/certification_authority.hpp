// A certification authority at work: what it has revoked, and the list that stands at its distribution points
// at some time. A value; steps change it.
#pragma once

#include "certs/forge.hpp"
#include "sim/scenario/publishing.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace connlab::lab {

struct certification_authority {
    std::string id;
    scenario::publishing how;
    std::string forest; // organization whose Active Directory holds what it publishes over LDAP; empty: none
    certs::issued self;
    std::optional<certs::issued> ocsp_signer;        // unset: its own key signs
    std::vector<certs::revoked_certificate> history; // revocations, and what took them back, in order
    instant published_at{};                          // the last list that was not made by the clock alone
    int number = 1;                                  // of that list
    std::map<scenario::publication, scenario::responder_fault> faults;

    /// Revoked from `at` on; RemoveFromCrl takes that back.
    void revoke(std::string serial, certs::revocation_reason reason, instant at);
    void publish(instant at);
    /// What it knows at that time, whether it has published it or not.
    std::vector<certs::revoked_certificate> revoked_at(instant at) const;
};

/// What a list says.
struct published_list {
    instant this_update{};
    instant next_publish{};
    instant next_update{};
    int number = 1;
    std::vector<certs::revoked_certificate> revoked;
};

/// The list that stands at the distribution points at `now`: made every CrlPeriod, or by hand alone.
published_list list_at(const certification_authority& a, instant now);

/// What a delta list says: what has changed since the complete list of `base_number`. Both share one sequence
/// of numbers; the delta that is made with a complete list has its number and is empty (RFC 5280 5.2.4).
struct published_delta {
    published_list list;
    int base_number = 1;
};

/// The delta list at `now`: made every DeltaPeriod.
published_delta delta_at(const certification_authority& a, instant now);

} // namespace connlab::lab
