// DefaultCertificate: the self-signed certificate "Microsoft Exchange" that setup makes (talk T13).
#pragma once

#include "sim/scenario/keys.hpp"

#include <optional>

namespace connlab::scenario {

struct default_certificate_draft {
    std::optional<instant> made;
    source_mark made_mark;
    declared_certificate as_certificate;
};

const key_table<default_certificate_draft>& default_certificate_keys();

/// `settings` is null when the scenario says nothing about it.
declared_certificate default_certificate(const node* settings, const exchange::server& s, reading& r);

} // namespace connlab::scenario
