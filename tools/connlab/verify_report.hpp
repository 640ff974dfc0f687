// A chain verdict for people (the path drawn root first, as Windows' Certification Path tab shows it) and for
// machines.
#pragma once

#include "tools/connlab/verify_case.hpp"

#include <string>

namespace connlab::command {

/// One line of JSON, without its end. `id` is JSON text; empty: no id.
std::string verdict_as_json(const std::string& id, const trace::decided<chain::verdict>& decided);
std::string error_as_json(const std::string& id, const std::string& error);

std::string verdict_as_text(const verify_case& asked, const trace::decided<chain::verdict>& decided);

} // namespace connlab::command
