// .reg files as regedit and `reg export` write them and as administrators paste them. (Schannel sheet 2.6)
#pragma once

#include "sim/base/diagnostic.hpp"
#include "sim/tls/registry.hpp"

namespace connlab::tls {

struct registry_file {
    std::vector<registry_change> changes; // in order; with an error among the findings, not to be applied
    diagnostics findings;
    std::string text; // in UTF-8, what the marks point into
};

/// `bytes` in UTF-16LE with byte order mark, UTF-8 or ANSI (Windows-1252 is taken as ISO 8859-1). `file` is
/// the name in the marks. Errors: every line that does not read, with the nearest word where one is meant.
registry_file read_registry_file(std::string_view bytes, const std::string& file);

} // namespace connlab::tls
