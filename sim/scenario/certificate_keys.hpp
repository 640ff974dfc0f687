// CertificationAuthorities and the Certificates of a server: words → recipes for the forge.
#pragma once

#include "sim/scenario/keys.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace connlab::scenario {

/// A certificate while its keys are being read: what the recipe is made from, and what is changed on it
/// afterwards.
struct certificate_draft {
    std::string id;
    std::string name;
    std::string server; // ORG/SERVER; empty for an authority
    std::optional<certs::x500_name> subject;
    std::vector<std::string> dns_names;
    std::string issuer;
    std::optional<instant> not_before;
    std::optional<located<instant>> not_after;
    std::vector<std::function<void(certs::certificate_recipe&)>> changes;
    std::string crl = "none";
    authority as_authority;
    declared_certificate as_certificate;
};

/// DefaultCertificate of an Exchange server.
struct default_certificate_draft {
    std::optional<instant> made;
    declared_certificate as_certificate;
};

struct name_constraints_draft {
    certs::name_constraints value;
};

const key_table<certificate_draft>& authority_keys();
const key_table<certificate_draft>& certificate_keys();
const key_table<default_certificate_draft>& default_certificate_keys();
const key_table<name_constraints_draft>& name_constraints_keys();

void read_authorities(const node& mapping, reading& r);
void read_certificates(const node& list, const exchange::server& s, declared_server& into, reading& r);
/// The certificate that setup made; `settings` is null when the scenario says nothing about it.
declared_certificate default_certificate(const node* settings, const exchange::server& s, reading& r);

/// Certificates name the distribution point of their issuer's list. Called when everything has been read.
void place_distribution_points(scenario& world);

} // namespace connlab::scenario
