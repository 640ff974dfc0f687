// The Certificates of a server: words → recipes for the forge.
#pragma once

#include "sim/scenario/certificate_draft.hpp"

namespace connlab::scenario {

const key_table<certificate_draft>& certificate_keys();

/// What every certificate of a server has, in a store or in a file: names, friendly name, private key.
key_table<certificate_draft> leaf_certificate_keys();
/// The recipe that the draft amounts to; `usual` is its validity when it says nothing.
certs::certificate_recipe leaf_of(const certificate_draft& d, const validity& usual, reading& r);

void read_certificates(const node& list, const exchange::server& s, declared_server& into, reading& r);

} // namespace connlab::scenario
