// A certificate while its keys are being read, and the keys that authorities and the certificates of servers
// share.
#pragma once

#include "sim/scenario/keys.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace connlab::scenario {

inline constexpr std::chrono::days day{1};

/// What the recipe is made from, and what is changed on it afterwards.
struct certificate_draft {
    std::string id;
    std::string name;
    std::string server; // ORG/SERVER, of a file ORG; empty for an authority
    std::optional<certs::x500_name> subject;
    std::vector<std::string> dns_names;
    std::string issuer;
    std::optional<instant> not_before;
    std::optional<located<instant>> not_after;
    std::vector<std::function<void(certs::certificate_recipe&)>> changes;
    bool for_request = false; // of a file
    authority as_authority;
    declared_certificate as_certificate;

    void change(std::function<void(certs::certificate_recipe&)> how) { changes.push_back(std::move(how)); }
};

/// Subject, Issuer, NotBefore, NotAfter, Key, Hash, usages, faults.
key_table<certificate_draft> common_certificate_keys();

struct validity {
    instant from;
    instant until;
};
/// What the draft says; for what it does not say, the usual begin or the usual length.
validity validity_of(const certificate_draft& d, const validity& usual, reading& r);

certs::x500_name common_name(const std::string& value);

void read_services(std::uint32_t& into, const node& n, reading& r);

} // namespace connlab::scenario
