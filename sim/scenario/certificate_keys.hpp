// The Certificates of a server: words → recipes for the forge.
#pragma once

#include "sim/scenario/certificate_draft.hpp"

namespace connlab::scenario {

const key_table<certificate_draft>& certificate_keys();

void read_certificates(const node& list, const exchange::server& s, declared_server& into, reading& r);

} // namespace connlab::scenario
