// `Registry:` and `RegistryFile:` of a server: what its Windows has under its real key names.
#pragma once

#include "sim/scenario/server_keys.hpp"

namespace connlab::scenario {

/// `HKLM\SYSTEM\…: {Enabled: 0}`: a number is a DWORD, a text REG_SZ, a list REG_MULTI_SZ; `-` takes a value
/// or a whole key away.
void read_registry(server_draft& d, const node& n, reading& r);

/// Names of .reg files; relative ones begin at the folder of the file that names them.
void read_registry_files(server_draft& d, const node& n, reading& r);

} // namespace connlab::scenario
