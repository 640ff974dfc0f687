// CertificationAuthorities: words → recipes for the forge, and who holds the root.
#pragma once

#include "sim/scenario/certificate_draft.hpp"

namespace connlab::scenario {

struct name_constraints_draft {
    certs::name_constraints value;
};

const key_table<certificate_draft>& authority_keys();
const key_table<name_constraints_draft>& name_constraints_keys();

void read_authorities(const node& mapping, reading& r);

} // namespace connlab::scenario
