// Set-…: parameters of connectors, services and domains, bound, checked and told. Internal.
#pragma once

#include "sim/cmdlet/object_work.hpp"

namespace connlab::cmdlet {

const std::vector<std::string>& set_cmdlets();

/// False: no cmdlet of these.
bool run_set(const work& w);

/// Names, arguments and their types alone, without a model. False: no cmdlet of these.
bool check_set(const statement& s, error_list& errors);

} // namespace connlab::cmdlet
