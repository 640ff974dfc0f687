// The self-signed certificates that setup makes: "Microsoft Exchange" (DefaultCertificate, talk T13), and
// those that mail flow does not use (SetupCertificates, T14 to T16).
#pragma once

#include "sim/scenario/keys.hpp"

#include <optional>
#include <string>
#include <vector>

namespace connlab::scenario {

struct default_certificate_draft {
    std::optional<instant> made;
    source_mark made_mark;
    declared_certificate as_certificate;
};

const key_table<default_certificate_draft>& default_certificate_keys();

/// Friendly names.
const std::vector<std::string>& setup_certificate_words();
/// Made a year before the clock.
std::vector<declared_certificate> certificates_by_setup(const node& names, const exchange::server& s,
                                                        reading& r);

/// `settings` is null when the scenario says nothing about it.
declared_certificate default_certificate(const node* settings, const exchange::server& s, reading& r);

} // namespace connlab::scenario
